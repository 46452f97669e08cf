#include "ui/datasets/table/feature_header.h"

#include "ui/datasets/dataset_text.h"
#include "ui/datasets/table/dataset_table_model.h"
#include "ui/datasets/table/feature_summaries.h"
#include "ui/theme/theme.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/one_line.h"

#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr int CellPadding = 12;
constexpr int BarsHeight = 40;
constexpr int BarsBottom = 8; ///< from the end of the header
constexpr int ValueColumn = 100;
constexpr double NarrowestBar = 3;
constexpr int NameBottom = 34;

} // namespace

FeatureHeader::FeatureHeader(FeatureSummaries& summaries, QWidget* parent)
    : QHeaderView(Qt::Horizontal, parent)
    , m_summaries(summaries)
{
    setSectionsClickable(true);
    setHighlightSections(false);
    setSectionResizeMode(Interactive);
    setDefaultSectionSize(240);
    setMinimumSectionSize(120);
    setStretchLastSection(false);
    setFixedHeight(Height);
    setMouseTracking(true);
    setAccessibleName(tr("Features"));
    connect(&m_summaries, &FeatureSummaries::histogramReady, this,
            [this](int feature) { viewport()->update(sectionRect(feature)); });
}

void FeatureHeader::setSelectedFeature(int feature)
{
    if (m_selected == feature)
        return;
    m_selected = feature;
    viewport()->update();
}

QSize FeatureHeader::sizeHint() const
{
    return {QHeaderView::sizeHint().width(), Height};
}

QRect FeatureHeader::sectionRect(int feature) const
{
    return {sectionViewportPosition(feature), 0, sectionSize(feature), Height};
}

void FeatureHeader::paintSection(QPainter* painter, const QRect& rect, int feature) const
{
    if (!model() || feature >= model()->columnCount() || !rect.isValid())
        return;
    const Theme& theme = Theme::of(palette());
    const bool selected = feature == m_selected;
    painter->save();
    painter->setClipRect(rect);
    painter->fillRect(rect, theme.color(selected ? Role::Selection : Role::Sunken));
    painter->fillRect(QRect(rect.right(), rect.top(), 1, rect.height()), theme.color(Role::Border));
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1),
                      theme.color(Role::Border));
    if (selected)
        painter->fillRect(QRect(rect.left(), rect.bottom() - 1, rect.width(), 2),
                          theme.color(Role::Accent));
    paintTexts(*painter, rect, feature);
    paintHistogram(*painter, rect, feature);
    painter->restore();
}

void FeatureHeader::paintTexts(QPainter& painter, const QRect& rect, int feature) const
{
    const Theme& theme = Theme::of(palette());
    const auto text = [this, feature](int role) {
        return model()->headerData(feature, Qt::Horizontal, role).toString();
    };
    const auto encoding = Encoding(
        model()->headerData(feature, Qt::Horizontal, DatasetTableModel::EncodingRole).toInt());
    const QRect line(rect.left() + CellPadding, rect.top() + 10, rect.width() - 2 * CellPadding,
                     18);

    painter.setFont(textFont(TextStyle::Small));
    painter.setPen(theme.color(Role::TextSecondary));
    const QString shape = text(DatasetTableModel::ShapeRole);
    const int shapeWidth = painter.fontMetrics().horizontalAdvance(shape);
    painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, shape);

    const bool selected = feature == m_selected;
    paintIcon(painter, encodingIcon(encoding),
              QRectF(line.left(), line.top() + 1, metrics::Icon, metrics::Icon),
              theme.color(selected ? Role::AccentInk : Role::TextSecondary));
    painter.setFont(textFont(TextStyle::BodyStrong));
    painter.setPen(theme.color(Role::TextPrimary));
    const int nameLeft = metrics::Icon + metrics::IconGap;
    const QRect nameRect = line.adjusted(nameLeft, 0, -shapeWidth - 8, 0);
    painter.drawText(
        nameRect, Qt::AlignLeft | Qt::AlignVCenter,
        painter.fontMetrics().elidedText(text(Qt::DisplayRole), Qt::ElideRight, nameRect.width()));

    const std::pair<QString, QString> facts[] = {
        {tr("Encoding"), enumLabel(encoding)},
        {tr("Normalization"), text(DatasetTableModel::NormalizationRole)}};
    painter.setFont(textFont(TextStyle::Small));
    int top = rect.top() + 35;
    const int column =
        std::max(ValueColumn,
                 CellPadding + painter.fontMetrics().horizontalAdvance(tr("Normalization")) + 10);
    for (const auto& [label, value] : facts) {
        const QRect valueRect(rect.left() + column, top, rect.width() - column - CellPadding, 18);
        painter.setPen(theme.color(Role::TextSecondary));
        painter.drawText(QRect(line.left(), top, column - CellPadding, 18), Qt::AlignVCenter,
                         label);
        painter.setPen(theme.color(Role::TextPrimary));
        painter.drawText(
            valueRect, Qt::AlignVCenter,
            painter.fontMetrics().elidedText(value, Qt::ElideRight, valueRect.width()));
        top += 18;
    }
}

void FeatureHeader::paintHistogram(QPainter& painter, const QRect& rect, int feature) const
{
    const Result<Histogram>* histogram = m_summaries.histogram(feature);
    if (!histogram)
        return;
    const Theme& theme = Theme::of(palette());
    if (!*histogram) {
        const QRect line(rect.left() + CellPadding, rect.bottom() - BarsBottom - 18,
                         rect.width() - 2 * CellPadding, 18);
        painter.setPen(theme.color(Role::LevelWarning));
        painter.drawText(line, Qt::AlignVCenter,
                         painter.fontMetrics().elidedText((*histogram).error().message,
                                                          Qt::ElideRight, line.width()));
        return;
    }
    const QColor color = theme.color(feature == m_selected ? Role::Accent : Role::BorderControl);
    for (const Bar& bar : bars(**histogram, rect))
        if (bar.count > 0)
            painter.fillRect(bar.rect, color);
}

/// Equally wide and on whole pixels; of many bins, neighbours share a bar.
QList<FeatureHeader::Bar> FeatureHeader::bars(const Histogram& histogram, const QRect& section)
{
    const double width = section.width() - 2 * CellPadding;
    const qsizetype bins = histogram.counts.size();
    if (bins == 0 || width < NarrowestBar)
        return {};
    const qsizetype count = std::min(bins, qsizetype(width / NarrowestBar));
    const double step = width / double(count);
    const double gap = step >= 14 ? std::round(step * 0.3) : 1;
    QList<Bar> bars;
    qint64 largest = 1;
    for (qsizetype i = 0; i < count; ++i) {
        Bar bar{{}, i * bins / count, (i + 1) * bins / count, 0};
        for (qsizetype bin = bar.first; bin < bar.last; ++bin)
            bar.count += histogram.counts[bin];
        largest = std::max(largest, bar.count);
        bars.append(bar);
    }
    const double bottom = section.top() + Height - BarsBottom;
    for (qsizetype i = 0; i < count; ++i) {
        const double share = std::sqrt(double(bars[i].count) / double(largest));
        const double height = bars[i].count > 0 ? std::max(std::round(share * BarsHeight), 1.0) : 0;
        const double left = std::round(section.left() + CellPadding + double(i) * step);
        const double right = std::round(section.left() + CellPadding + double(i + 1) * step);
        bars[i].rect = {left, bottom - height, std::max(right - left - gap, 1.0), height};
    }
    return bars;
}

QString FeatureHeader::barText(const Histogram& histogram, const Bar& bar)
{
    QString range;
    if (!histogram.labels.isEmpty()) {
        range = oneLine(histogram.labels.value(bar.first));
        if (bar.last - bar.first > 1)
            range = tr("%1 to %2").arg(range, oneLine(histogram.labels.value(bar.last - 1)));
    } else {
        const double step =
            (histogram.maximum - histogram.minimum) / double(histogram.counts.size());
        range = tr("%1 to %2")
                    .arg(valueText(histogram.minimum + double(bar.first) * step),
                         valueText(histogram.minimum + double(bar.last) * step));
    }
    return u"%1: %2"_s.arg(range, countText(bar.count));
}

QString FeatureHeader::barText(const QPoint& point) const
{
    const int feature = logicalIndexAt(point);
    if (feature < 0 || point.y() < Height - BarsBottom - BarsHeight)
        return {};
    const Result<Histogram>* histogram = m_summaries.histogram(feature);
    if (!histogram || !*histogram)
        return {};
    const QList<Bar> all = bars(**histogram, sectionRect(feature));
    const auto after = std::ranges::find_if(
        all, [&](const Bar& bar) { return bar.rect.left() > double(point.x()); });
    return after == all.begin() ? QString() : barText(**histogram, *std::prev(after));
}

void FeatureHeader::mouseMoveEvent(QMouseEvent* event)
{
    QHeaderView::mouseMoveEvent(event);
    const QPoint point = event->position().toPoint();
    if (const QString text = barText(point); !text.isEmpty())
        QToolTip::showText(event->globalPosition().toPoint(), text, viewport());
    else if (const int feature = logicalIndexAt(point); feature >= 0 && point.y() < NameBottom)
        QToolTip::showText(event->globalPosition().toPoint(),
                           model()->headerData(feature, Qt::Horizontal).toString(), viewport());
    else
        QToolTip::hideText();
}

} // namespace espalier
