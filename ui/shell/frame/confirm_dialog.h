#pragma once

#include <QDialog>

class QPushButton;

namespace espalier {

/// Asks before something that cannot simply be taken back. The safe answer is the default, and
/// that of Escape. Open with open(), listen to accepted().
class ConfirmDialog final : public QDialog {
    Q_OBJECT
public:
    ConfirmDialog(const QString& title, const QString& line, const QString& accept,
                  const QString& reject, QWidget* parent = nullptr);

    [[nodiscard]] QPushButton& acceptButton() const { return *m_accept; }
    [[nodiscard]] QPushButton& rejectButton() const { return *m_reject; }

private:
    QPushButton* m_accept;
    QPushButton* m_reject;
};

} // namespace espalier
