#include "tests/integration/test_data.h"

#include "core/base/random.h"

#include <JlCompress.h>
#include <QDir>
#include <QFile>
#include <QTextStream>

using namespace Qt::StringLiterals;
using espalier::Random;

namespace {

constexpr int Quarters = 4;

QString quarterName(int quarter)
{
    static const QStringList names{u"upper left"_s, u"upper right"_s, u"lower left"_s,
                                   u"lower right"_s};
    return names.at(quarter);
}

} // namespace

QImage quarterImage(int quarter, quint64 seed, int side, QImage::Format format)
{
    Random random(espalier::deriveSeed(seed, quint64(quarter)));
    QImage image(side, side, QImage::Format_RGB32);
    for (int y = 0; y < side; ++y)
        for (int x = 0; x < side; ++x) {
            const bool bright = x / (side / 2) == quarter % 2 && y / (side / 2) == quarter / 2;
            const int value = int(random.below(80)) + (bright ? 150 : 0);
            image.setPixelColor(x, y, QColor(value, value / 2, 255 - value));
        }
    return image.convertToFormat(format);
}

void writeIndexedImages(const QString& folder, int count, int side, QImage::Format format,
                        const QString& extraColumn)
{
    QDir().mkpath(folder + u"/images"_s);
    QFile index(folder + u"/index.csv"_s);
    if (!index.open(QIODevice::WriteOnly))
        return;
    QTextStream text(&index);
    text << "image,category" << (extraColumn.isEmpty() ? QString() : u","_s + extraColumn) << '\n';
    for (int i = 0; i < count; ++i) {
        const QString name = u"images/%1.png"_s.arg(i);
        quarterImage(i % Quarters, quint64(i), side, format).save(folder + u'/' + name);
        text << name << ',' << quarterName(i % Quarters);
        if (!extraColumn.isEmpty())
            text << ',' << i % 7;
        text << '\n';
    }
}

void writeFoldersOfImages(const QString& folder, const QStringList& classes, int count, int side,
                          QImage::Format format)
{
    for (int c = 0; c < classes.size(); ++c) {
        const QString inside = folder + u'/' + classes.at(c);
        QDir().mkpath(inside);
        for (int i = 0; i < count; ++i)
            quarterImage(c % Quarters, quint64(i), side, format)
                .save(u"%1/%2.png"_s.arg(inside).arg(i));
    }
}

void writeTable(const QString& file, int rows)
{
    QFile table(file);
    if (!table.open(QIODevice::WriteOnly))
        return;
    QTextStream text(&table);
    text << "x,y,size,price,sold\n";
    Random random(7);
    const QStringList sizes{u"small"_s, u"medium"_s, u"large"_s};
    for (int i = 0; i < rows; ++i) {
        const double x = random.uniform(-1, 1);
        const double y = random.uniform(-1, 1);
        const int size = int(random.below(3));
        const double price = 100 + 30 * x - 20 * y + 10 * size + random.normal();
        text << x << ',' << y << ',' << sizes.at(size) << ',' << price << ','
             << (x > y ? "yes" : "no") << '\n';
    }
}

bool zipFolder(const QString& folder, const QString& file)
{
    return JlCompress::compressDir(file, folder, true);
}
