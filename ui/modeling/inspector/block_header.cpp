#include "ui/modeling/inspector/block_header.h"

#include "core/graph/block_catalogue.h"
#include "ui/modeling/block_appearance.h"
#include "ui/widgets/widgets.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>
#include <optional>

namespace espalier {

class BlockHeader::Tile final : public QWidget {
public:
    explicit Tile(QWidget* parent)
        : QWidget(parent)
    {
        constexpr int side = 36;
        setFixedSize(side, side);
    }

    void display(const BlockAppearance& appearance)
    {
        m_appearance = appearance;
        update();
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        if (m_appearance)
            paintBlockTile(painter, rect(), *m_appearance, Theme::of(palette()));
    }

private:
    std::optional<BlockAppearance> m_appearance;
};

BlockHeader::BlockHeader(QWidget* parent)
    : QWidget(parent)
    , m_tile(new Tile(this))
    , m_title(new TextLabel({}, TextStyle::Heading, Role::TextPrimary, this))
    , m_subtitle(new TextLabel({}, TextStyle::Small, Role::TextSecondary, this))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(metrics::PanelPadding, metrics::PanelPadding, metrics::PanelPadding,
                            metrics::PanelPadding);
    row->setSpacing(12);
    row->addWidget(m_tile);
    auto* column = new QVBoxLayout;
    column->setSpacing(2);
    m_title->setElided(true);
    m_subtitle->setElided(true);
    column->addWidget(m_title);
    column->addWidget(m_subtitle);
    row->addLayout(column, 1);
}

void BlockHeader::display(const BlockType& type, const QString& title, const QString& subtitle)
{
    m_tile->display(appearanceOf(type));
    m_title->setText(title);
    m_subtitle->setText(subtitle);
    setToolTip(type.help);
}

} // namespace espalier
