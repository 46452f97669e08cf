#include "tests/core/dataset/import_fixtures.h"

#include <QTest>
#include <cmath>

using namespace espalier;
using namespace espalier::fixtures;
using namespace Qt::StringLiterals;

/// Tables as text, and arrays of numbers.
class TestTableImport final : public QObject, private ImportBench {
    Q_OBJECT

private Q_SLOTS:
    void init() { startOver(); }

    void csvColumns_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QStringList>("cells");
        QTest::addColumn<Encoding>("detected");
        QTest::addColumn<StorageKind>("storage");
        const auto tensor = StorageKind::Tensor;
        const auto texts = StorageKind::Dictionary;
        QStringList mostlyNumbers;
        QStringList manyWords;
        for (int i = 0; i < 100; ++i) {
            mostlyNumbers.append(i % 50 == 7 ? u"oops"_s : QString::number(i));
            manyWords.append(u"word %1"_s.arg(i));
        }
        QStringList halfNumbers = mostlyNumbers.mid(0, 50) + manyWords.mid(0, 20);
        QTest::newRow("numbers") << u"x"_s << QStringList{u"1"_s, u"2.5"_s, u"+3e2"_s, u"NA"_s}
                                 << Encoding::Numeric << tensor;
        QTest::newRow("mostly numbers") << u"x"_s << mostlyNumbers << Encoding::Numeric << tensor;
        QTest::newRow("mixed") << u"x"_s << halfNumbers << Encoding::Text << texts;
        QTest::newRow("two numbers")
            << u"x"_s << QStringList{u"0"_s, u"1"_s, u"1"_s} << Encoding::Binary << tensor;
        QTest::newRow("two words")
            << u"x"_s << QStringList{u"yes"_s, u"no"_s, u"no"_s} << Encoding::Binary << texts;
        QTest::newRow("few words") << u"x"_s << QStringList{u"a"_s, u"none"_s, u"c"_s, u"a"_s}
                                   << Encoding::Categorical << texts;
        QTest::newRow("many words") << u"x"_s << manyWords << Encoding::Text << texts;
        QTest::newRow("labels") << u"Label"_s
                                << QStringList{u"7"_s, u"10"_s, u"7"_s, u"2"_s, u"2"_s, u"10"_s}
                                << Encoding::Categorical << texts;
        QTest::newRow("not finite")
            << u"x"_s << QStringList{u"inf"_s, u"1e999"_s, u"inf"_s} << Encoding::Binary << texts;
    }
    void csvColumns()
    {
        QFETCH(QString, name);
        QFETCH(QStringList, cells);
        writeBytes(path(u"a.csv"_s),
                   (u"id,"_s + name + u"\nr,"_s + cells.join(u"\nr,"_s)).toUtf8());
        const auto source = store({path(u"a.csv"_s)});
        QVERIFY(source);
        QCOMPARE(source->rows(), cells.size());
        QTEST(source->manifest().columns[1].detected, "detected");
        QTEST(source->manifest().columns[1].storage, "storage");
        if (name == u"Label")
            QCOMPARE(source->manifest().columns[1].texts, (QStringList{u"2"_s, u"7"_s, u"10"_s}));
    }

    void aWordAmongNumbersIsMissingAndListed()
    {
        writeBytes(path(u"a.csv"_s),
                   "x\n" + QByteArray("1\n2\n3\n").repeated(20) + "n/a\nmany\n4\n");
        const auto source = store({path(u"a.csv"_s)});
        QVERIFY(source);
        QCOMPARE(source->rows(), 63);
        QVERIFY(std::isnan(numbersOf(*source, u"x"_s)[60]));
        QVERIFY(std::isnan(numbersOf(*source, u"x"_s)[61]));
        QCOMPARE(numbersOf(*source, u"x"_s)[62], 4.0);
        QCOMPARE(problemTexts(manifest()),
                 u"a.csv@62: “many” in column “x” is no number: taken as missing"_s);
        QCOMPARE(manifest().skipped, 0);
    }

    void csvNames()
    {
        writeBytes(path(u"a.csv"_s), "x,x,,y,\n1,2,3,4,\n1,2,3,4,\n");
        const auto source = store({path(u"a.csv"_s)});
        QVERIFY(source);
        QStringList names;
        for (const ColumnSchema& column : source->manifest().columns)
            names.append(column.name);
        QCOMPARE(names, (QStringList{u"x"_s, u"x 2"_s, u"column 3"_s, u"y"_s}));
        QVERIFY(problemTexts(manifest()).contains(u"“x” appears twice"_s));
    }

    void csvWithoutNames()
    {
        writeBytes(path(u"a.csv"_s), "1;2,5\n3;4\n5;6\n");
        const auto source = store({path(u"a.csv"_s)});
        QVERIFY(source);
        QCOMPARE(numbersOf(*source, u"column 2"_s), (QList<double>{2.5, 4, 6}));
        QVERIFY(problemTexts(manifest()).contains(u"first line"_s));
    }

    void aTableWithoutItsFilesSaysSo()
    {
        writeBytes(path(u"a.csv"_s), "image,n\na/1.png,1\na/2.png,2\n");
        const auto source = store({path(u"a.csv"_s)});
        QVERIFY(source);
        QCOMPARE(source->manifest().columns[0].detected, Encoding::Text);
        QVERIFY(problemTexts(manifest()).contains(u"not beside the table"_s));
    }

    /// Names are missing, and what rows have cannot be used.
    void aTableWithoutColumnsIsRefused()
    {
        writeBytes(path(u"a.csv"_s), "\t\t\na\n1\t2\n");
        const auto imported = import({path(u"a.csv"_s)});
        QVERIFY(!imported);
        QCOMPARE(imported.error().code, ErrorCode::InvalidInput);
        QVERIFY(imported.error().message.contains(u"no column"_s));
    }

    void manyColumns()
    {
        QByteArrayList names;
        QByteArrayList cells;
        for (int i = 0; i < 3000; ++i) {
            names.append("c" + QByteArray::number(i));
            cells.append(QByteArray::number(i));
        }
        writeBytes(path(u"a.csv"_s),
                   names.join(',') + '\n' + cells.join(',') + '\n' + cells.join(',') + '\n');
        const auto source = store({path(u"a.csv"_s)});
        QVERIFY(source);
        QCOMPARE(source->manifest().columns.size(), 3000);
        QCOMPARE(numbersOf(*source, u"c2999"_s), (QList<double>{2999, 2999}));
    }

    void arraysOfACsv()
    {
        const auto vector = [](float a, float b) {
            return npy("'<f4'", "(2,)", numberBytes<float>({a, b}));
        };
        writeZip(path(u"a.zip"_s),
                 {{u"index.csv"_s, "vector\n1.npy\n2.npy\n3.npy\n4.npy\n5.npy\n"},
                  {u"1.npy"_s, vector(1, 2)},
                  {u"2.npy"_s, npy("'<f4'", "(3,)", numberBytes<float>({1, 2, 3}))},
                  {u"3.npy"_s, npy("'<i2'", "(2,)", numberBytes<qint16>({-3, 4}))},
                  {u"4.npy"_s, "nonsense"},
                  {u"5.npy"_s, vector(5, 6)}});
        const auto source = store({path(u"a.zip"_s)});
        QVERIFY(source);
        QCOMPARE(source->manifest().columns[0].shape, Shape{2});
        QCOMPARE(source->manifest().columns[0].element, ElementType::Float32);
        QCOMPARE(bytesOfColumn(*source, u"vector"_s), numberBytes<float>({1, 2, -3, 4, 5, 6}));
        QCOMPARE(problemTexts(manifest()), u"2.npy@2: its shape is 3, that of the first file is 2\n"
                                           "4.npy@4: it is no npy file"_s);
    }

    void npyAlone_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("column");
        QTest::addColumn<Shape>("shape");
        QTest::addColumn<Encoding>("detected");
        QTest::newRow("images") << npy("'|u1'", "(2, 3, 2)", QByteArray(12, 'x')) << u"image"_s
                                << Shape{3, 2, 1} << Encoding::Image;
        QTest::newRow("vectors") << npy("'<f8'", "(2, 3)", QByteArray(48, 0)) << u"values"_s
                                 << Shape{3} << Encoding::Numeric;
        QTest::newRow("numbers") << npy("'<f8'", "(2,)", QByteArray(16, 0)) << u"value"_s
                                 << Shape{1} << Encoding::Numeric;
        QTest::newRow("counts") << npy("'<i2'", "(2,)", numberBytes<qint16>({1, 2})) << u"value"_s
                                << Shape{1} << Encoding::Numeric;
        QTest::newRow("classes") << npy("'<i8'", "(4,)", numberBytes<qint64>({3, 10, 3, 10}))
                                 << u"category"_s << Shape() << Encoding::Categorical;
    }
    void npyAlone()
    {
        QFETCH(QByteArray, bytes);
        writeBytes(path(u"a.npy"_s), bytes);
        const auto source = store({path(u"a.npy"_s)});
        QVERIFY(source);
        const ColumnSchema& schema = source->manifest().columns[0];
        QTEST(schema.name, "column");
        QTEST(schema.detected, "detected");
        QFETCH(Shape, shape);
        if (!shape.isEmpty())
            QCOMPARE(schema.shape, shape);
        else
            QCOMPARE(schema.texts, (QStringList{u"3"_s, u"10"_s}));
    }

    void npzIsColumns()
    {
        writeZip(path(u"a.npz"_s), {{u"x.npy"_s, npy("'<f4'", "(2, 2)", QByteArray(16, 0))},
                                    {u"y.npy"_s, npy("'<f8'", "(2,)", QByteArray(16, 0))}});
        const auto source = store({path(u"a.npz"_s)});
        QVERIFY(source);
        QCOMPARE(source->columnIndex(u"y"_s), 1);
        writeZip(path(u"b.npz"_s), {{u"x.npy"_s, npy("'<f4'", "(2,)", QByteArray(8, 0))},
                                    {u"y.npy"_s, npy("'<f4'", "(3,)", QByteArray(12, 0))}});
        const auto imported = import({path(u"b.npz"_s)});
        QVERIFY(!imported);
        QVERIFY2(imported.error().message.contains(u"2 examples, but y.npy holds 3"_s),
                 qPrintable(imported.error().message));
    }
};

QTEST_GUILESS_MAIN(TestTableImport)
#include "tst_table_import.moc"
