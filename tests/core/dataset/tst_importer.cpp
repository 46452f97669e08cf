#include "core/dataset/import/importer.h"

#include "core/base/random.h"
#include "core/base/system.h"
#include "tests/core/dataset/import_fixtures.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>
#include <quazip/quagzipfile.h>

using namespace espalier;
using namespace espalier::fixtures;
using namespace Qt::StringLiterals;

namespace {

void writeGzip(const QString& path, const QByteArray& bytes)
{
    QDir().mkpath(QFileInfo(path).absolutePath());
    QuaGzipFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

} // namespace

class TestImporter final : public QObject, private ImportBench {
    Q_OBJECT

private Q_SLOTS:
    void init() { startOver(); }

    void refusesWhatItCannotUse_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("says");
        QTest::newRow("empty") << u"a.csv"_s << QByteArray() << u"is empty"_s;
        QTest::newRow("header alone") << u"a.csv"_s << QByteArray("a,b\n") << u"no row"_s;
        QTest::newRow("web page") << u"a.zip"_s << QByteArray("<!DOCTYPE html><p>")
                                  << u"web page"_s;
        QTest::newRow("no zip") << u"a.zip"_s << QByteArray("hello") << u"no whole zip"_s;
        QTest::newRow("binary") << u"a.bin"_s << QByteArray(100, '\0') << u"Give one of these"_s;
        QTest::newRow("no image") << u"a.png"_s << QByteArray("hello") << u"no png"_s;
        QTest::newRow("empty image") << u"a.png"_s << QByteArray() << u"the file is empty"_s;
        QTest::newRow("empty npy") << u"a.npy"_s << npy("'<f4'", "(0, 3)", {}) << u"no example"_s;
        QTest::newRow("short npy")
            << u"a.npy"_s << npy("'<f4'", "(9,)", QByteArray(8, 'x')) << u"9 examples"_s;
        QTest::newRow("long npy") << u"a.npy"_s << npy("'<f4'", "(1,)", QByteArray(8, 'x'))
                                  << u"holds more"_s;
        QTest::newRow("npy of objects") << u"a.npy"_s << npy("'|O'", "(1,)", {}) << u"objects"_s;
        QTest::newRow("labels alone") << u"labels-idx1-ubyte"_s << idx({2}, "ab") << u"images"_s;
        QTest::newRow("short idx")
            << u"images-idx3-ubyte"_s << idx({3, 2, 2}, "12345678") << u"3 examples"_s;
    }
    void refusesWhatItCannotUse()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, bytes);
        QFETCH(QString, says);
        writeBytes(path(name), bytes);
        refuses({path(name)}, says);
    }

    void refusesSourcesThatAreNotThere()
    {
        refuses({path(u"none.zip"_s)}, u"no file or folder"_s);
        refuses({u"sample:cars"_s}, u"sample:clothes"_s);
        refuses({}, u"nothing to import"_s);
        QDir().mkpath(path(u"empty"_s));
        refuses({path(u"empty"_s)}, u"Give one of these"_s);
    }

    void refusesAZipOfHostileEntriesAlone()
    {
        writeZip(path(u"a.zip"_s), {{u"../evil.png"_s, greyPng(1)}});
        refuses({path(u"a.zip"_s)}, u"leaves the archive"_s);
        QVERIFY(!QFile::exists(path(u"../evil.png"_s)));
    }

    void zipWithIndex()
    {
        writeZip(path(u"a.zip"_s), {{u"Root/INDEX.csv"_s, "image,category,price\n"
                                                          "images/b.png,cat,1.5\n"
                                                          "images/a.png,dog,\n"
                                                          "images/c.png,cat,-2e3\n"
                                                          "images/d.png,bird,4\n"},
                                    {u"Root/images/a.png"_s, greyPng(10)},
                                    {u"Root/images/b.png"_s, greyPng(20)},
                                    {u"Root/images/c.png"_s, greyPng(30)},
                                    {u"Root/images/d.png"_s, greyPng(40)},
                                    {u"__MACOSX/Root/images/._a.png"_s, "clutter"}});
        const auto source = store({path(u"a.zip"_s)});
        QVERIFY(source);
        QCOMPARE(source->rows(), 4);
        QCOMPARE(problemTexts(manifest()), QString());
        const ColumnSchema& image = source->manifest().columns[0];
        QCOMPARE(image.storage, StorageKind::Tensor);
        QCOMPARE(image.shape, (Shape{3, 4, 1}));
        QCOMPARE(image.detected, Encoding::Image);
        QCOMPARE(firstPixels(*source, u"image"_s), QByteArray("\x14\x0a\x1e\x28", 4));
        QCOMPARE(source->manifest().columns[1].detected, Encoding::Categorical);
        QCOMPARE(textsOf(*source, u"category"_s),
                 (QStringList{u"cat"_s, u"dog"_s, u"cat"_s, u"bird"_s}));
        QCOMPARE(source->manifest().columns[2].detected, Encoding::Numeric);
        const QList<double> prices = numbersOf(*source, u"price"_s);
        QCOMPARE(prices[0], 1.5);
        QVERIFY(std::isnan(prices[1]));
        QCOMPARE(prices[2], -2000.0);
    }

    void badRowsAreListedAndGoodOnesKept()
    {
        QByteArray damaged = greyPng(50);
        damaged[damaged.indexOf("IDAT") + 8] = 'x';
        writeZip(path(u"a.zip"_s), {{u"index.csv"_s, "image,label\n"
                                                     "good.png,x\n"
                                                     "missing.png,x\n"
                                                     "text.png,y\n"
                                                     "good.png\n"
                                                     "damaged.png,y\n"
                                                     ",y\n"
                                                     "empty.png,y\n"
                                                     "../up.png,y\n"
                                                     "\"good.png,x\n"
                                                     "good.png,y\n"},
                                    {u"good.png"_s, greyPng(1)},
                                    {u"text.png"_s, "no image"},
                                    {u"damaged.png"_s, damaged},
                                    {u"empty.png"_s, ""},
                                    {u"../up.png"_s, greyPng(1)}});
        const auto source = store({path(u"a.zip"_s)});
        QVERIFY(source);
        QCOMPARE(source->rows(), 2);
        QCOMPARE(manifest().skipped, 8);
        QCOMPARE(problemTexts(manifest()),
                 u"../up.png@0: its path leaves the archive\n"
                 "missing.png@2: the file is missing\n"
                 "text.png@3: it is no png, jpg, gif, bmp or webp image\n"
                 "index.csv@4: wrong number of columns: 1 instead of 2\n"
                 "damaged.png@5: the image is damaged\n"
                 "index.csv@6: no file is named in column “image”\n"
                 "empty.png@7: the file is empty\n"
                 "../up.png@8: the file is missing\n"
                 "index.csv@9: its quotation marks are not in pairs: double those inside a cell, "
                 "and quote the cell"_s);
    }

    void zipOfFolders_data()
    {
        QTest::addColumn<QStringList>("paths");
        QTest::addColumn<QStringList>("columns");
        QTest::addColumn<QStringList>("labels"); // of the last column
        QTest::newRow("one level")
            << QStringList{u"cat/1.png"_s, u"dog/2.png"_s} << QStringList{u"image"_s, u"category"_s}
            << QStringList{u"cat"_s, u"dog"_s};
        QTest::newRow("below a common folder")
            << QStringList{u"data/all/cat/1.png"_s, u"data/all/dog/2.png"_s}
            << QStringList{u"image"_s, u"category"_s} << QStringList{u"cat"_s, u"dog"_s};
        QTest::newRow("two levels") << QStringList{u"train/cat/1.png"_s, u"test/dog/2.png"_s}
                                    << QStringList{u"image"_s, u"level 1"_s, u"level 2"_s}
                                    << QStringList{u"cat"_s, u"dog"_s};
        QTest::newRow("no level") << QStringList{u"a/1.png"_s, u"a/2.png"_s}
                                  << QStringList{u"image"_s} << QStringList();
        QTest::newRow("one lies elsewhere")
            << QStringList{u"cat/1.png"_s, u"dog/2.png"_s, u"cover.png"_s}
            << QStringList{u"image"_s, u"category"_s} << QStringList{u"cat"_s, u"dog"_s};
    }
    void zipOfFolders()
    {
        QFETCH(QStringList, paths);
        QFETCH(QStringList, labels);
        Entries entries;
        for (const QString& file : paths)
            entries.append({file, greyPng(int(entries.size()))});
        writeZip(path(u"a.zip"_s), entries);
        const auto source = store({path(u"a.zip"_s)});
        QVERIFY(source);
        QStringList names;
        for (const ColumnSchema& column : source->manifest().columns)
            names.append(column.name);
        QTEST(names, "columns");
        QCOMPARE(source->rows() + manifest().skipped, paths.size());
        QCOMPARE(manifest().skipped, paths.size() - 2);
        if (!labels.isEmpty())
            QCOMPARE(textsOf(*source, names.last()), labels);
    }

    void folders()
    {
        writeBytes(path(u"in/ä/1.png"_s), greyPng(1));
        writeBytes(path(u"in/b/2.png"_s), greyPng(2));
        writeBytes(path(u"in/b/notes.txt"_s), "hello");
        writeBytes(path(u"in/.git/x.png"_s), greyPng(3));
        const auto source = store({QUrl::fromLocalFile(path(u"in"_s)).toString()});
        QVERIFY(source);
        QCOMPARE(textsOf(*source, u"category"_s), (QStringList{u"b"_s, u"ä"_s}));
        QVERIFY(problemTexts(manifest()).startsWith(u"b/notes.txt@0"_s));
        QCOMPARE(manifest().skipped, 0);
    }

    void folderWithIndex()
    {
        writeBytes(path(u"in/index.csv"_s), "picture;n\r\nimg\\1.png;1\r\n./img/2.png;2\r\n");
        writeBytes(path(u"in/img/1.png"_s), colorPng(Qt::red));
        writeBytes(path(u"in/img/2.png"_s), colorPng(Qt::blue));
        const auto source = store({path(u"in"_s)});
        QVERIFY(source);
        QCOMPARE(source->rows(), 2);
        QCOMPARE(source->manifest().columns[0].shape, (Shape{3, 4, 3}));
        QCOMPARE(firstPixels(*source, u"picture"_s), QByteArray("\xff\x00", 2));
    }

    void looseImages()
    {
        writeBytes(path(u"1.png"_s), greyPng(1));
        writeBytes(path(u"in/1.png"_s), greyPng(2));
        writeBytes(path(u"noname"_s), greyPng(3));
        const auto source = store({path(u"1.png"_s), path(u"in/1.png"_s), path(u"noname"_s)});
        QVERIFY(source);
        QCOMPARE(source->manifest().columns.size(), 1);
        QCOMPARE(firstPixels(*source, u"image"_s), QByteArray("\1\2\3"));
    }

    void imagesOfOtherSizesStayFiles()
    {
        Entries entries;
        for (int i = 0; i < 50; ++i)
            entries.append({u"%1.png"_s.arg(i, 2, 10, QChar(u'0')), greyPng(i)});
        const QByteArray wide = greyPng(7, 9, 2);
        entries.append({u"x.png"_s, wide});
        entries.append({u"y.png"_s, colorPng(Qt::red)});
        writeZip(path(u"a.zip"_s), entries);
        const auto source = store({path(u"a.zip"_s)});
        QVERIFY(source);
        QCOMPARE(source->rows(), 52);
        const ColumnSchema& schema = source->manifest().columns[0];
        QCOMPARE(schema.storage, StorageKind::EncodedImage);
        QCOMPARE(schema.shape, (Shape{3, 9, 3}));
        QCOMPARE(source->encodedImage(0, 50), wide);
        QCOMPARE(QImage::fromData(source->encodedImage(0, 49)).pixelColor(0, 0).red(), 49);
    }

    void greyImagesBecomeColorForOneThatIs()
    {
        Entries entries;
        for (int i = 0; i < 300; ++i)
            entries.append({u"%1.png"_s.arg(i, 3, 10, QChar(u'0')), greyPng(i % 200)});
        entries.append({u"x.png"_s, colorPng(QColor(1, 2, 3))});
        writeZip(path(u"a.zip"_s), entries);
        const auto source = store({path(u"a.zip"_s)});
        QVERIFY(source);
        QCOMPARE(source->rows(), 301);
        QCOMPARE(source->manifest().columns[0].storage, StorageKind::Tensor);
        QCOMPARE(source->manifest().columns[0].shape, (Shape{3, 4, 3}));
        const QByteArray pixels = bytesOfColumn(*source, u"image"_s);
        QCOMPARE(pixels.mid(5 * 36, 6), QByteArray("\5\5\5\6\6\6"));
        QCOMPARE(pixels.right(3), QByteArray("\1\2\3"));
    }

    void idxPairs()
    {
        writeGzip(path(u"in/train-images-idx3-ubyte.gz"_s), idx({3, 1, 2}, "abcdef"));
        writeGzip(path(u"in/train-labels-idx1-ubyte.gz"_s), idx({3}, "\x0a\x02\x0a"));
        writeBytes(path(u"in/t10k-images-idx3-ubyte"_s), idx({1, 1, 2}, "gh"));
        writeBytes(path(u"in/t10k-labels-idx1-ubyte"_s), idx({1}, "\x01"));
        writeBytes(path(u"in/LICENSE"_s), "text");
        const auto source = store({path(u"in"_s)});
        QVERIFY(source);
        QCOMPARE(bytesOfColumn(*source, u"image"_s), QByteArray("ghabcdef"));
        QCOMPARE(textsOf(*source, u"category"_s), (QStringList{u"1"_s, u"10"_s, u"2"_s, u"10"_s}));
        QCOMPARE(source->manifest().columns[1].texts, (QStringList{u"1"_s, u"2"_s, u"10"_s}));
        QCOMPARE(source->manifest().columns[0].shape, (Shape{1, 2, 1}));

        const auto files = store(
            {path(u"in/train-images-idx3-ubyte.gz"_s), path(u"in/train-labels-idx1-ubyte.gz"_s)});
        QVERIFY(files);
        QCOMPARE(files->rows(), 3);
    }

    void idxThatDoesNotFitIsRefused()
    {
        const QString images = path(u"train-images-idx3-ubyte"_s);
        const QString labels = path(u"train-labels-idx1-ubyte.gz"_s);
        writeBytes(images, idx({3, 1, 2}, "abcdef"));
        writeGzip(labels, idx({2}, "\1\2"));
        refuses({images, labels}, u"holds 3 examples, but train-labels-idx1-ubyte.gz holds 2"_s);
        writeGzip(labels, idx({3}, "\1\2"));
        refuses({images, labels}, u"3 examples, but it ends"_s);
        writeGzip(labels, idx({3}, "\1\2\3\4"));
        refuses({images, labels}, u"holds more"_s);
        writeBytes(path(u"t10k-images-idx3-ubyte"_s), idx({1, 1, 2}, "gh"));
        writeGzip(labels, idx({3}, "\1\2\3"));
        refuses({images, labels, path(u"t10k-images-idx3-ubyte"_s)}, u"labels that belongs"_s);
    }

    void joinsSources()
    {
        writeBytes(path(u"1.csv"_s), "a,b\n1,x\n2,y\n");
        writeBytes(path(u"2.csv"_s), "b,a\nz,3\nz,four\n");
        const auto source = store({path(u"1.csv"_s), path(u"2.csv"_s)});
        QVERIFY(source);
        QCOMPARE(source->rows(), 4);
        QCOMPARE(textsOf(*source, u"a"_s), (QStringList{u"1"_s, u"2"_s, u"3"_s, u"four"_s}));
        QCOMPARE(textsOf(*source, u"b"_s), (QStringList{u"x"_s, u"y"_s, u"z"_s, u"z"_s}));
        QVERIFY(manifest().origin.contains(u"1.csv; "_s));
    }

    void refusesToJoinOthers()
    {
        writeBytes(path(u"1.csv"_s), "a,b\n1,x\n2,y\n");
        writeBytes(path(u"2.csv"_s), "a,c\n1,x\n2,y\n");
        refuses({path(u"1.csv"_s), path(u"2.csv"_s)}, u"1.csv has a column “b” that 2.csv"_s);
        writeBytes(path(u"1.npy"_s), npy("'<f4'", "(1, 2)", QByteArray(8, 0)));
        writeBytes(path(u"2.npy"_s), npy("'<f4'", "(1, 3)", QByteArray(12, 0)));
        refuses({path(u"1.npy"_s), path(u"2.npy"_s)}, u"arrays of 2 in 1.npy"_s);
    }

    void limits()
    {
        writeZip(path(u"a.zip"_s), {{u"1.png"_s, greyPng(1, 40, 40)}});
        refuses({path(u"a.zip"_s)}, u"too large (40×40)"_s, {.imagePixels = 1000});
        refuses({path(u"a.zip"_s)}, u"too large"_s, {.entryBytes = 20});
        refuses({path(u"a.zip"_s)}, u"limit of 20 bytes"_s, {.totalBytes = 20});
        writeBytes(path(u"a.csv"_s), "a,b,c\n1,2,3\n1,2,3\n");
        refuses({path(u"a.csv"_s)}, u"3 columns"_s, {.columns = 2});
        refuses({path(u"a.csv"_s)}, u"more than 1 rows"_s, {.rows = 1});
        writeBytes(path(u"a.npy"_s), npy("'<f4'", "(1000000000,)", {}));
        refuses({path(u"a.npy"_s)}, u"limit"_s, {.totalBytes = 1 << 20});
    }

    void aTruncatedZipLeavesNothing()
    {
        writeZip(path(u"a.zip"_s), {{u"a/1.png"_s, greyPng(1)}, {u"b/2.png"_s, greyPng(2)}});
        const QByteArray bytes = bytesOf(path(u"a.zip"_s));
        writeBytes(path(u"a.zip"_s), bytes.left(bytes.size() / 2));
        refuses({path(u"a.zip"_s)}, u"no whole zip"_s);
    }

    /// Bytes of an archive changed at random: it is refused, or what is left of it is imported.
    void noDamageDoesHarm_data()
    {
        QTest::addColumn<quint64>("seed");
        for (quint64 seed = 1; seed <= 60; ++seed)
            QTest::addRow("%d", int(seed)) << seed;
    }
    void noDamageDoesHarm()
    {
        QFETCH(quint64, seed);
        writeZip(path(u"a.zip"_s),
                 {{u"index.csv"_s, "image,array,n\n1.png,1.npy,1\n2.jpg,1.npy,2\n"},
                  {u"1.png"_s, greyPng(1)},
                  {u"2.jpg"_s, encoded(QImage::fromData(greyPng(9, 5, 4)), "jpg")},
                  {u"1.npy"_s, npy("'<i2'", "(2,)", "1234")}},
                 {.method = seed % 2 == 0 ? Z_DEFLATED : 0});
        QByteArray bytes = bytesOf(path(u"a.zip"_s));
        Random random(seed);
        for (quint64 change = 0; change <= random.below(8); ++change)
            bytes[qsizetype(random.below(quint64(bytes.size())))] = char(random.next());
        writeBytes(path(u"a.zip"_s), bytes);
        const auto imported = import({path(u"a.zip"_s)});
        QCOMPARE(leftIn(dataFolder()).size(), imported ? 1 : 0);
        if (imported)
            QVERIFY(imported->manifest.rows > 0);
        else
            QVERIFY(!imported.error().message.isEmpty());
    }

    void cancelling_data()
    {
        QTest::addColumn<int>("afterReports");
        QTest::newRow("before") << 0;
        QTest::newRow("at the first report") << 1;
    }
    void cancelling()
    {
        QFETCH(int, afterReports);
        Entries entries;
        for (int i = 0; i < 500; ++i)
            entries.append({u"%1.png"_s.arg(i), greyPng(i % 200)});
        writeZip(path(u"a.zip"_s), entries);
        std::stop_source source;
        int reports = 0;
        if (afterReports == 0)
            source.request_stop();
        const auto imported = importSources(
            {path(u"a.zip"_s)}, dataFolder(), {},
            [&](const Progress&) {
                if (++reports == afterReports)
                    source.request_stop();
            },
            source.get_token());
        QVERIFY(!imported);
        QCOMPARE(imported.error().code, ErrorCode::Cancelled);
        QCOMPARE(reports, afterReports);
        QCOMPARE(leftIn(dataFolder()), QStringList());
    }

    void progressOnlyGrows()
    {
        QByteArray table = "image,n\n";
        Entries entries;
        for (int i = 0; i < 1000; ++i) {
            entries.append({u"%1.png"_s.arg(i), greyPng(i % 200)});
            table += QByteArray::number(i) + ".png,1\n";
        }
        entries.append({u"index.csv"_s, table});
        writeZip(path(u"a.zip"_s), entries);
        QList<Progress> seen;
        QVERIFY(importSources({path(u"a.zip"_s)}, dataFolder(), {},
                              [&](const Progress& p) { seen.append(p); }));
        QVERIFY(!seen.isEmpty());
        for (qsizetype i = 1; i < seen.size(); ++i) {
            QVERIFY(seen[i].bytes >= seen[i - 1].bytes);
            QVERIFY(seen[i].rows >= seen[i - 1].rows);
        }
        QCOMPARE(seen.last().rows, 1000);
        QCOMPARE(seen.last().bytes, seen.last().totalBytes);
    }

    void theSameContentIsThereAlready()
    {
        writeBytes(path(u"a.csv"_s), "a\n1\n2\n");
        const auto first = import({path(u"a.csv"_s)});
        const auto second = import({path(u"a.csv"_s)});
        QVERIFY(first && second);
        QVERIFY(!first->alreadyThere);
        QVERIFY(second->alreadyThere);
        QCOMPARE(first->folder, second->folder);
        QCOMPARE(leftIn(dataFolder()).size(), 1);
    }

    void sampleClothes()
    {
        const auto source = store({u"sample:clothes"_s});
        QVERIFY(source);
        QCOMPARE(source->rows(), 7000);
        QCOMPARE(source->manifest().columns[0].shape, (Shape{28, 28, 1}));
        QCOMPARE(source->manifest().columns[1].texts.size(), 10);
        QCOMPARE(manifest().origin, u"sample:clothes"_s);
        QCOMPARE(leftIn(dataFolder()).size(), 1);
    }

    void fashionMnist_data()
    {
        QTest::addColumn<QStringList>("files");
        QTest::newRow("zip") << QStringList{u"fashion-mnist.zip"_s};
        QTest::newRow("idx") << QStringList{
            u"train-images-idx3-ubyte.gz"_s, u"train-labels-idx1-ubyte.gz"_s,
            u"t10k-images-idx3-ubyte.gz"_s, u"t10k-labels-idx1-ubyte.gz"_s};
    }
    void fashionMnist()
    {
        QFETCH(QStringList, files);
        const QString folder = qEnvironmentVariable("ESPALIER_FASHION_MNIST");
        if (folder.isEmpty())
            QSKIP("ESPALIER_FASHION_MNIST names no folder with the data");
        for (QString& file : files)
            file.prepend(folder + u'/');
        QElapsedTimer timer;
        timer.start();
        const auto source = store(files);
        const double seconds = double(timer.elapsed()) / 1000;
        QVERIFY(source);
        QCOMPARE(source->rows(), 70'000);
        QCOMPARE(manifest().skipped, 0);
        QCOMPARE(source->manifest().columns[0].shape, (Shape{28, 28, 1}));
        QCOMPARE(source->manifest().columns[0].storage, StorageKind::Tensor);
        QCOMPARE(source->manifest().columns[1].texts.size(), 10);
        qInfo("%.2f s, peak %.0f MB", seconds, double(peakMemoryBytes()) / 1e6);
    }
};

QTEST_GUILESS_MAIN(TestImporter)
#include "tst_importer.moc"
