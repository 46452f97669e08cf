#pragma once

#include "ui/shell/jobs/jobs_model.h"

#include <QAbstractButton>
#include <optional>

namespace espalier {

/// What is at work, in one line at the right of the status bar: name, detail, progress, percent
/// and time left.
class JobSummary final : public QAbstractButton {
    Q_OBJECT
public:
    explicit JobSummary(QWidget* parent = nullptr);

    void setJobs(const QList<Job>& jobs);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    [[nodiscard]] QString more() const; ///< "+2"

    std::optional<Job> m_job;
    qsizetype m_others = 0;
};

} // namespace espalier
