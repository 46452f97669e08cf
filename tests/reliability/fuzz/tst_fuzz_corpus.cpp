#include "tests/reliability/fuzz/fuzz_targets.h"

#include <QDir>
#include <QFile>
#include <QtTest>

using namespace espalier::fuzz;
using namespace Qt::StringLiterals;

/// Every input that fuzzing started from or stumbled over, once more: what was mended stays mended.
class TestFuzzCorpus : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyTargetHasACorpus();
    void keepsItsPromises_data();
    void keepsItsPromises();
};

void TestFuzzCorpus::everyTargetHasACorpus()
{
    QStringList names;
    for (const FuzzTarget& target : fuzzTargets())
        names.append(QString::fromLatin1(target.name));
    names.sort();
    QCOMPARE(
        QDir(u"" ESPALIER_CORPUS ""_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name),
        names);
    QCOMPARE(fuzzTarget(u"nothing"_s), nullptr);
}

void TestFuzzCorpus::keepsItsPromises_data()
{
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("file");
    for (const FuzzTarget& target : fuzzTargets()) {
        const QDir corpus(u"" ESPALIER_CORPUS "/"_s + QString::fromLatin1(target.name));
        const QStringList files = corpus.entryList(QDir::Files, QDir::Name);
        QVERIFY2(!files.isEmpty(), target.name);
        for (const QString& file : files)
            QTest::addRow("%s/%s", target.name, qUtf8Printable(file))
                << QString::fromLatin1(target.name) << corpus.filePath(file);
    }
}

void TestFuzzCorpus::keepsItsPromises()
{
    QFETCH(QString, target);
    QFETCH(QString, file);
    QFile input(file);
    QVERIFY(input.open(QIODevice::ReadOnly));
    fuzzTarget(target)->run(input.readAll()); // ends the program where a promise is broken
}

QTEST_GUILESS_MAIN(TestFuzzCorpus)
#include "tst_fuzz_corpus.moc"
