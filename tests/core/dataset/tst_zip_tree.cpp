#include "core/dataset/import/files/zip_tree.h"

#include "tests/core/dataset/import_fixtures.h"

#include <QTemporaryDir>
#include <QTest>

using namespace espalier;
using namespace espalier::fixtures;
using namespace Qt::StringLiterals;

namespace {

Result<std::unique_ptr<ZipTree>> openZip(const QString& path, const ImportLimits& limits = {})
{
    return ZipTree::open(path, limits, {});
}

QByteArray readAll(FileTree& tree, int entry)
{
    const auto device = tree.open(entry);
    return device ? (*device)->readAll() : QByteArray("!");
}

quint32 little32(const QByteArray& bytes, qsizetype offset)
{
    return qFromLittleEndian<quint32>(bytes.constData() + offset);
}

constexpr QByteArrayView DirectoryHeader("PK\1\2");
constexpr QByteArrayView DirectoryEnd("PK\5\6");

} // namespace

class TestZipTree final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_zip = m_folder->filePath(u"a.zip"_s);
    }

    void leavesOutUnsafePaths_data()
    {
        QTest::addColumn<QString>("path");
        QTest::newRow("parent") << u"../evil.png"_s;
        QTest::newRow("parent inside") << u"a/../../evil.png"_s;
        QTest::newRow("absolute") << u"/etc/passwd"_s;
        QTest::newRow("drive") << u"C:/evil.png"_s;
        QTest::newRow("backslash") << u"..\\evil.png"_s;
    }
    void leavesOutUnsafePaths()
    {
        QFETCH(QString, path);
        writeZip(m_zip, {{u"good.txt"_s, "good"}, {path, "evil"}});
        const auto tree = openZip(m_zip);
        QVERIFY(tree);
        QCOMPARE((*tree)->entries().size(), 1u);
        QCOMPARE((*tree)->problems().size(), 1);
        QVERIFY((*tree)->problems()[0].reason.contains(u"leaves the archive"_s));
        QCOMPARE(leftIn(m_folder->path()), QStringList{u"a.zip"_s});
    }

    void ignoresClutterSilently()
    {
        writeZip(m_zip, {{u"__MACOSX/._x.png"_s, "x"},
                         {u".DS_Store"_s, "x"},
                         {u"a/.hidden/x"_s, "x"},
                         {u"a/Thumbs.db"_s, "x"},
                         {u"a/"_s, ""},
                         {u"./a/x"_s, "x"}});
        const auto tree = openZip(m_zip);
        QVERIFY(tree);
        QCOMPARE((*tree)->entries().size(), 1u);
        QCOMPARE((*tree)->find("a/x"), 0);
        QVERIFY((*tree)->problems().isEmpty());
    }

    void leavesOutLinks()
    {
        writeZip(m_zip, {{u"link.png"_s, "/etc/passwd"}}, {.unixMode = 0120777});
        const auto tree = openZip(m_zip);
        QVERIFY(tree);
        QVERIFY((*tree)->entries().empty());
        QVERIFY((*tree)->problems()[0].reason.contains(u"symbolic link"_s));
    }

    void leavesOutEncrypted()
    {
        writeZip(m_zip, {{u"a.png"_s, "secret"}}, {.password = "p"});
        const auto tree = openZip(m_zip);
        QVERIFY(tree);
        QVERIFY((*tree)->entries().empty());
        QVERIFY((*tree)->problems()[0].reason.contains(u"encrypted"_s));
    }

    void leavesOutTheSecondOfTwo()
    {
        writeZip(m_zip, {{u"a"_s, "first"}, {u"./a"_s, "second"}});
        const auto tree = openZip(m_zip);
        QVERIFY(tree);
        QCOMPARE((*tree)->entries().size(), 1u);
        QCOMPARE((*tree)->read(0).value_or(QByteArray()), QByteArray("first"));
        QVERIFY((*tree)->problems()[0].reason.contains(u"twice"_s));
    }

    void refusesWhatIsNoWholeZip_data()
    {
        QTest::addColumn<int>("kept"); // percent
        for (int percent : {1, 30, 60, 90, 99})
            QTest::addRow("%d %%", percent) << percent;
    }
    void refusesWhatIsNoWholeZip()
    {
        QFETCH(int, kept);
        Entries entries;
        for (int i = 0; i < 20; ++i)
            entries.append({u"file %1"_s.arg(i), QByteArray(100, char(i))});
        writeZip(m_zip, entries);
        const QByteArray bytes = bytesOf(m_zip);
        writeBytes(m_zip, bytes.left(bytes.size() * kept / 100));
        const auto tree = openZip(m_zip);
        QVERIFY(!tree);
        QCOMPARE(tree.error().code, ErrorCode::InvalidInput);
        QVERIFY(tree.error().message.contains(u"a.zip"_s));
    }

    void refusesABrokenDirectory_data()
    {
        QTest::addColumn<int>("number"); // of entries, as the directory's end claims
        QTest::addColumn<bool>("breaksHeader");
        QTest::newRow("header") << 3 << true;
        QTest::newRow("claims more") << 9 << false;
        QTest::newRow("claims fewer") << 2 << false;
    }
    void refusesABrokenDirectory()
    {
        QFETCH(int, number);
        QFETCH(bool, breaksHeader);
        writeZip(m_zip, {{u"a"_s, "1"}, {u"b"_s, "2"}, {u"c"_s, "3"}});
        QByteArray bytes = bytesOf(m_zip);
        const qsizetype end = bytes.lastIndexOf(DirectoryEnd);
        bytes[end + 8] = char(number);
        bytes[end + 10] = char(number);
        if (breaksHeader)
            bytes[bytes.lastIndexOf(DirectoryHeader)] = 'X';
        writeBytes(m_zip, bytes);
        const auto tree = openZip(m_zip);
        QVERIFY(!tree);
        QVERIFY2(tree.error().message.contains(u"damaged"_s), qPrintable(tree.error().message));
    }

    void findsDamage_data()
    {
        QTest::addColumn<int>("method");
        QTest::newRow("stored") << 0;
        QTest::newRow("deflated") << int(Z_DEFLATED);
    }
    void findsDamage()
    {
        QFETCH(int, method);
        const QByteArray content = QByteArray("0123456789").repeated(20);
        writeZip(m_zip, {{u"a"_s, content}, {u"b"_s, "fine"}}, {.method = method});
        QByteArray bytes = bytesOf(m_zip);
        bytes[36] = char(bytes[36] ^ 0x5a);
        writeBytes(m_zip, bytes);
        const auto tree = openZip(m_zip);
        QVERIFY(tree);
        const auto damaged = (*tree)->read(0);
        QVERIFY(!damaged);
        QCOMPARE(damaged.error().code, ErrorCode::InvalidInput);
        QCOMPARE((*tree)->read(1).value_or(QByteArray()), QByteArray("fine"));
        const auto device = (*tree)->open(0);
        QVERIFY(device);
        QByteArray buffer(1000, 0);
        qint64 count = 1;
        while (count > 0)
            count = (*device)->read(buffer.data(), buffer.size());
        QCOMPARE(count, -1);
    }

    void aLieAboutTheSizeIsDamage_data()
    {
        QTest::addColumn<quint32>("claimed");
        QTest::newRow("more") << 900'000'000u;
        QTest::newRow("less") << 10u;
    }
    void aLieAboutTheSizeIsDamage()
    {
        QFETCH(quint32, claimed);
        writeZip(m_zip, {{u"a"_s, QByteArray(5000, 'x')}});
        QByteArray bytes = bytesOf(m_zip);
        const qsizetype header = bytes.indexOf(DirectoryHeader);
        QCOMPARE(little32(bytes, header + 24), 5000u);
        qToLittleEndian(claimed, bytes.data() + header + 24);
        qToLittleEndian(claimed, bytes.data() + 22);
        writeBytes(m_zip, bytes);
        const auto tree = openZip(m_zip);
        QVERIFY(tree);
        QVERIFY(!(*tree)->read(0));
    }

    void limitsABomb()
    {
        const QByteArray zeros(4 << 20, '\0');
        writeZip(m_zip, {{u"a"_s, zeros}, {u"b"_s, zeros}});
        QVERIFY(QFileInfo(m_zip).size() < 20'000);
        const auto perEntry = openZip(m_zip, {.entryBytes = 1 << 20});
        QVERIFY(perEntry);
        const auto large = (*perEntry)->read(0);
        QVERIFY(!large);
        QVERIFY(large.error().message.contains(u"too large"_s));
        QVERIFY(readAll(**perEntry, 0).size() <= 1 << 20);

        const auto inAll = openZip(m_zip, {.totalBytes = 6 << 20});
        QVERIFY(inAll);
        QVERIFY((*inAll)->read(0));
        const auto second = (*inAll)->read(1);
        QVERIFY(!second);
        QCOMPARE(second.error().code, ErrorCode::Unsupported);
    }

    void devicesStayValidWhileOthersAreRead()
    {
        const QByteArray table = QByteArray("line of a table\n").repeated(20'000);
        writeZip(m_zip, {{u"t"_s, table}, {u"x"_s, "x"}, {u"y"_s, "y"}});
        const auto tree = openZip(m_zip);
        QVERIFY(tree);
        const auto device = (*tree)->open(0);
        QVERIFY(device);
        QByteArray read;
        while (read.size() < table.size()) {
            read += (*device)->read(50'000);
            QCOMPARE((*tree)->read(2).value_or(QByteArray()), QByteArray("y"));
        }
        QCOMPARE(read, table);
        QCOMPARE((*device)->read(1), QByteArray());
    }

    void readsMoreThan65535Entries()
    {
        QuaZip zip(m_zip);
        zip.setZip64Enabled(true);
        QVERIFY(zip.open(QuaZip::mdCreate));
        for (int i = 0; i < 66'000; ++i) {
            QuaZipFile file(&zip);
            QVERIFY(
                file.open(QIODevice::WriteOnly, QuaZipNewInfo(QString::number(i)), nullptr, 0, 0));
            file.write("x");
            file.close();
        }
        zip.close();
        const auto tree = openZip(m_zip);
        QVERIFY2(tree, tree ? "" : qPrintable(tree.error().message));
        QCOMPARE((*tree)->entries().size(), 66'000u);
        QCOMPARE((*tree)->read((*tree)->find("65999")).value_or(QByteArray()), QByteArray("x"));
    }

    void refusesAnEmptyArchive()
    {
        writeBytes(m_zip, DirectoryEnd.toByteArray() + QByteArray(18, '\0'));
        const auto tree = openZip(m_zip);
        QVERIFY(!tree);
        QVERIFY(tree.error().message.contains(u"is empty"_s));
    }

    void stopsWhenAsked()
    {
        writeZip(m_zip, {{u"a"_s, "1"}});
        std::stop_source source;
        source.request_stop();
        const auto tree = ZipTree::open(m_zip, {}, source.get_token());
        QVERIFY(!tree);
        QCOMPARE(tree.error().code, ErrorCode::Cancelled);
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_zip;
};

QTEST_GUILESS_MAIN(TestZipTree)
#include "tst_zip_tree.moc"
