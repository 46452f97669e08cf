#pragma once

#include "ui/evaluation/curves/chart_content.h"

#include <QList>
#include <QWidget>

namespace espalier {

/// Which curve is which, with its last value: a short line, a name, a number.
class CurveLegend final : public QWidget {
    Q_OBJECT

public:
    struct Item {
        QString name;
        QString value; ///< may be empty
        SeriesColor color;
        bool dotted = false;
        bool dot = true;

        bool operator==(const Item&) const = default;
    };

    explicit CurveLegend(QWidget* parent = nullptr);

    void setItems(const QList<Item>& items);
    [[nodiscard]] const QList<Item>& items() const { return m_items; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    /// Paints the items from a point on, also for export.
    void paintItems(QPainter& painter, const QPointF& from) const;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QList<Item> m_items;
};

} // namespace espalier
