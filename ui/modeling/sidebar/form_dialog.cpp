#include "ui/modeling/sidebar/form_dialog.h"

#include "ui/widgets/widgets.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace espalier {

FormDialog::FormDialog(const QString& title, const QString& acceptText, QWidget* parent)
    : QDialog(parent)
    , m_rows(new FormRows(this))
    , m_content(new QVBoxLayout)
    , m_name(new QLineEdit(this))
    , m_accept(createButton(ButtonKind::Main, acceptText, {}, this))
{
    constexpr int width = 440;
    constexpr int padding = 24;
    constexpr int longestName = 200;
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(title);
    setMinimumWidth(width);
    m_name->setMaxLength(longestName);
    m_rows->addRow(tr("Name"), m_name);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(padding, padding, padding, padding);
    column->setSpacing(16);
    column->addWidget(new TextLabel(title, TextStyle::Title, Role::TextPrimary, this));
    column->addWidget(m_rows);
    column->addLayout(m_content);
    column->addStretch(1);
    auto* cancel = createButton(ButtonKind::Normal, tr("Cancel"), {}, this);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(m_accept);
    column->addLayout(buttons);
    cancel->setMinimumHeight(metrics::MainControl);
    m_accept->setMinimumHeight(metrics::MainControl);
    m_accept->setDefault(true);

    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_accept, &QPushButton::clicked, this, &QDialog::accept);
    connect(m_name, &QLineEdit::textChanged, this, &FormDialog::refresh);
    refresh();
}

void FormDialog::setName(const QString& name)
{
    m_name->setText(name);
    m_name->selectAll();
    m_name->setFocus(Qt::OtherFocusReason);
}

QString FormDialog::name() const
{
    return m_name->text().simplified();
}

void FormDialog::setAcceptable(bool acceptable)
{
    m_acceptable = acceptable;
    refresh();
}

void FormDialog::refresh()
{
    m_rows->setError(m_name, {});
    m_accept->setEnabled(m_acceptable && !name().isEmpty());
}

void FormDialog::accept()
{
    if (const Status status = perform(); !status) {
        m_rows->setError(m_name, status.error().message);
        m_name->setFocus(Qt::OtherFocusReason);
        return;
    }
    QDialog::accept();
}

} // namespace espalier
