#pragma once

#include <QWidget>

namespace espalier {

class TextLabel;
struct BlockType;

/// Tile, name and group of the block that the Inspector shows.
class BlockHeader final : public QWidget {
    Q_OBJECT

public:
    explicit BlockHeader(QWidget* parent = nullptr);

    void display(const BlockType& type, const QString& title, const QString& subtitle);

private:
    class Tile;
    Tile* m_tile;
    TextLabel* m_title;
    TextLabel* m_subtitle;
};

} // namespace espalier
