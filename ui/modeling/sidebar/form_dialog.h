#pragma once

#include "core/base/result.h"

#include <QDialog>

class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace espalier {

class FormRows;
class TextLabel;

/// A small dialog that asks for a name and perhaps more: title, rows, an accepting button and
/// Cancel. Show it with open(); it deletes itself when it is closed. What accepts it may refuse,
/// with a sentence that stands under the name.
class FormDialog : public QDialog {
    Q_OBJECT

public:
    FormDialog(const QString& title, const QString& acceptText, QWidget* parent);

    void setName(const QString& name);
    [[nodiscard]] QString name() const; ///< white space simplified

protected:
    /// Does what the dialog is for. An Error keeps it open.
    [[nodiscard]] virtual Status perform() = 0;
    [[nodiscard]] FormRows& rows() { return *m_rows; }
    [[nodiscard]] QVBoxLayout& content() { return *m_content; } ///< under the rows
    void setAcceptable(bool acceptable);
    void accept() override;

private:
    void refresh();

    FormRows* m_rows;
    QVBoxLayout* m_content;
    QLineEdit* m_name;
    QPushButton* m_accept;
    bool m_acceptable = true;
};

} // namespace espalier
