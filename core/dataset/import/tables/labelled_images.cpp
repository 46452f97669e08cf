#include "core/dataset/import/tables/labelled_images.h"

#include "core/dataset/import/files/entry_path.h"
#include "core/dataset/import/files/file_tree.h"
#include "core/dataset/import/import_context.h"

#include <QHash>
#include <QSet>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

QList<QByteArray> foldersOf(const QByteArray& path)
{
    QList<QByteArray> parts = path.split('/');
    parts.removeLast();
    return parts;
}

qsizetype commonLength(const QList<QByteArray>& a, const QList<QByteArray>& b)
{
    const auto [end, other] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    return end - a.begin();
}

QString levelName(qsizetype level, qsizetype levels)
{
    return levels == 1 ? u"category"_s : u"level %1"_s.arg(level + 1);
}

} // namespace

LabelledImages::LabelledImages(std::shared_ptr<FileTree> tree)
    : TableReader(tree->name())
    , m_tree(std::move(tree))
{
}

Result<std::unique_ptr<TableReader>> LabelledImages::open(std::shared_ptr<FileTree> tree,
                                                          ImportContext& context)
{
    if (context.isCancelled())
        return cancelled();
    std::unique_ptr<LabelledImages> table(new LabelledImages(std::move(tree)));
    table->collectImages();
    table->decideLevels();
    return table;
}

void LabelledImages::collectImages()
{
    const auto& entries = m_tree->entries();
    for (size_t i = 0; i < entries.size(); ++i) {
        if (isImageName(entries[i].path)) {
            m_images.push_back(int(i));
            m_totalBytes += entries[i].size;
        } else {
            m_problems.append({QString::fromUtf8(entries[i].path), 0,
                               u"it is no png, jpg, gif, bmp or webp image"_s});
        }
    }
}

/// Images that lie less or more deep than most are left out when they are read.
void LabelledImages::decideLevels()
{
    QHash<qsizetype, int> imagesAtDepth;
    QList<QByteArray> common = foldersOf(m_tree->entries()[size_t(m_images.front())].path);
    for (int image : m_images) {
        const QList<QByteArray> folders = foldersOf(m_tree->entries()[size_t(image)].path);
        common.resize(commonLength(common, folders));
        ++imagesAtDepth[folders.size()];
    }
    qsizetype depth = 0;
    for (auto it = imagesAtDepth.cbegin(); it != imagesAtDepth.cend(); ++it) {
        const int most = imagesAtDepth.value(depth);
        if (it.value() > most || (it.value() == most && it.key() > depth))
            depth = it.key();
    }
    m_commonParts = common.size();
    m_levels = depth - m_commonParts;
    m_columns.append(
        {.name = u"image"_s, .kind = CellKind::ImageFile, .detected = Encoding::Image});
    for (qsizetype level = 0; level < m_levels; ++level)
        m_columns.append({.name = levelName(level, m_levels),
                          .kind = CellKind::Text,
                          .detected = Encoding::Categorical});
}

QList<QByteArray> LabelledImages::labelsOf(int entry) const
{
    return foldersOf(m_tree->entries()[size_t(entry)].path).mid(m_commonParts);
}

Status LabelledImages::rewind()
{
    m_next = 0;
    m_bytesRead = 0;
    return {};
}

Status LabelledImages::next(RowBatch& batch, const BatchSize& size)
{
    batch.columns.resize(size_t(m_columns.size()));
    const qint64 end = m_bytesRead + size.bytes;
    while (m_next < m_images.size() && batch.size() + batch.skipped < size.rows &&
           m_bytesRead < end) {
        const qint64 row = qint64(m_next) + 1;
        const int entry = m_images[m_next++];
        const QString file = QString::fromUtf8(m_tree->entries()[size_t(entry)].path);
        const QList<QByteArray> labels = labelsOf(entry);
        auto bytes = m_tree->read(entry);
        if (!bytes && bytes.error().code != ErrorCode::InvalidInput)
            return failureOf(bytes);
        if (!bytes || labels.size() != m_levels) {
            batch.problems.append({file, row,
                                   bytes ? u"it lies at another depth of folders than "
                                           "most images"_s
                                         : bytes.error().message});
            ++batch.skipped;
            continue;
        }
        m_bytesRead += bytes->size();
        batch.rows.push_back(row);
        batch.usable.push_back(1);
        batch.columns[0].files.push_back(
            {.name = file, .bytes = std::move(*bytes), .image = {}, .array = {}});
        for (qsizetype level = 0; level < m_levels; ++level)
            batch.columns[size_t(level) + 1].texts.append(QString::fromUtf8(labels[level]));
    }
    return {};
}

} // namespace espalier
