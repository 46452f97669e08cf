#include "core/dataset/import/formats/small_png.h"

#include <QByteArrayView>
#include <QtEndian>
#include <cstdlib>
#include <cstring>
#include <optional>

namespace espalier {

namespace {

// What is in a file this small unpacks to some tens of megabytes at most.
constexpr qsizetype LargestFile = 1 << 16;
constexpr qsizetype SignatureSize = 8;
constexpr qsizetype ChunkHead = 8;
constexpr qsizetype ChunkTail = 4;
constexpr quint32 LargestSide = 1 << 12;

/// What is needed of the header and the compressed pixels, behind their unpacked size as
/// qUncompress() wants it.
struct Content {
    quint32 width = 0;
    quint32 height = 0;
    int channels = 0;
    QByteArray packed;

    [[nodiscard]] qsizetype rowBytes() const { return qsizetype(width) * channels; }
};

bool readHeader(QByteArrayView chunk, Content& content)
{
    constexpr uchar PlainTail[] = {0, 0, 0}; // compression, filter, interlace
    if (chunk.size() != 13)
        return false;
    content.width = qFromBigEndian<quint32>(chunk.data());
    content.height = qFromBigEndian<quint32>(chunk.data() + 4);
    const bool isGrey = chunk[9] == 0;
    content.channels = isGrey ? 1 : 3;
    const bool isPlain = chunk[8] == 8 && (isGrey || chunk[9] == 2) &&
                         std::memcmp(chunk.data() + 10, PlainTail, sizeof PlainTail) == 0;
    return isPlain && content.width > 0 && content.height > 0 && content.width <= LargestSide &&
           content.height <= LargestSide;
}

std::optional<Content> readChunks(QByteArrayView file)
{
    Content content;
    qsizetype place = SignatureSize;
    while (place + ChunkHead + ChunkTail <= file.size()) {
        const qint64 size = qFromBigEndian<quint32>(file.data() + place);
        const QByteArrayView type = file.sliced(place + 4, 4);
        place += ChunkHead;
        if (size > file.size() - place - ChunkTail)
            return std::nullopt;
        const QByteArrayView chunk = file.sliced(place, size);
        place += size + ChunkTail;
        if (type == "IEND" && !content.packed.isEmpty())
            return content;
        if (type == "tRNS" || (type == "IHDR" && !readHeader(chunk, content)))
            return std::nullopt;
        if (type == "IDAT" && content.packed.isEmpty()) {
            content.packed.reserve(file.size());
            content.packed.resize(4);
            qToBigEndian(quint32((content.rowBytes() + 1) * content.height), content.packed.data());
        }
        if (type == "IDAT")
            content.packed.append(chunk.data(), chunk.size());
    }
    return std::nullopt;
}

int paeth(int left, int up, int upLeft)
{
    const int toLeft = std::abs(up - upLeft);
    const int toUp = std::abs(left - upLeft);
    const int toUpLeft = std::abs(left + up - 2 * upLeft);
    return toLeft <= toUp && toLeft <= toUpLeft ? left : toUp <= toUpLeft ? up : upLeft;
}

/// Undoes the filter of one row (PNG specification, clause 9). False for an unknown filter.
bool unfilter(int filter, const uchar* packed, const uchar* above, qsizetype bytes, int channels,
              uchar* row)
{
    for (qsizetype i = 0; i < bytes; ++i) {
        const int left = i >= channels ? row[i - channels] : 0;
        const int up = above ? above[i] : 0;
        const int upLeft = above && i >= channels ? above[i - channels] : 0;
        int predicted = 0;
        switch (filter) {
        case 0:
            break;
        case 1:
            predicted = left;
            break;
        case 2:
            predicted = up;
            break;
        case 3:
            predicted = (left + up) / 2;
            break;
        case 4:
            predicted = paeth(left, up, upLeft);
            break;
        default:
            return false;
        }
        row[i] = uchar(packed[i] + predicted);
    }
    return true;
}

} // namespace

QImage readSmallPng(const QByteArray& file)
{
    if (file.size() > LargestFile || !file.startsWith("\x89PNG\r\n\x1a\n"))
        return {};
    const auto content = readChunks(file);
    if (!content)
        return {};
    const QByteArray rows = qUncompress(content->packed);
    const qsizetype rowBytes = content->rowBytes();
    if (rows.size() != (rowBytes + 1) * qsizetype(content->height))
        return {};
    QImage image(int(content->width), int(content->height),
                 content->channels == 1 ? QImage::Format_Grayscale8 : QImage::Format_RGB888);
    const uchar* above = nullptr;
    const auto* packed = reinterpret_cast<const uchar*>(rows.constData());
    for (int y = 0; y < image.height(); ++y) {
        uchar* row = image.scanLine(y);
        if (!unfilter(packed[0], packed + 1, above, rowBytes, content->channels, row))
            return {};
        above = row;
        packed += rowBytes + 1;
    }
    return image;
}

} // namespace espalier
