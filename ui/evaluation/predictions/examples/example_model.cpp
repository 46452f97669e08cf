#include "ui/evaluation/predictions/examples/example_model.h"

#include "ui/evaluation/predictions/examples/image_loader.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/one_line.h"

#include <QPixmap>
#include <QTextDocument>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

using Kind = ExampleColumn::Kind;

constexpr int ShownFeatures = 4;

std::optional<ExampleKey> keyOf(Kind kind)
{
    switch (kind) {
    case Kind::Row:
        return ExampleKey::Row;
    case Kind::Actual:
        return ExampleKey::Actual;
    case Kind::Predicted:
        return ExampleKey::Predicted;
    case Kind::Probability:
        return ExampleKey::Probability;
    case Kind::Error:
        return ExampleKey::Error;
    case Kind::Loss:
        return ExampleKey::Loss;
    case Kind::Image:
    case Kind::Rival:
    case Kind::Feature:
        break;
    }
    return std::nullopt;
}

bool isNumber(Kind kind, bool numericTarget)
{
    const bool ofTarget = kind == Kind::Actual || kind == Kind::Predicted;
    return kind == Kind::Row || kind == Kind::Probability || kind == Kind::Error ||
           kind == Kind::Loss || (ofTarget && numericTarget);
}

} // namespace

QList<ExampleColumn> exampleColumns(const PredictionSet& set, bool rival)
{
    QList<ExampleColumn> columns;
    const Dataset& dataset = *set.dataset;
    if (imageFeature(dataset))
        columns.append({Kind::Image, *imageFeature(dataset)});
    columns.append({Kind::Row});
    for (int i = 0; !imageFeature(dataset) && i < dataset.features().size(); ++i)
        if (dataset.features().at(i).name != set.target.name && columns.size() <= ShownFeatures)
            columns.append({Kind::Feature, i});
    const bool numbers = targetKindOf(set.target) == TargetKind::Numbers;
    columns.append({{Kind::Actual}, {Kind::Predicted}});
    columns.append({rival ? Kind::Rival : numbers ? Kind::Error : Kind::Probability});
    columns.append({Kind::Loss});
    return columns;
}

QString columnTitle(const ExampleColumn& column, const Dataset& dataset)
{
    switch (column.kind) {
    case Kind::Image:
        return ExampleModel::tr("Image");
    case Kind::Row:
        return ExampleModel::tr("Row");
    case Kind::Feature:
        return oneLine(dataset.features().at(column.feature).name);
    case Kind::Actual:
        return ExampleModel::tr("Actual");
    case Kind::Predicted:
        return ExampleModel::tr("Predicted");
    case Kind::Rival:
        return ExampleModel::tr("Other");
    case Kind::Probability:
        return ExampleModel::tr("Probability");
    case Kind::Error:
        return ExampleModel::tr("Error");
    case Kind::Loss:
        return ExampleModel::tr("Loss");
    }
    return {};
}

ExampleModel::ExampleModel(ImageLoader& images, QObject* parent)
    : QAbstractTableModel(parent)
    , m_images(images)
{
    connect(&images, &ImageLoader::loaded, this, &ExampleModel::imageLoaded);
}

void ExampleModel::setExamples(PredictionsPtr set, ExampleList examples, const ExampleRival& rival)
{
    beginResetModel();
    m_set = std::move(set);
    m_rival = rival;
    m_examples = m_set ? std::move(examples) : ExampleList();
    m_columns = m_set ? exampleColumns(*m_set, m_rival.set != nullptr) : QList<ExampleColumn>();
    if (m_set) {
        m_images.setSource(m_set->dataset, imageFeature(*m_set->dataset).value_or(-1));
        if (columnOf(m_sorted) < 0)
            m_sorted = Kind::Loss;
        sortExamples(m_examples, *m_set, *keyOf(m_sorted), m_order);
    }
    endResetModel();
}

int ExampleModel::columnOf(Kind kind) const
{
    const auto found = std::ranges::find(m_columns, kind, &ExampleColumn::kind);
    return found == m_columns.end() ? -1 : int(found - m_columns.begin());
}

int ExampleModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_examples.size());
}

int ExampleModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_columns.size());
}

QString ExampleModel::text(const ExampleColumn& column, const Prediction& prediction) const
{
    switch (column.kind) {
    case Kind::Image:
        return {};
    case Kind::Row:
        return countText(qint64(prediction.row) + 1);
    case Kind::Feature:
        return oneLine(m_set->dataset->cellText(column.feature, prediction.row));
    case Kind::Actual:
        return actualText(*m_set, prediction);
    case Kind::Predicted:
        return predictedText(*m_set, prediction);
    case Kind::Rival:
        return rivalText(prediction.row);
    case Kind::Probability:
        return metricText(double(prediction.probability));
    case Kind::Error:
        return valueText(errorOf(prediction));
    case Kind::Loss:
        return metricText(double(prediction.loss));
    }
    return {};
}

QString ExampleModel::rivalText(RowIndex row) const
{
    const auto& predictions = m_rival.set->result.predictions;
    const auto found = std::ranges::lower_bound(predictions, row, {}, &Prediction::row);
    return found != predictions.end() && found->row == row ? predictedText(*m_rival.set, *found)
                                                           : u"–"_s;
}

QVariant ExampleModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ExampleColumn& column = m_columns.at(index.column());
    const Prediction& prediction = m_set->result.predictions[m_examples[size_t(index.row())]];
    const bool numbers = targetKindOf(m_set->target) == TargetKind::Numbers;
    switch (role) {
    case Qt::DisplayRole:
        return text(column, prediction);
    case Qt::ToolTipRole:
        return column.kind == Kind::Actual || column.kind == Kind::Predicted ||
                       column.kind == Kind::Rival || column.kind == Kind::Feature
                   ? QVariant(Qt::convertFromPlainText(text(column, prediction)))
                   : QVariant();
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            (isNumber(column.kind, numbers) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case Qt::DecorationRole:
        return column.kind == Kind::Image ? QVariant(m_images.find(prediction.row)) : QVariant();
    case Qt::AccessibleTextRole:
        return column.kind == Kind::Image
                   ? tr("Image of row %1").arg(countText(qint64(prediction.row) + 1))
                   : text(column, prediction);
    case ShareRole:
        return column.kind == Kind::Probability ? QVariant(double(prediction.probability))
                                                : QVariant();
    case RightRole:
        return isRight(prediction);
    default:
        return {};
    }
}

QVariant ExampleModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= m_columns.size())
        return QAbstractTableModel::headerData(section, orientation, role);
    const ExampleColumn& column = m_columns.at(section);
    if (role == Qt::DisplayRole && m_rival.set && column.kind == Kind::Predicted)
        return m_rival.ownName;
    if (role == Qt::DisplayRole && column.kind == Kind::Rival)
        return m_rival.name;
    if (role == Qt::DisplayRole)
        return columnTitle(column, *m_set->dataset);
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            (isNumber(column.kind, targetKindOf(m_set->target) == TargetKind::Numbers)
                 ? Qt::AlignRight
                 : Qt::AlignLeft) |
            Qt::AlignVCenter);
    return {};
}

void ExampleModel::sort(int column, Qt::SortOrder order)
{
    if (column < 0 || column >= m_columns.size())
        return;
    const auto key = keyOf(m_columns.at(column).kind);
    if (!key)
        return;
    Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    std::vector<quint32> kept;
    for (const QModelIndex& index : before)
        kept.push_back(m_examples[size_t(index.row())]);
    m_sorted = m_columns.at(column).kind;
    m_order = order;
    sortExamples(m_examples, *m_set, *key, order);
    QModelIndexList after;
    for (qsizetype i = 0; i < before.size(); ++i) {
        const auto place = std::ranges::find(m_examples, kept[size_t(i)]) - m_examples.begin();
        after.append(index(int(place), before.at(i).column()));
    }
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged({}, VerticalSortHint);
}

int ExampleModel::sortColumn() const
{
    return columnOf(m_sorted);
}

void ExampleModel::imageLoaded(RowIndex row)
{
    const int column = columnOf(Kind::Image);
    if (column < 0)
        return;
    // Rows of the same picture are looked for among all: a few thousand numbers a picture.
    for (size_t i = 0; i < m_examples.size(); ++i)
        if (m_set->result.predictions[m_examples[i]].row == row) {
            const QModelIndex changed = index(int(i), column);
            Q_EMIT dataChanged(changed, changed, {Qt::DecorationRole});
            return;
        }
}

} // namespace espalier
