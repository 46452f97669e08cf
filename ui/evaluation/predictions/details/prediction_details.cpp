#include "ui/evaluation/predictions/details/prediction_details.h"

#include "ui/evaluation/predictions/details/class_model.h"
#include "ui/evaluation/predictions/details/ramp_legend.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/one_line.h"
#include "ui/widgets/widgets.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLocale>
#include <QScrollArea>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr int RoomForRows = 360;  // as a column of the classes
constexpr int MostClassRows = 40; ///< beyond, the table of classes scrolls by itself

QWidget* section(QWidget* content, bool hairline = true)
{
    auto* part = new QWidget;
    auto* layout = new QVBoxLayout(part);
    layout->setContentsMargins({});
    layout->setSpacing(16);
    if (hairline)
        layout->addWidget(new Hairline(Qt::Horizontal));
    layout->addWidget(content);
    return part;
}

QHBoxLayout* headLine(QWidget* left, QWidget* right)
{
    auto* line = new QHBoxLayout;
    line->setSpacing(8);
    line->addWidget(left);
    line->addStretch(1);
    line->addWidget(right);
    return line;
}

/// What stands large: accuracy, or for numbers the mean distance, which has a unit to think in.
QString figureKey(TargetKind kind)
{
    return kind == TargetKind::Numbers ? u"mae"_s : primaryMetric(kind);
}

TextLabel* valueLabel(const QString& text)
{
    auto* label = new TextLabel(text);
    label->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    label->setElided(true);
    return label;
}

} // namespace

PredictionDetails::PredictionDetails(QWidget* parent)
    : QWidget(parent)
    , m_model(new ClassModel(this))
    , m_rows(new TextLabel({}, TextStyle::Small, Role::TextSecondary))
    , m_figure(new TextLabel({}, TextStyle::Figure))
    , m_figureName(new TextLabel({}, TextStyle::Body, Role::TextSecondary))
    , m_sentence(new TextLabel({}, TextStyle::Small, Role::TextSecondary))
    , m_right(new RampLegend(Ramp::Right))
    , m_wrong(new RampLegend(Ramp::Wrong))
    , m_metricRows(new FormRows)
    , m_selected(new TextLabel({}, TextStyle::Small, Role::TextSecondary))
    , m_classes(new QTableView)
    , m_content(new QWidget)
    , m_cellPart(section(createCell()))
    , m_classPart(section(createClasses()))
{
    auto* header = new HeaderBar;
    header->addLeft(new TextLabel(tr("Predictions"), TextStyle::Heading));
    header->addRight(m_rows);
    auto* parts = new QVBoxLayout(m_content);
    parts->setContentsMargins({});
    parts->setSpacing(16);
    parts->addWidget(section(createSummary(), false));
    parts->addWidget(m_cellPart);
    parts->addWidget(section(createMetrics()));
    parts->addWidget(m_classPart);
    parts->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(header);
    layout->addWidget(createPanelScroll(m_content), 1);
    setPredictions(nullptr);
}

PredictionDetails::~PredictionDetails() = default;

QWidget* PredictionDetails::createSummary()
{
    auto* summary = new QWidget;
    auto* layout = new QVBoxLayout(summary);
    layout->setContentsMargins({});
    layout->setSpacing(4);
    auto* figure = new QHBoxLayout;
    figure->setSpacing(8);
    figure->addWidget(m_figure, 0, Qt::AlignBaseline);
    figure->addWidget(m_figureName, 1, Qt::AlignBaseline);
    layout->addLayout(figure);
    m_sentence->setWordWrap(true);
    layout->addWidget(m_sentence);
    layout->addSpacing(4);
    layout->addWidget(m_right);
    layout->addWidget(m_wrong);
    return summary;
}

QWidget* PredictionDetails::createCell()
{
    auto* cell = new QWidget;
    auto* layout = new QVBoxLayout(cell);
    layout->setContentsMargins({});
    layout->setSpacing(8);
    layout->addLayout(headLine(new TextLabel(tr("Cell"), TextStyle::BodyStrong), m_selected));
    auto* rows = new FormRows;
    for (const QString& label :
         {tr("Actual"), tr("Predicted"), tr("Examples"), tr("% of actual"), tr("% of predicted")}) {
        m_cellValues.append(valueLabel({}));
        rows->addRow(label, m_cellValues.last());
    }
    layout->addWidget(rows);
    return cell;
}

QWidget* PredictionDetails::createMetrics()
{
    auto* part = new QWidget;
    auto* layout = new QVBoxLayout(part);
    layout->setContentsMargins({});
    layout->setSpacing(8);
    layout->addWidget(new TextLabel(tr("Metrics"), TextStyle::BodyStrong));
    layout->addWidget(m_metricRows);
    return part;
}

QWidget* PredictionDetails::createClasses()
{
    m_classes->setModel(m_model);
    m_classes->setAccessibleName(tr("Scores of the classes"));
    m_classes->setFont(textFont(TextStyle::Small));
    m_classes->setFrameShape(QFrame::NoFrame);
    m_classes->setShowGrid(false);
    m_classes->setWordWrap(false);
    m_classes->setTabKeyNavigation(false);
    m_classes->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_classes->setSelectionMode(QAbstractItemView::SingleSelection);
    m_classes->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_classes->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_classes->verticalHeader()->hide();
    m_classes->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_classes->verticalHeader()->setDefaultSectionSize(metrics::TableRow);
    QHeaderView* header = m_classes->horizontalHeader();
    header->setFixedHeight(metrics::TableRow);
    header->setHighlightSections(false);
    header->setMinimumSectionSize(36);
    header->setSectionResizeMode(QHeaderView::Fixed);
    header->setSectionResizeMode(ClassModel::Name, QHeaderView::Stretch);
    for (const auto& [column, width] :
         {std::pair(ClassModel::Precision, 76), std::pair(ClassModel::Recall, 54),
          std::pair(ClassModel::F1, 54), std::pair(ClassModel::Support, 50)})
        header->resizeSection(column, width);
    m_classes->viewport()->setAutoFillBackground(false);
    header->setSortIndicator(m_model->sortColumn(), m_model->sortOrder());
    m_classes->setSortingEnabled(true);
    connect(m_classes, &QAbstractItemView::activated, this, [this](const QModelIndex& index) {
        Q_EMIT classActivated(m_model->classAt(index.row()));
    });
    auto* part = new QWidget;
    auto* layout = new QVBoxLayout(part);
    layout->setContentsMargins({});
    layout->setSpacing(8);
    layout->addWidget(new TextLabel(tr("Classes"), TextStyle::BodyStrong));
    layout->addWidget(m_classes);
    return part;
}

void PredictionDetails::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    m_classes->setColumnHidden(ClassModel::Support, width() < RoomForRows); // names come first
}

void PredictionDetails::setPredictions(const PredictionsPtr& set)
{
    m_content->setVisible(set != nullptr);
    m_rows->setVisible(set != nullptr);
    if (!set)
        return;
    const auto& confusion = set->result.confusion;
    m_rows->setText(tr("%1 rows").arg(countText(set->result.rows)));
    showSummary(*set);
    showMetrics(*set);
    m_right->setVisible(confusion.has_value());
    m_wrong->setVisible(confusion.has_value());
    m_cellPart->setVisible(confusion.has_value());
    m_classPart->setVisible(confusion.has_value());
    m_model->setScores(confusion ? confusion->classScores() : QList<ClassScores>());
    const int rows = std::min(m_model->rowCount(), MostClassRows);
    m_classes->setFixedHeight((rows + 1) * metrics::TableRow + 2);
}

void PredictionDetails::showSummary(const PredictionSet& set)
{
    const QString key = figureKey(targetKindOf(set.target));
    const auto& confusion = set.result.confusion;
    const double value = confusion ? confusion->accuracy() : set.result.metrics.value(key);
    m_figure->setText(metricText(value));
    const MetricDescription* metric = findMetric(key);
    m_figureName->setText(metric ? metric->label : key);
    m_figureName->setToolTip(metric ? metric->help : QString());
    m_sentence->setVisible(confusion.has_value());
    if (!confusion)
        return;
    const qint64 right = std::llround(confusion->accuracy() * double(confusion->total()));
    m_sentence->setText(
        tr("%1 of %2 examples are right").arg(countText(right), countText(confusion->total())));
}

void PredictionDetails::showMetrics(const PredictionSet& set)
{
    m_metricRows->clear();
    const QString figure = figureKey(targetKindOf(set.target));
    for (const MetricDescription& metric : metricDescriptions()) {
        if (metric.key == figure || !set.result.metrics.contains(metric.key))
            continue;
        TextLabel* value = valueLabel(metricText(set.result.metrics.value(metric.key)));
        value->setToolTip(metric.help);
        m_metricRows->addRow(metric.label, value);
    }
}

void PredictionDetails::setScale(const MatrixScale& scale, MatrixUnit unit)
{
    m_right->setTexts(tr("Right, 0"), scaleEndText(scale.right, unit));
    m_wrong->setTexts(tr("Wrong, 0"), scaleEndText(scale.wrong, unit));
}

void PredictionDetails::setCell(const ConfusionContent& content, MatrixCell cell,
                                qsizetype selected)
{
    const auto percent = [](double share) {
        return QLocale().toString(share * 100, 'f', 1) + u" %"_s;
    };
    m_selected->setText(tr("%1 selected").arg(countText(selected)));
    const QStringList texts{
        oneLine(content.classes().at(cell.row)), oneLine(content.classes().at(cell.column)),
        countText(content.matrix().at(cell.row, cell.column)), percent(content.shareOfActual(cell)),
        percent(content.shareOfPredicted(cell))};
    for (qsizetype i = 0; i < texts.size(); ++i) {
        m_cellValues.at(i)->setText(texts.at(i));
        m_cellValues.at(i)->setAccessibleName(texts.at(i));
    }
}

} // namespace espalier
