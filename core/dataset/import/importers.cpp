#include "core/dataset/import/importers.h"

#include "core/dataset/import/files/entry_path.h"
#include "core/dataset/import/files/file_tree.h"
#include "core/dataset/import/import_context.h"
#include "core/dataset/import/tables/array_table.h"
#include "core/dataset/import/tables/csv_table.h"
#include "core/dataset/import/tables/labelled_images.h"

#include <QIODevice>
#include <QStringList>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

bool isTableName(const QByteArray& path)
{
    const QByteArray suffix = suffixOf(path);
    return suffix == "csv" || suffix == "tsv";
}

bool isIndexName(const QByteArray& path)
{
    QByteArray name = fileNameOf(path).toLower();
    if (name.endsWith(".gz"))
        name.chop(3);
    return name == "index.csv";
}

/// The index.csv that lies least deep, else the only table; -1 when there is none.
int findTable(const FileTree& tree)
{
    int index = -1;
    int table = -1;
    int tables = 0;
    qsizetype leastDepth = 0;
    for (size_t i = 0; i < tree.entries().size(); ++i) {
        const QByteArray& path = tree.entries()[i].path;
        if (!isTableName(path))
            continue;
        ++tables;
        table = int(i);
        const qsizetype depth = path.count('/');
        if (isIndexName(path) && (index < 0 || depth < leastDepth)) {
            index = int(i);
            leastDepth = depth;
        }
    }
    return index >= 0 || tables != 1 ? index : table;
}

bool hasEntry(const FileTree& tree, bool (*matches)(const QByteArray&))
{
    return std::any_of(tree.entries().begin(), tree.entries().end(),
                       [=](const TreeEntry& entry) { return matches(entry.path); });
}

/// Files without a known suffix are opened, but not all of a folder full of something else.
bool hasIdx(FileTree& tree)
{
    constexpr int MostOpened = 100;
    int opened = 0;
    for (size_t i = 0; i < tree.entries().size() && opened < MostOpened; ++i) {
        const QByteArray& path = tree.entries()[i].path;
        if (isImageName(path) || isArrayName(path) || isTableName(path))
            continue;
        ++opened;
        if (isIdxEntry(tree, int(i)))
            return true;
    }
    return false;
}

/// A table with a strange suffix or none: the only file, and text.
bool isLoneText(FileTree& tree)
{
    if (tree.entries().size() != 1)
        return false;
    const auto device = tree.open(0);
    if (!device)
        return false;
    const QByteArray head = (*device)->peek(4096);
    const bool isUtf16 = head.startsWith("\xff\xfe") || head.startsWith("\xfe\xff");
    return !head.isEmpty() && (isUtf16 || !head.contains('\0')) && imageFormat(head).isEmpty() &&
           !isNpy(head);
}

Tables asTables(std::unique_ptr<TableReader> table)
{
    Tables tables;
    tables.push_back(std::move(table));
    return tables;
}

Result<Tables> openTable(const std::shared_ptr<FileTree>& tree, ImportContext& context)
{
    return CsvTable::open(tree, std::max(0, findTable(*tree)), context).map(asTables);
}

constexpr ImporterDescription Importers[] = {
    {u"Table", u"a csv file, or a zip or folder with index.csv and the files that it names",
     [](FileTree& tree) { return findTable(tree) >= 0; }, openTable},
    {u"IDX", u"IDX files of images and labels, plain or gz",
     [](FileTree& tree) { return hasIdx(tree); },
     [](const std::shared_ptr<FileTree>& tree, ImportContext& context) {
         return ArrayTable::openIdx(tree, context);
     }},
    {u"Images", u"a zip or folder with one folder of images (png, jpg, gif, bmp, webp) per label",
     [](FileTree& tree) { return hasEntry(tree, isImageName); },
     [](const std::shared_ptr<FileTree>& tree, ImportContext& context) {
         return LabelledImages::open(tree, context).map(asTables);
     }},
    {u"Arrays", u"npy files", [](FileTree& tree) { return hasEntry(tree, isArrayName); },
     [](const std::shared_ptr<FileTree>& tree, ImportContext& context) {
         return ArrayTable::openNpy(tree, context).map(asTables);
     }},
    {u"Text", u"a table as text", isLoneText, openTable},
};

} // namespace

std::span<const ImporterDescription> importers()
{
    return Importers;
}

Result<Tables> openTables(const std::shared_ptr<FileTree>& tree, ImportContext& context)
{
    for (const ImporterDescription& importer : importers())
        if (importer.probe(*tree))
            return importer.open(tree, context);
    QStringList layouts;
    for (const ImporterDescription& importer : importers().first(importers().size() - 1))
        layouts.append(QString::fromUtf16(importer.layout));
    const QString why =
        tree->problems().isEmpty()
            ? QString()
            : u" (%1: %2)"_s.arg(tree->problems().first().file, tree->problems().first().reason);
    return failure(ErrorCode::InvalidInput,
                   u"Nothing in %1 can be used%2. Give one of these: %3."_s.arg(
                       tree->name(), why, layouts.join(u"; "_s)));
}

} // namespace espalier
