#include "core/project/migrations/migration.h"
#include "core/project/store/database.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <array>
#include <thread>

using namespace espalier;
using namespace Qt::StringLiterals;

namespace {

std::unique_ptr<Database> freshDatabase(const QTemporaryDir& folder)
{
    auto database = Database::create(folder.filePath(u"project.db"_s));
    return database ? *std::move(database) : nullptr;
}

void writeFile(const QString& path, const QByteArray& content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), qint64(content.size()));
}

Status addColumn(Database& database)
{
    return database.execute(u"ALTER TABLE project ADD COLUMN colour TEXT NOT NULL DEFAULT ''"_s);
}

Status halfAStep(Database& database)
{
    const Status first = database.execute(u"CREATE TABLE half (value INTEGER)"_s);
    return first ? database.execute(u"CREATE TABLE half (value INTEGER)"_s) : first;
}

constexpr std::array<Migration, 0> NoSteps{};

} // namespace

class TestDatabase : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void refusesWhatIsNoDatabase_data();
    void refusesWhatIsNoDatabase();
    void refusesToCreateOverAFile();
    void hasTheSettingsThatTheStoreReliesOn();
    void bindsValues();
    void takesBackAFailedTransaction();
    void readsOneStateInATransaction();
    void letsWritersWaitForEachOther();
    void saysWhenTheDiskIsFull();
    void saysWhenItIsKeptBusy();
    void migratesAnEmptyDatabase();
    void takesOnlyTheMissingSteps();
    void takesBackAFailedStep();
    void refusesANewerFormat();
    void refusesTheDatabaseOfAnotherProgram();
};

void TestDatabase::refusesWhatIsNoDatabase_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("words");
    QTest::newRow("missing") << QByteArray() << ErrorCode::NotFound << u"does not exist"_s;
    QTest::newRow("text") << QByteArray(5000, 'x') << ErrorCode::InvalidInput << u"no database"_s;
    QTest::newRow("header alone") << QByteArray("SQLite format 3\0", 16).append(4080, '\xff')
                                  << ErrorCode::InvalidInput << u"backup"_s;
}

void TestDatabase::refusesWhatIsNoDatabase()
{
    QFETCH(QByteArray, content);
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"project.db"_s);
    if (!content.isEmpty())
        writeFile(path, content);
    const auto database = Database::open(path);
    QVERIFY(!database);
    QTEST(database.error().code, "code");
    QFETCH(QString, words);
    QVERIFY2(database.error().message.contains(words), qPrintable(database.error().message));
    QCOMPARE(QFile::exists(path), !content.isEmpty());
}

void TestDatabase::refusesToCreateOverAFile()
{
    const QTemporaryDir folder;
    writeFile(folder.filePath(u"project.db"_s), "mine");
    const auto database = Database::create(folder.filePath(u"project.db"_s));
    QVERIFY(!database);
    QCOMPARE(database.error().code, ErrorCode::Conflict);
}

void TestDatabase::hasTheSettingsThatTheStoreReliesOn()
{
    const QTemporaryDir folder;
    const auto database = freshDatabase(folder);
    QVERIFY(database);
    QCOMPARE(database->value(u"PRAGMA journal_mode"_s)->toString(), u"wal"_s);
    QCOMPARE(database->value(u"PRAGMA foreign_keys"_s)->toInt(), 1);
    QCOMPARE(database->value(u"PRAGMA synchronous"_s)->toInt(), 2); // FULL
    QCOMPARE(database->value(u"PRAGMA busy_timeout"_s)->toInt(), 10'000);
}

void TestDatabase::bindsValues()
{
    const QTemporaryDir folder;
    const auto database = freshDatabase(folder);
    QVERIFY(
        database->execute(u"CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL, b REAL)"_s));
    const QString nasty = u"Robert'); DROP TABLE t;-- \"🌳\" ?"_s;
    QCOMPARE(*database->insert(u"INSERT INTO t (a, b) VALUES (?, ?)"_s, {nasty, 0.1}), 1);
    QCOMPARE(*database->insert(u"INSERT INTO t (a, b) VALUES (?, ?)"_s, {QString(), QVariant()}),
             2);
    const auto rows = database->query(u"SELECT a, b FROM t ORDER BY id"_s);
    QCOMPARE(rows->size(), 2);
    QCOMPARE(rows->at(0), (Row{nasty, 0.1}));
    QCOMPARE(rows->at(1)[0].toString(), QString());
    QVERIFY(rows->at(1)[1].isNull());
    QVERIFY(!database->value(u"SELECT a FROM t WHERE id = 3"_s)->isValid());
    QVERIFY(!database->query(u"SELECT nothing FROM nowhere"_s));
}

void TestDatabase::takesBackAFailedTransaction()
{
    const QTemporaryDir folder;
    const auto database = freshDatabase(folder);
    QVERIFY(database->execute(u"CREATE TABLE t (a INTEGER PRIMARY KEY)"_s));
    const Status failed = writing(*database, [&]() -> Status {
        (void)database->execute(u"INSERT INTO t VALUES (1)"_s);
        return database->execute(u"INSERT INTO t VALUES (1)"_s);
    });
    QVERIFY(!failed);
    QCOMPARE(failed.error().code, ErrorCode::Conflict);
    QCOMPARE(database->value(u"SELECT count(*) FROM t"_s)->toInt(), 0);
    const Status done =
        writing(*database, [&] { return database->execute(u"INSERT INTO t VALUES (1)"_s); });
    QVERIFY(done);
    QCOMPARE(database->value(u"SELECT count(*) FROM t"_s)->toInt(), 1);
}

void TestDatabase::readsOneStateInATransaction()
{
    const QTemporaryDir folder;
    const auto writer = freshDatabase(folder);
    QVERIFY(writer->execute(u"CREATE TABLE t (a INTEGER)"_s));
    const auto reader = Database::open(writer->file(), Database::Access::Read);
    QVERIFY(reader);
    const Status read = reading(**reader, [&]() -> Status {
        const int before = (*reader)->value(u"SELECT count(*) FROM t"_s)->toInt();
        (void)writer->execute(u"INSERT INTO t VALUES (1)"_s);
        const int after = (*reader)->value(u"SELECT count(*) FROM t"_s)->toInt();
        return before == after ? Status() : failure(ErrorCode::Internal, u"saw a write"_s);
    });
    QVERIFY2(read, qPrintable(read ? QString() : read.error().message));
    QCOMPARE((*reader)->value(u"SELECT count(*) FROM t"_s)->toInt(), 1);
    QVERIFY(!(*reader)->execute(u"INSERT INTO t VALUES (2)"_s));
}

void TestDatabase::letsWritersWaitForEachOther()
{
    const QTemporaryDir folder;
    const auto database = freshDatabase(folder);
    QVERIFY(database->execute(u"CREATE TABLE t (a INTEGER)"_s));
    QVERIFY(database->execute(u"INSERT INTO t VALUES (0)"_s));
    constexpr int Rounds = 25;
    std::array<int, 2> failures{};
    const auto work = [&](int& failed) {
        const auto own = Database::open(database->file());
        for (int round = 0; round < Rounds; ++round) {
            const Status added = writing(**own, [&]() -> Status {
                const int seen = (*own)->value(u"SELECT a FROM t"_s)->toInt();
                return (*own)->execute(u"UPDATE t SET a = ?"_s, {seen + 1});
            });
            failed += added ? 0 : 1;
        }
    };
    std::thread other(work, std::ref(failures[0]));
    work(failures[1]);
    other.join();
    QCOMPARE(failures, (std::array<int, 2>{0, 0}));
    QCOMPARE(database->value(u"SELECT a FROM t"_s)->toInt(), 2 * Rounds);
}

void TestDatabase::saysWhenTheDiskIsFull()
{
    const QTemporaryDir folder;
    const auto database = freshDatabase(folder);
    QVERIFY(database->execute(u"CREATE TABLE t (a TEXT)"_s));
    QVERIFY(database->query(u"PRAGMA max_page_count = 3"_s)); // what a full disk looks like
    const Status full = database->execute(u"INSERT INTO t VALUES (?)"_s, {QString(100'000, u'x')});
    QVERIFY(!full);
    QCOMPARE(full.error().code, ErrorCode::DiskFull);
    QVERIFY(full.error().message.contains(u"disk is full"_s));
    QCOMPARE(database->value(u"SELECT count(*) FROM t"_s)->toInt(), 0);
}

void TestDatabase::saysWhenItIsKeptBusy()
{
    const QTemporaryDir folder;
    const auto database = freshDatabase(folder);
    const auto other = Database::open(database->file());
    QVERIFY(other && (*other)->query(u"PRAGMA busy_timeout = 20"_s));
    Transaction held(*database, Transaction::Kind::Write);
    QVERIFY(held.begin());
    const Status busy = (*other)->execute(u"CREATE TABLE t (a TEXT)"_s);
    QVERIFY(!busy);
    QCOMPARE(busy.error().code, ErrorCode::Conflict);
    QVERIFY(busy.error().message.contains(u"another program"_s));
    QVERIFY(held.commit());
    QVERIFY((*other)->execute(u"CREATE TABLE t (a TEXT)"_s));
}

void TestDatabase::migratesAnEmptyDatabase()
{
    const QTemporaryDir folder;
    const auto database = freshDatabase(folder);
    QVERIFY(migrate(*database));
    QCOMPARE(database->value(u"PRAGMA user_version"_s)->toInt(), migrations().back().version);
    QCOMPARE(database->value(u"PRAGMA application_id"_s)->toInt(), ProjectApplicationId);
    QVERIFY(migrate(*database));
    int expected = 1;
    for (const Migration& step : migrations())
        QCOMPARE(step.version, expected++);
}

void TestDatabase::takesOnlyTheMissingSteps()
{
    const QTemporaryDir folder;
    const auto database = freshDatabase(folder);
    QVERIFY(migrate(*database));
    const Migration next{migrations().back().version + 1, addColumn};
    std::vector<Migration> steps(migrations().begin(), migrations().end());
    steps.push_back(next);
    QVERIFY(migrate(*database, steps));
    QCOMPARE(database->value(u"PRAGMA user_version"_s)->toInt(), next.version);
    QVERIFY(database->query(u"SELECT colour FROM project"_s));
    QVERIFY(migrate(*database, steps)); // a second ALTER TABLE would fail
}

void TestDatabase::takesBackAFailedStep()
{
    const QTemporaryDir folder;
    const auto database = freshDatabase(folder);
    QVERIFY(migrate(*database));
    const int version = migrations().back().version;
    std::vector<Migration> steps(migrations().begin(), migrations().end());
    steps.push_back({version + 1, halfAStep});
    QVERIFY(!migrate(*database, steps));
    QCOMPARE(database->value(u"PRAGMA user_version"_s)->toInt(), version);
    QVERIFY(!database->query(u"SELECT value FROM half"_s));
}

void TestDatabase::refusesANewerFormat()
{
    const QTemporaryDir folder;
    const auto database = freshDatabase(folder);
    QVERIFY(migrate(*database));
    QVERIFY(database->execute(u"PRAGMA user_version = 999"_s));
    const Status refused = migrate(*database);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::Unsupported);
    QVERIFY(refused.error().message.contains(u"newer Espalier"_s));
    QVERIFY(refused.error().message.contains(u"update"_s));
    QVERIFY(!migrate(*database, NoSteps));
}

void TestDatabase::refusesTheDatabaseOfAnotherProgram()
{
    const QTemporaryDir folder;
    const auto database = freshDatabase(folder);
    QVERIFY(database->execute(u"CREATE TABLE recipes (name TEXT)"_s));
    for (const int version : {0, 1}) {
        QVERIFY(database->execute(u"PRAGMA user_version = %1"_s.arg(version)));
        const Status refused = migrate(*database);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::InvalidInput);
    }
    QVERIFY(!database->query(u"SELECT name FROM project"_s));
}

QTEST_GUILESS_MAIN(TestDatabase)
#include "tst_database.moc"
