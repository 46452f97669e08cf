#include "tests/reliability/load/load_figures.h"
#include "tests/reliability/load/watched_process.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtEndian>
#include <array>

using namespace Qt::StringLiterals;

namespace espalier::load {

namespace {

constexpr int Side = 28;
constexpr int Classes = 10;
constexpr double MemoryLimit = 1.5 * 1024; // MiB
constexpr double OpenLimit = 4;            // s, of the whole program with its start
constexpr int TrainMs = 20'000;

QByteArray bigEndian(std::initializer_list<quint32> numbers)
{
    QByteArray bytes;
    for (const quint32 number : numbers) {
        std::array<char, 4> encoded{};
        qToBigEndian(number, encoded.data());
        bytes.append(encoded.data(), encoded.size());
    }
    return bytes;
}

void require(bool good, const QFile& file)
{
    if (!good)
        qFatal("%s: %s", qUtf8Printable(file.fileName()), qUtf8Printable(file.errorString()));
}

/// Files as MNIST has them; of the images most are holes that take no disk.
void writeImages(const QString& path, qint64 rows)
{
    constexpr qint64 EveryRow = 1'000;
    QFile file(path);
    require(file.open(QIODevice::WriteOnly), file);
    const QByteArray header = bigEndian({0x0803, quint32(rows), Side, Side});
    require(file.write(header) == header.size(), file);
    require(file.resize(header.size() + rows * Side * Side), file);
    for (qint64 row = 0; row < rows; row += EveryRow) {
        const QByteArray pixels(Side * Side, char(20 * (row / EveryRow % Classes)));
        require(file.seek(header.size() + row * Side * Side), file);
        require(file.write(pixels) == pixels.size(), file);
    }
}

void writeLabels(const QString& path, qint64 rows)
{
    QFile file(path);
    require(file.open(QIODevice::WriteOnly), file);
    QByteArray content = bigEndian({0x0801, quint32(rows)});
    content.reserve(content.size() + rows);
    for (qint64 row = 0; row < rows; ++row)
        content.append(char(row % Classes));
    require(file.write(content) == content.size(), file);
}

class BigDataset final {
public:
    BigDataset(qint64 rows, const QString& folder)
        : m_folder(folder + u"/espalier-big-XXXXXX"_s)
        , m_rows(rows)
    {
    }

    [[nodiscard]] bool measure()
    {
        const QString source = m_folder.filePath(u"source"_s);
        QDir().mkpath(source);
        writeImages(source + u"/train-images-idx3-ubyte"_s, m_rows);
        writeLabels(source + u"/train-labels-idx1-ubyte"_s, m_rows);
        (void)step({}, {u"project"_s, u"create"_s, u"P"_s});
        bool good = step(u"import"_s, {u"dataset"_s, u"import"_s, source, u"--name"_s, u"D"_s});
        good = step(u"save with statistics"_s, {u"dataset"_s, u"save"_s, u"D"_s}) && good;
        good = step(u"open"_s, {u"dataset"_s, u"show"_s, u"D"_s}) && good;
        good = report(u"%1: open takes"_s.arg(name()), m_seconds, OpenLimit, u"s"_s) && good;
        (void)step({},
                   {u"experiment"_s, u"create"_s, u"E"_s, u"--dataset"_s, u"D"_s, u"--snippet"_s,
                    u"Fully connected"_s, u"--input"_s, u"image"_s, u"--target"_s, u"category"_s});
        return step(u"%1 s of training"_s.arg(TrainMs / 1000), {u"experiment"_s, u"run"_s, u"E"_s},
                    TrainMs) &&
               good;
    }

private:
    [[nodiscard]] QString name() const
    {
        return u"%1 million rows of 28×28"_s.arg(double(m_rows) / 1e6);
    }

    /// Without a name it is only done.
    bool step(const QString& what, const QStringList& arguments, int interruptAfterMs = -1)
    {
        WatchedProcess process(
            QStringLiteral(ESPALIER_CLI),
            QStringList{u"--workspace"_s, m_folder.filePath(u"workspace"_s), u"--quiet"_s} +
                arguments);
        (void)process.finish(interruptAfterMs);
        m_seconds = process.seconds();
        return what.isEmpty() || report(u"%1: own memory at peak, %2"_s.arg(name(), what),
                                        process.ownPeak() / (1 << 20), MemoryLimit, u"MiB"_s,
                                        u"%1 s"_s.arg(process.seconds(), 0, 'f', 1));
    }

    QTemporaryDir m_folder;
    qint64 m_rows;
    double m_seconds = 0;
};

} // namespace

bool measureBig(qint64 rows, const QString& folder)
{
    return BigDataset(rows, folder).measure();
}

} // namespace espalier::load
