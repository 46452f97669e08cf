#pragma once

#include "core/base/result.h"

#include <QDialog>
#include <functional>

class QLineEdit;
class QPushButton;

namespace espalier {

class FormRows;

/// What a PromptDialog says.
struct Prompt {
    QString title;
    QString line;  ///< one sentence under the title; may be empty
    QString label; ///< of the field
    QString button;
    /// The button works for this text alone (typed confirmation); empty: for any but blank.
    QString required{};
};

/// Asks for one line of text. Open with open(); what it does with the text may fail, and then the
/// sentence stands under the field and the dialog stays.
class PromptDialog final : public QDialog {
    Q_OBJECT
public:
    using Accept = std::function<Status(const QString& text)>;

    PromptDialog(const Prompt& prompt, Accept accept, QWidget* parent = nullptr);

private:
    void createLayout(const Prompt& prompt);
    void refresh();
    void tryAccept();

    QString m_required;
    Accept m_accept;
    FormRows* m_rows;
    QLineEdit* m_field;
    QPushButton* m_button = nullptr;
};

} // namespace espalier
