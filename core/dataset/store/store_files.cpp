#include "core/dataset/store/store_files.h"

#include "core/base/files.h"
#include "core/dataset/store/append_file.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QtEndian>
#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>
#include <optional>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

static_assert(std::endian::native == std::endian::little,
              "columns are mapped as they lie in the file");

constexpr qint64 ChunkBytes = qint64(4) << 20;

std::optional<std::vector<double>> asNumbers(const QStringList& texts)
{
    std::vector<double> numbers;
    numbers.reserve(size_t(texts.size()));
    for (const QString& text : texts) {
        bool isNumber = false;
        numbers.push_back(text.toDouble(&isNumber));
        if (!isNumber || !std::isfinite(numbers.back()))
            return std::nullopt;
    }
    return numbers;
}

tl::unexpected<Error> damagedTexts(const QString& path)
{
    return failure(ErrorCode::Io,
                   u"%1 is damaged: a text ends behind the end of the file. "
                   "Import the dataset again."_s.arg(QDir::toNativeSeparators(path)));
}

} // namespace

QString manifestPath(const QString& folder)
{
    return folder + u"/source.json"_s;
}

QString columnPath(const QString& folder, int column, ColumnFile file)
{
    static constexpr QStringView extensions[] = {u"bin", u"idx", u"txt"};
    const QString number = QString::number(column).rightJustified(3, u'0');
    return u"%1/column-%2.%3"_s.arg(folder, number, extensions[int(file)]);
}

Result<QByteArray> writeTexts(const QString& path, const QStringList& texts)
{
    AppendFile file(path, ChunkBytes);
    QByteArray record;
    for (const QString& text : texts) {
        const QByteArray utf8 = text.toUtf8();
        record.resize(sizeof(quint32));
        qToLittleEndian(quint32(utf8.size()), record.data());
        record.append(utf8);
        if (auto appended = file.append(bytesOf(record)); !appended)
            return failureOf(appended);
    }
    if (auto finished = file.finish(); !finished)
        return failureOf(finished);
    return file.digest();
}

Result<QStringList> readTexts(const QString& path)
{
    const auto content = readFile(path);
    if (!content)
        return failureOf(content);
    QStringList texts;
    QByteArrayView rest(*content);
    while (!rest.isEmpty()) {
        if (rest.size() < qsizetype(sizeof(quint32)))
            return damagedTexts(path);
        const qsizetype length = qFromLittleEndian<quint32>(rest.data());
        rest = rest.sliced(sizeof(quint32));
        if (length > rest.size())
            return damagedTexts(path);
        texts.append(QString::fromUtf8(rest.first(length)));
        rest = rest.sliced(length);
    }
    return texts;
}

std::vector<qint32> dictionaryOrder(const QStringList& texts)
{
    std::vector<qint32> order(size_t(texts.size()));
    std::iota(order.begin(), order.end(), 0);
    const auto numbers = asNumbers(texts);
    std::sort(order.begin(), order.end(), [&](qint32 a, qint32 b) {
        if (numbers && (*numbers)[size_t(a)] != (*numbers)[size_t(b)])
            return (*numbers)[size_t(a)] < (*numbers)[size_t(b)];
        return texts[a] < texts[b];
    });
    return order;
}

Result<QByteArray> replaceCodes(const QString& path, const std::vector<qint32>& newCodes)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadWrite | QIODevice::ExistingOnly | QIODevice::Unbuffered))
        return tl::unexpected(fileError(file, u"rewrite"_s));
    QCryptographicHash hash(ContentDigest);
    std::vector<qint32> codes(size_t(std::min(ChunkBytes, file.size())) / sizeof(qint32));
    for (qint64 position = 0; position < file.size();) {
        auto* bytes = reinterpret_cast<char*>(codes.data());
        const qint64 length = std::min(ChunkBytes, file.size() - position);
        if (!file.seek(position) || file.read(bytes, length) != length)
            return tl::unexpected(fileError(file, u"rewrite"_s));
        for (qint32& code : std::span(codes).first(size_t(length) / sizeof(qint32)))
            code = code < 0 ? -1 : newCodes[size_t(code)];
        if (!file.seek(position) || file.write(bytes, length) != length)
            return tl::unexpected(fileError(file, u"rewrite"_s));
        hash.addData(QByteArrayView(bytes, length));
        position += length;
    }
    if (auto flushed = flushToDisk(file); !flushed)
        return failureOf(flushed);
    return hash.result();
}

} // namespace espalier
