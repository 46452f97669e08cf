#include "ui/widgets/widgets.h"

#include <QAction>
#include <QBoxLayout>
#include <QPainter>

namespace espalier {
namespace {

constexpr int Width = 320, Tile = 48, TileIcon = 20, Margin = 16, TileGap = 16;

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
    row->setContentsMargins(Margin, Margin, Margin, Margin);
    row->addStretch(1);
    row->addWidget(middle, 1000);
    row->addStretch(1);
    auto* column = new QVBoxLayout(middle);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addStretch(1);
    m_tile = new IconTile(icon, this);
    column->addWidget(m_tile, 0, Qt::AlignHCenter);
    for (TextLabel* label : {m_heading, m_line}) {
        label->setWordWrap(true);
        label->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    }
    m_heading->setContentsMargins(0, TileGap, 0, 0);
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

QSize EmptyState::sizeHint() const
{
    constexpr int Wide = Width + 2 * Margin;
    return {Wide, layout()->totalHeightForWidth(Wide)};
}

void EmptyState::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    const int tile = m_tile->isHidden() ? Tile : 0;
    m_tile->setVisible(height() >= layout()->totalHeightForWidth(width()) + tile);
}

} // namespace espalier
