#include "ui/widgets/widgets.h"

#include <QAction>
#include <QPainter>
#include <QBoxLayout>

namespace espalier {
namespace {

constexpr int Width = 320, Tile = 48, TileIcon = 20;

class IconTile final : public QWidget {
public:
    IconTile(QString icon, QWidget* parent)
        : QWidget(parent)
        , m_icon(std::move(icon))
    {
        setFixedSize(Tile, Tile);
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        const Theme& theme = Theme::of(palette());
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.color(Role::TileEnds));
        painter.drawRoundedRect(rect(), metrics::Radius, metrics::Radius);
        const int inset = (Tile - TileIcon) / 2;
        paintIcon(painter, m_icon, rect().adjusted(inset, inset, -inset, -inset),
                  theme.color(Role::InkEnds));
    }

private:
    QString m_icon;
};

QPushButton* createActionButton(QAction* action, QWidget* parent)
{
    QPushButton* button = createButton(ButtonKind::Normal, action->text(), {}, parent);
    button->setMinimumHeight(metrics::MainControl);
    const auto follow = [button, action] {
        button->setText(action->text());
        button->setIcon(action->icon());
        button->setEnabled(action->isEnabled());
        button->setToolTip(action->isEnabled() ? QString() : action->statusTip());
    };
    QObject::connect(action, &QAction::changed, button, follow);
    QObject::connect(button, &QPushButton::clicked, action, &QAction::trigger);
    follow();
    return button;
}

} // namespace

EmptyState::EmptyState(const QString& icon, const QString& heading, const QString& line,
                       QAction* action, QWidget* parent)
    : QWidget(parent)
    , m_heading(new TextLabel({}, TextStyle::Heading, Role::TextPrimary, this))
    , m_line(new TextLabel({}, TextStyle::Body, Role::TextSecondary, this))
{
    // As wide as the texts may be, in the middle of whatever width there is.
    auto* middle = new QWidget(this);
    middle->setMaximumWidth(Width);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(16, 16, 16, 16);
    row->addStretch(1);
    row->addWidget(middle, 1000);
    row->addStretch(1);
    auto* column = new QVBoxLayout(middle);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addStretch(1);
    column->addWidget(new IconTile(icon, this), 0, Qt::AlignHCenter);
    column->addSpacing(16);
    for (TextLabel* label : {m_heading, m_line}) {
        label->setWordWrap(true);
        label->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    }
    column->addWidget(m_heading);
    column->addSpacing(4);
    column->addWidget(m_line);
    if (action) {
        column->addSpacing(16);
        column->addWidget(createActionButton(action, this), 0, Qt::AlignHCenter);
    }
    column->addStretch(1);
    setTexts(heading, line);
}

void EmptyState::setTexts(const QString& heading, const QString& line)
{
    m_heading->setText(heading);
    m_line->setText(line);
    m_line->setVisible(!line.isEmpty());
}

} // namespace espalier
