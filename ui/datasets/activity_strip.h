#pragma once

#include <QWidget>

class QToolButton;

namespace espalier {

class ProgressLine;
class TextLabel;

/// A line under a header that says what is at work, how far it is, and how it ended; hidden when
/// there is nothing to say.
class ActivityStrip final : public QWidget {
    Q_OBJECT
public:
    explicit ActivityStrip(QWidget* parent = nullptr);

    /// `fraction` below 0: not known. `cancellable`: a cross asks for cancelRequested().
    void showProgress(const QString& text, double fraction, bool cancellable);
    /// Stays until a person takes it away.
    void showOutcome(const QString& sentence, bool isError);
    void clear();

Q_SIGNALS:
    void cancelRequested();

private:
    TextLabel* m_text;
    ProgressLine* m_progress;
    QToolButton* m_close;
    bool m_atWork = false;
};

} // namespace espalier
