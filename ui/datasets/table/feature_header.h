#pragma once

#include <QHeaderView>
#include <optional>

namespace espalier {

class FeatureSummaries;
struct Histogram;

/// The head of the table: of every feature its type, name, shape, encoding, normalization and a
/// histogram (√ of the count; under the pointer its range and true count). Says what its
/// DatasetTableModel says, and asks `summaries` (outlives the header) for what is in sight.
class FeatureHeader final : public QHeaderView {
    Q_OBJECT
public:
    static constexpr int Height = 128;

    explicit FeatureHeader(FeatureSummaries& summaries, QWidget* parent = nullptr);

    /// -1: none.
    void setSelectedFeature(int feature);
    [[nodiscard]] QSize sizeHint() const override;
    /// What the bar under a point of the header stands for; empty where there is none.
    [[nodiscard]] QString barText(const QPoint& point) const;

protected:
    void paintSection(QPainter* painter, const QRect& rect, int feature) const override;
    void mouseMoveEvent(QMouseEvent* event) override;

private:
    /// One bar: the bins from `first` to before `last`.
    struct Bar {
        QRectF rect;
        qsizetype first;
        qsizetype last;
        qint64 count;
    };

    [[nodiscard]] QRect sectionRect(int feature) const;
    [[nodiscard]] static QList<Bar> bars(const Histogram& histogram, const QRect& section);
    [[nodiscard]] static QString barText(const Histogram& histogram, const Bar& bar);
    void paintTexts(QPainter& painter, const QRect& rect, int feature) const;
    void paintHistogram(QPainter& painter, const QRect& rect, int feature) const;

    FeatureSummaries& m_summaries;
    int m_selected = -1;
};

} // namespace espalier
