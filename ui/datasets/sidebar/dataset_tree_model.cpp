#include "ui/datasets/sidebar/dataset_tree_model.h"

#include "core/project/documents/project_document.h"
#include "ui/datasets/dataset_text.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/one_line.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr quintptr TopLevel = 0; ///< internal id; of a version it is the row of its group + 1

bool isSameVersion(const DatasetRecord& a, const DatasetRecord& b)
{
    return a.id == b.id;
}

} // namespace

/// Whether it has the same rows, not whether they say the same.
bool DatasetTreeModel::Group::operator==(const Group& other) const
{
    return job == other.job && name == other.name &&
           std::ranges::equal(versions, other.versions, isSameVersion);
}

DatasetTreeModel::DatasetTreeModel(ProjectDocument& document, const DatasetImports& imports,
                                   QObject* parent)
    : QAbstractItemModel(parent)
    , m_document(document)
    , m_imports(imports)
    , m_groups(currentGroups())
{
    connect(&m_document, &ProjectDocument::datasetsChanged, this, &DatasetTreeModel::refresh);
    connect(&m_imports, &DatasetImports::listChanged, this, &DatasetTreeModel::refresh);
    connect(&m_imports, &DatasetImports::progressChanged, this, &DatasetTreeModel::refreshImport);
}

void DatasetTreeModel::setFilter(const QString& text)
{
    m_filter = text.trimmed();
    refresh();
}

bool DatasetTreeModel::passes(const QString& name) const
{
    return name.contains(m_filter, Qt::CaseInsensitive);
}

std::vector<DatasetTreeModel::Group> DatasetTreeModel::currentGroups() const
{
    std::vector<Group> groups;
    for (const ImportStatus& status : m_imports.imports()) {
        const QString name = status.name.isEmpty() ? status.suggestedName() : status.name;
        if (passes(name))
            groups.push_back({status.id, name, {}});
    }
    const size_t imports = groups.size();
    for (const DatasetRecord& record : m_document.datasets()) {
        if (!passes(record.name))
            continue;
        if (groups.size() == imports || groups.back().name != record.name)
            groups.push_back({{}, record.name, {}});
        groups.back().versions.append(record);
    }
    return groups;
}

void DatasetTreeModel::refresh()
{
    std::vector<Group> groups = currentGroups();
    if (groups != m_groups) {
        beginResetModel();
        m_groups = std::move(groups);
        endResetModel();
        return;
    }
    m_groups = std::move(groups);
    for (int row = 0; row < rowCount(); ++row) {
        const QModelIndex group = index(row, 0);
        Q_EMIT dataChanged(group, group);
        if (const int versions = rowCount(group); versions > 0)
            Q_EMIT dataChanged(index(0, 0, group), index(versions - 1, 0, group));
    }
}

void DatasetTreeModel::refreshImport(ImportId id)
{
    if (const QModelIndex row = indexOf(id); row.isValid())
        Q_EMIT dataChanged(row, row);
}

std::optional<DatasetId> DatasetTreeModel::versionAt(const QModelIndex& index) const
{
    if (!index.isValid() || index.internalId() == TopLevel)
        return std::nullopt;
    return m_groups[size_t(index.internalId() - 1)].versions[index.row()].id;
}

std::optional<ImportId> DatasetTreeModel::importAt(const QModelIndex& index) const
{
    if (!index.isValid() || index.internalId() != TopLevel)
        return std::nullopt;
    const ImportId id = m_groups[size_t(index.row())].job;
    return id.isValid() ? std::optional(id) : std::nullopt;
}

QModelIndex DatasetTreeModel::indexOf(DatasetId id) const
{
    for (size_t group = 0; group < m_groups.size(); ++group)
        for (int row = 0; row < m_groups[group].versions.size(); ++row)
            if (m_groups[group].versions[row].id == id)
                return createIndex(row, 0, quintptr(group) + 1);
    return {};
}

QModelIndex DatasetTreeModel::indexOf(ImportId id) const
{
    const auto found = std::ranges::find(m_groups, id, &Group::job);
    return found == m_groups.end() ? QModelIndex()
                                   : createIndex(int(found - m_groups.begin()), 0, TopLevel);
}

QModelIndex DatasetTreeModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? quintptr(parent.row() + 1) : TopLevel);
}

QModelIndex DatasetTreeModel::parent(const QModelIndex& child) const
{
    if (!child.isValid() || child.internalId() == TopLevel)
        return {};
    return createIndex(int(child.internalId()) - 1, 0, TopLevel);
}

int DatasetTreeModel::rowCount(const QModelIndex& parent) const
{
    if (!parent.isValid())
        return int(m_groups.size());
    return parent.internalId() == TopLevel && parent.column() == 0
               ? int(m_groups[size_t(parent.row())].versions.size())
               : 0;
}

int DatasetTreeModel::columnCount(const QModelIndex&) const
{
    return 1;
}

QVariant DatasetTreeModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (index.internalId() != TopLevel)
        return versionData(m_groups[size_t(index.internalId() - 1)].versions[index.row()], role);
    const Group& group = m_groups[size_t(index.row())];
    if (!group.job.isValid())
        return groupData(group, role);
    const auto status = m_imports.status(group.job);
    return status ? importData(*status, role) : QVariant();
}

Qt::ItemFlags DatasetTreeModel::flags(const QModelIndex& index) const
{
    const bool isDataset = index.isValid() && index.internalId() == TopLevel && !importAt(index);
    return QAbstractItemModel::flags(index) | (isDataset ? Qt::ItemIsEditable : Qt::NoItemFlags);
}

bool DatasetTreeModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (role != Qt::EditRole || !flags(index).testFlag(Qt::ItemIsEditable))
        return false;
    const Group& group = m_groups[size_t(index.row())];
    const QString name = value.toString().trimmed();
    if (name.isEmpty() || name == group.name)
        return false;
    Q_EMIT renameRequested(group.versions.first().id, name);
    return true;
}

QVariant DatasetTreeModel::groupData(const Group& group, int role) const
{
    const DatasetRecord& newest = group.versions.first();
    switch (role) {
    case Qt::DisplayRole:
        return oneLine(group.name);
    case Qt::EditRole:
    case Qt::ToolTipRole:
        return group.name;
    case KindRole:
        return QVariant::fromValue(Kind::Dataset);
    case SecondLineRole:
        return tr("%1 rows · %2 features")
            .arg(countText(newest.rows), countText(newest.settings.features.size()));
    case Qt::AccessibleTextRole:
        return u"%1, %2"_s.arg(oneLine(group.name), groupData(group, SecondLineRole).toString());
    default:
        return {};
    }
}

QVariant DatasetTreeModel::importData(const ImportStatus& status, int role) const
{
    const QString name = oneLine(status.name.isEmpty() ? status.suggestedName() : status.name);
    switch (role) {
    case Qt::DisplayRole:
        return name;
    case Qt::ToolTipRole:
        return status.error ? status.error->message : importTitle(status);
    case KindRole:
        return QVariant::fromValue(Kind::Import);
    case HasErrorRole:
        return status.error.has_value();
    case IconRole:
        return status.error ? u"error"_s : QString();
    case FractionRole:
        return status.error ? QVariant() : status.fraction().value_or(-1);
    case SecondLineRole:
        if (status.error)
            return tr("Import failed: %1").arg(oneLine(status.error->message));
        if (status.done)
            return tr("Read; give it a name");
        return tr("Importing · %1").arg(importProgressText(status));
    case Qt::AccessibleTextRole:
        return u"%1, %2"_s.arg(name, importData(status, SecondLineRole).toString());
    default:
        return {};
    }
}

QVariant DatasetTreeModel::versionData(const DatasetRecord& record, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        return tr("Version %1").arg(record.version);
    case Qt::ToolTipRole:
        return record.usedBy.isEmpty()
                   ? record.reference()
                   : tr("%1, used by %2").arg(record.reference(), record.usedBy.join(u", "_s));
    case KindRole:
        return QVariant::fromValue(Kind::Version);
    case IconRole:
        return record.saved ? u"lock"_s : u"pencil"_s;
    case SecondLineRole:
        if (!record.saved)
            return tr("Editable · %1").arg(dateTimeText(record.created.toLocalTime()));
        if (record.usedBy.isEmpty())
            return tr("Saved · not used yet");
        return record.usedBy.size() == 1
                   ? tr("Saved · in 1 experiment")
                   : tr("Saved · in %1 experiments").arg(countText(record.usedBy.size()));
    case Qt::AccessibleTextRole:
        return u"%1 %2, %3"_s.arg(record.name, versionData(record, Qt::DisplayRole).toString(),
                                  versionData(record, SecondLineRole).toString());
    default:
        return {};
    }
}

} // namespace espalier
