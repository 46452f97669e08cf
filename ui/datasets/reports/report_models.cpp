#include "ui/datasets/reports/report_models.h"

#include "core/dataset/dataset.h"
#include "ui/datasets/dataset_text.h"
#include "ui/datasets/table/feature_summaries.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/one_line.h"

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

const int RightAligned = int(Qt::AlignRight | Qt::AlignVCenter);

QByteArray csvLine(const QStringList& cells)
{
    QStringList quoted;
    for (QString cell : cells) {
        const bool needsQuotes = cell.contains(u',') || cell.contains(u'"') ||
                                 cell.contains(u'\n') || cell.contains(u'\r');
        quoted.append(needsQuotes ? u'"' + cell.replace(u'"', u"\"\""_s) + u'"' : cell);
    }
    return quoted.join(u',').toUtf8() + "\r\n";
}

} // namespace

ProblemsModel::ProblemsModel(const SourceManifest& manifest, QObject* parent)
    : QAbstractTableModel(parent)
    , m_problems(manifest.problems)
{
}

int ProblemsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_problems.size());
}

int ProblemsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ProblemsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (role == Qt::TextAlignmentRole && index.column() == Row)
        return RightAligned;
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    const ImportProblem& problem = m_problems[index.row()];
    switch (index.column()) {
    case File:
        return problem.file;
    case Row:
        return problem.row > 0 ? QString::number(problem.row) : QString();
    default:
        return problem.reason;
    }
}

QVariant ProblemsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole || orientation != Qt::Horizontal)
        return {};
    const QStringList names{tr("File"), tr("Row"), tr("Reason")};
    return names.value(section);
}

StatisticsModel::StatisticsModel(FeatureSummaries& summaries, QObject* parent)
    : QAbstractTableModel(parent)
    , m_summaries(summaries)
    , m_dataset(summaries.dataset())
{
    connect(&m_summaries, &FeatureSummaries::statisticsReady, this, [this](int feature) {
        if (m_summaries.dataset() == m_dataset)
            Q_EMIT dataChanged(index(feature, 0), index(feature, ColumnCount - 1));
    });
}

int StatisticsModel::rowCount(const QModelIndex& parent) const
{
    return m_dataset && !parent.isValid() ? int(m_dataset->features().size()) : 0;
}

int StatisticsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant StatisticsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (role == Qt::TextAlignmentRole && index.column() > Encoding)
        return RightAligned;
    return role == Qt::DisplayRole ? text(index.row(), index.column()) : QVariant();
}

QString StatisticsModel::text(int feature, int column) const
{
    const FeatureDescription& description = m_dataset->features()[feature];
    if (column == Feature)
        return oneLine(description.name);
    if (column == Encoding)
        return enumLabel(description.encoding);
    const auto* result =
        m_summaries.dataset() == m_dataset ? m_summaries.statistics(feature) : nullptr;
    if (!result || !*result)
        return result ? u"–"_s : u"…"_s;
    const FeatureStatistics& statistics = **result;
    const bool hasNumbers = description.encoding == espalier::Encoding::Numeric ||
                            description.encoding == espalier::Encoding::Image;
    const auto number = [&](double value) { return hasNumbers ? valueText(value) : u"–"_s; };
    switch (column) {
    case Mean:
        return number(statistics.mean);
    case Deviation:
        return number(statistics.deviation);
    case Minimum:
        return number(statistics.minimum);
    case Maximum:
        return number(statistics.maximum);
    case Missing:
        return countText(statistics.missing);
    default:
        return statistics.classCounts.isEmpty() ? u"–"_s : countText(statistics.classCounts.size());
    }
}

QVariant StatisticsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole && section > Encoding)
        return RightAligned;
    const QStringList names{tr("Feature"), tr("Encoding"), tr("Mean"),    tr("Deviation"),
                            tr("Minimum"), tr("Maximum"),  tr("Missing"), tr("Classes")};
    return role == Qt::DisplayRole ? names.value(section) : QVariant();
}

QByteArray csvOf(const QAbstractItemModel& model)
{
    const int columns = model.columnCount();
    QStringList cells;
    for (int column = 0; column < columns; ++column)
        cells.append(model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
    QByteArray csv = csvLine(cells);
    for (int row = 0; row < model.rowCount(); ++row) {
        cells.clear();
        for (int column = 0; column < columns; ++column)
            cells.append(model.index(row, column).data().toString());
        csv += csvLine(cells);
    }
    return csv;
}

} // namespace espalier
