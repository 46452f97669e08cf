#include "ui/modeling/inspector/build/block_list_model.h"

#include "core/graph/block_catalogue.h"
#include "core/graph/snippets.h"

#include <QMimeData>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

/// Internal id of sections; of rows it is the number of their section.
constexpr quintptr IsSection = ~quintptr(0);

} // namespace

BlockListModel::BlockListModel(QObject* parent)
    : QAbstractItemModel(parent)
{
    Section snippetSection{u"snippets"_s, tr("Snippets"), {}};
    for (const Snippet& snippet : snippets())
        snippetSection.rows.append({Kind::Snippet, snippet.key, snippet.name, snippet.help});
    m_sections.append(snippetSection);
    for (const EnumName<BlockGroup>& group : enumNames(BlockGroup{})) {
        Section section{QString::fromUtf16(group.key), QString::fromUtf16(group.label), {}};
        for (const BlockType& type : blockTypes())
            if (type.group == group.value)
                section.rows.append({Kind::Block, type.key, type.name, type.help});
        if (!section.rows.isEmpty())
            m_sections.append(section);
    }
}

QModelIndex BlockListModel::index(int row, int column, const QModelIndex& parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? quintptr(parent.row()) : IsSection);
}

QModelIndex BlockListModel::parent(const QModelIndex& child) const
{
    if (!child.isValid() || child.internalId() == IsSection)
        return {};
    return createIndex(int(child.internalId()), 0, IsSection);
}

int BlockListModel::rowCount(const QModelIndex& parent) const
{
    if (!parent.isValid())
        return int(m_sections.size());
    if (parent.internalId() != IsSection || parent.column() != 0)
        return 0;
    return int(m_sections[parent.row()].rows.size());
}

int BlockListModel::columnCount(const QModelIndex&) const
{
    return 1;
}

QVariant BlockListModel::rowData(const Row& row, const Section& section, int role)
{
    switch (role) {
    case Qt::DisplayRole:
        return row.name;
    case Qt::ToolTipRole:
    case Qt::AccessibleDescriptionRole:
    case HelpRole:
        return row.help;
    case KeyRole:
        return row.key;
    case KindRole:
        return QVariant::fromValue(row.kind);
    case SearchRole:
        return QStringList{row.name, row.help, section.name}.join(u'\n');
    default:
        return {};
    }
}

QVariant BlockListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (index.internalId() != IsSection) {
        const Section& section = m_sections[qsizetype(index.internalId())];
        return rowData(section.rows[index.row()], section, role);
    }
    const Section& section = m_sections[index.row()];
    switch (role) {
    case Qt::DisplayRole:
        return section.name;
    case KindRole:
        return QVariant::fromValue(Kind::Section);
    case SectionRole:
        return section.key;
    default:
        return {};
    }
}

Qt::ItemFlags BlockListModel::flags(const QModelIndex& index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    const Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    return index.internalId() == IsSection
               ? flags
               : flags | Qt::ItemIsDragEnabled | Qt::ItemNeverHasChildren;
}

QStringList BlockListModel::mimeTypes() const
{
    return {QString::fromLatin1(BlockMimeType), QString::fromLatin1(SnippetMimeType)};
}

QMimeData* BlockListModel::mimeData(const QModelIndexList& indexes) const
{
    if (indexes.size() != 1 || indexes.first().internalId() == IsSection)
        return nullptr;
    const auto kind = indexes.first().data(KindRole).value<Kind>();
    auto* data = new QMimeData;
    data->setData(QString::fromLatin1(kind == Kind::Snippet ? SnippetMimeType : BlockMimeType),
                  indexes.first().data(KeyRole).toString().toUtf8());
    return data;
}

Qt::DropActions BlockListModel::supportedDragActions() const
{
    return Qt::CopyAction;
}

} // namespace espalier
