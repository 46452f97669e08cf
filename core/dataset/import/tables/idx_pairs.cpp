#include "core/dataset/import/files/file_tree.h"
#include "core/dataset/import/import_context.h"
#include "core/dataset/import/tables/array_table.h"

#include <QIODevice>
#include <QRegularExpression>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

/// What is left of a name without the words that tell images from labels: "train--ubyte".
QString pairKey(const QString& file)
{
    static const QRegularExpression roles(uR"(images?|labels?|idx\d|\.gz$)"_s,
                                          QRegularExpression::CaseInsensitiveOption);
    return QString(file).remove(roles).toLower();
}

bool isLabels(const ArrayFile& file)
{
    return file.header.sizes.size() == 1 && file.header.isWhole();
}

Result<QList<ArrayFile>> openAll(FileTree& tree, const ImportContext& context)
{
    QList<ArrayFile> files;
    for (size_t i = 0; i < tree.entries().size(); ++i) {
        if (context.isCancelled())
            return cancelled();
        if (!isIdxEntry(tree, int(i)))
            continue;
        std::unique_ptr<QIODevice> device;
        auto file = openArrayFile(tree, int(i), true, device);
        if (!file)
            return failureOf(file);
        file->isClasses = isLabels(*file);
        files.append(*file);
    }
    return files;
}

/// Index of the labels that belong to `images`, -1 when there are none.
qsizetype findLabels(const QList<ArrayFile>& labels, const ArrayFile& images, bool isOnlyPair)
{
    for (qsizetype i = 0; i < labels.size(); ++i)
        if (isOnlyPair || pairKey(labels[i].file) == pairKey(images.file))
            return i;
    return -1;
}

tl::unexpected<Error> unpaired(const QString& file, const QString& partner)
{
    return failure(ErrorCode::InvalidInput,
                   u"There is no IDX file of %2 that belongs to %1. Import both, named alike: "
                   "train-images-idx3-ubyte and train-labels-idx1-ubyte."_s.arg(file, partner));
}

} // namespace

bool isIdxEntry(FileTree& tree, int entry)
{
    auto device = tree.open(entry);
    return device && isIdx((*device)->peek(4));
}

Result<std::vector<std::unique_ptr<TableReader>>>
ArrayTable::openIdx(std::shared_ptr<FileTree> tree, ImportContext& context)
{
    const auto files = openAll(*tree, context);
    if (!files)
        return failureOf(files);
    QList<ArrayFile> images;
    QList<ArrayFile> labels;
    for (const ArrayFile& file : *files)
        (isLabels(file) ? labels : images).append(file);
    const bool isOnlyPair = images.size() == 1 && labels.size() == 1;
    const bool haveLabels = !labels.isEmpty();
    std::vector<std::unique_ptr<TableReader>> tables;
    for (const ArrayFile& image : std::as_const(images)) {
        QList<ArrayFile> columns = {image};
        const qsizetype found = findLabels(labels, image, isOnlyPair);
        if (found < 0 && haveLabels)
            return unpaired(image.file, u"labels"_s);
        if (found >= 0)
            columns.append(labels.takeAt(found));
        const bool isImage = !imageShape(image.header.type, image.header.exampleShape()).isEmpty();
        auto table =
            make(tree, columns, {isImage ? u"image"_s : u"values"_s, u"category"_s}, context);
        if (!table)
            return failureOf(table);
        tables.push_back(std::move(*table));
    }
    if (!labels.isEmpty())
        return unpaired(labels.first().file, u"images"_s);
    return tables;
}

} // namespace espalier
