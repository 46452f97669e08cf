#include "ui/shell/frame/prompt_dialog.h"

#include "ui/widgets/widgets.h"

#include <QHBoxLayout>
#include <QLineEdit>

namespace espalier {

namespace {

constexpr int DialogWidth = 440;
constexpr int Margin = 24;

} // namespace

PromptDialog::PromptDialog(const Prompt& prompt, Accept accept, QWidget* parent)
    : QDialog(parent)
    , m_required(prompt.required)
    , m_accept(std::move(accept))
    , m_rows(new FormRows(this))
    , m_field(new QLineEdit(this))
{
    setWindowTitle(prompt.title);
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(DialogWidth);
    createLayout(prompt);
    connect(m_field, &QLineEdit::textChanged, this, &PromptDialog::refresh);
    refresh();
    m_field->setFocus();
}

void PromptDialog::createLayout(const Prompt& prompt)
{
    m_rows->addRow(prompt.label, m_field);
    m_button = createButton(ButtonKind::Main, prompt.button, {}, this);
    m_button->setDefault(true);
    QPushButton* cancel = createButton(ButtonKind::Normal, tr("Cancel"), {}, this);
    cancel->setFixedHeight(m_button->sizeHint().height());
    cancel->setAutoDefault(false);
    connect(m_button, &QPushButton::clicked, this, &PromptDialog::tryAccept);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(m_button);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(Margin, Margin, Margin, Margin);
    layout->setSpacing(16);
    layout->addWidget(new TextLabel(prompt.title, TextStyle::Title));
    if (!prompt.line.isEmpty()) {
        auto* line = new TextLabel(prompt.line, TextStyle::Body, Role::TextSecondary);
        line->setTextFormat(Qt::PlainText);
        line->setWordWrap(true);
        layout->addWidget(line);
    }
    layout->addWidget(m_rows);
    layout->addStretch();
    layout->addLayout(buttons);
}

void PromptDialog::refresh()
{
    const QString text = m_field->text().trimmed();
    m_button->setEnabled(m_required.isEmpty() ? !text.isEmpty() : text == m_required);
    m_rows->setError(m_field, {});
}

void PromptDialog::tryAccept()
{
    const Status done = m_accept(m_field->text().trimmed());
    if (done)
        return accept();
    m_rows->setError(m_field, done.error().message);
    m_field->setFocus();
}

} // namespace espalier
