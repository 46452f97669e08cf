#include "ui/shell/frame/confirm_dialog.h"

#include "ui/widgets/widgets.h"

#include <QHBoxLayout>

namespace espalier {

namespace {

constexpr int DialogWidth = 460;
constexpr int Margin = 24;

} // namespace

ConfirmDialog::ConfirmDialog(const QString& title, const QString& line, const QString& accept,
                             const QString& reject, QWidget* parent)
    : QDialog(parent)
    , m_accept(createButton(ButtonKind::Normal, accept, {}, this))
    , m_reject(createButton(ButtonKind::Main, reject, {}, this))
{
    setWindowTitle(title);
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(DialogWidth);
    m_reject->setDefault(true);
    m_reject->setFocus();
    connect(m_accept, &QPushButton::clicked, this, &QDialog::accept);
    connect(m_reject, &QPushButton::clicked, this, &QDialog::reject);
    for (QPushButton* button : {m_accept, m_reject})
        button->setFixedHeight(metrics::MainControl);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch();
    buttons->addWidget(m_accept);
    buttons->addWidget(m_reject);
    auto* text = new TextLabel(line, TextStyle::Body, Role::TextSecondary);
    text->setWordWrap(true);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(Margin, Margin, Margin, Margin);
    layout->setSpacing(16);
    layout->addWidget(new TextLabel(title, TextStyle::Title));
    layout->addWidget(text);
    layout->addStretch();
    layout->addLayout(buttons);
}

} // namespace espalier
