#pragma once

#include "core/base/issue.h"

#include <QTimer>
#include <QWidget>

namespace espalier {

class FlatButton;
class JobSummary;

/// The bar of 28 px: three counters that open the Information panel, the last message for a
/// while, what is at work.
class StatusBar final : public QWidget {
    Q_OBJECT
public:
    explicit StatusBar(QWidget* parent = nullptr);

    /// Counts hints, notes and done; warnings; errors.
    void setIssues(const QList<Issue>& issues);
    void say(const Issue& message); ///< for some seconds; errors longer
    [[nodiscard]] JobSummary& jobs() { return *m_jobs; }

Q_SIGNALS:
    void countersClicked();
    void jobsClicked();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    FlatButton* m_information;
    FlatButton* m_warnings;
    FlatButton* m_errors;
    FlatButton* m_message;
    JobSummary* m_jobs;
    QTimer m_messageEnd;
};

} // namespace espalier
