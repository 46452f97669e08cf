#pragma once

#include "ui/shell/help/tutorial.h"

#include <QAbstractButton>
#include <QLabel>

namespace espalier {

/// One step of the tutorial: number or tick, title, and its text while it is unfolded.
class StepRow final : public QWidget {
    Q_OBJECT
public:
    explicit StepRow(int number, QWidget* parent = nullptr);

    void setStep(const TutorialStep& step, bool current);
    void setUnfolded(bool unfolded);
    [[nodiscard]] bool isUnfolded() const { return !m_text->isHidden(); }

Q_SIGNALS:
    void clicked();

private:
    class Header;
    Header* m_header;
    QLabel* m_text;
};

} // namespace espalier
