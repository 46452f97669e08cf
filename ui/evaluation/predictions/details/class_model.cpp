#include "ui/evaluation/predictions/details/class_model.h"

#include "ui/evaluation/predictions/matrix/matrix_content.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/one_line.h"

#include <QLocale>
#include <QTextDocument>
#include <algorithm>
#include <numeric>

namespace espalier {

namespace {

constexpr int Digits = 3;

double number(const ClassScores& scores, int column)
{
    switch (column) {
    case ClassModel::Precision:
        return scores.precision;
    case ClassModel::Recall:
        return scores.recall;
    case ClassModel::F1:
        return scores.f1;
    case ClassModel::Support:
        return double(scores.support);
    default:
        return 0;
    }
}

} // namespace

void ClassModel::setScores(const QList<ClassScores>& scores)
{
    beginResetModel();
    m_scores = scores;
    m_order.resize(scores.size());
    std::iota(m_order.begin(), m_order.end(), 0);
    order();
    endResetModel();
}

void ClassModel::order()
{
    const auto less = [this](int a, int b) {
        const ClassScores& first = m_scores.at(a);
        const ClassScores& second = m_scores.at(b);
        return m_column == Name ? first.name.localeAwareCompare(second.name) < 0
                                : number(first, m_column) < number(second, m_column);
    };
    std::ranges::sort(m_order);
    if (m_sortOrder == Qt::AscendingOrder)
        std::ranges::stable_sort(m_order, less);
    else
        std::ranges::stable_sort(m_order, [&](int a, int b) { return less(b, a); });
}

int ClassModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_order.size());
}

int ClassModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ClassModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ClassScores& scores = m_scores.at(m_order.at(index.row()));
    switch (role) {
    case Qt::DisplayRole:
        if (index.column() == Name)
            return oneLine(scores.name);
        return index.column() == Support
                   ? countText(scores.support)
                   : QLocale().toString(number(scores, index.column()), 'f', Digits);
    case Qt::ToolTipRole:
        return index.column() == Name ? QVariant(Qt::convertFromPlainText(oneLine(scores.name)))
                                      : QVariant(preciseMetricText(number(scores, index.column())));
    case Qt::TextAlignmentRole:
        return QVariant::fromValue((index.column() == Name ? Qt::AlignLeft : Qt::AlignRight) |
                                   Qt::AlignVCenter);
    case ClassRole:
        return m_order.at(index.row());
    default:
        return {};
    }
}

QVariant ClassModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return QAbstractTableModel::headerData(section, orientation, role);
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue((section == Name ? Qt::AlignLeft : Qt::AlignRight) |
                                   Qt::AlignVCenter);
    struct Title {
        QString text;
        QString help;
    };
    const QList<Title> titles{
        {tr("Class"), tr("Name of the class")},
        {tr("Precision"), tr("Of the examples predicted as it, the share that is")},
        {tr("Recall"), tr("Of its examples, the share predicted as it")},
        {tr("F1"), tr("Harmonic mean of precision and recall")},
        {tr("Rows"), tr("Examples of the class in the subset")}};
    if (section < 0 || section >= titles.size())
        return {};
    if (role == Qt::DisplayRole)
        return titles.at(section).text;
    return role == Qt::ToolTipRole ? QVariant(titles.at(section).help) : QVariant();
}

void ClassModel::sort(int column, Qt::SortOrder sortOrder)
{
    if (column < 0 || column >= ColumnCount)
        return;
    Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
    const QModelIndexList before = persistentIndexList();
    const QList<int> old = m_order;
    m_column = column;
    m_sortOrder = sortOrder;
    order();
    QModelIndexList after;
    for (const QModelIndex& moved : before)
        after.append(index(rowOfClass(old.at(moved.row())), moved.column()));
    changePersistentIndexList(before, after);
    Q_EMIT layoutChanged({}, VerticalSortHint);
}

} // namespace espalier
