#include "core/project/store/database.h"

#include "core/base/logging.h"

#include <QDir>
#include <QFileInfo>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QSqlRecord>
#include <QUuid>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

// Primary result codes of SQLite (sqlite.org/rescode.html); the extended ones add higher bits.
constexpr int BusyCode = 5;
constexpr int LockedCode = 6;
constexpr int ReadOnlyCode = 8;
constexpr int DiskErrorCode = 10;
constexpr int CorruptCode = 11;
constexpr int FullCode = 13;
constexpr int CannotOpenCode = 14;
constexpr int ConstraintCode = 19;
constexpr int NotADatabaseCode = 26;

struct CodeSentence {
    int sqlite;
    ErrorCode code;
    const char16_t* sentence; ///< %1 the file
};

constexpr CodeSentence CodeSentences[] = {
    {BusyCode, ErrorCode::Conflict,
     u"%1 has been kept busy by another program for ten seconds: try again when it is done."},
    {LockedCode, ErrorCode::Conflict,
     u"%1 is locked by another program: try again when it is done."},
    {ReadOnlyCode, ErrorCode::Io,
     u"%1 cannot be written: give yourself permission to write it and its folder."},
    {DiskErrorCode, ErrorCode::Io,
     u"%1 could not be read or written, the disk failed: check the disk and the space on it, then "
     "try again."},
    {CorruptCode, ErrorCode::InvalidInput, u"%1 is damaged: restore it from a backup."},
    {FullCode, ErrorCode::DiskFull,
     u"Could not write %1: the disk is full. Free some space and try again."},
    {CannotOpenCode, ErrorCode::Io,
     u"%1 cannot be opened: check that it and its folder may be read and written."},
    {ConstraintCode, ErrorCode::Conflict, u"%1 refuses what contradicts its other content."},
    {NotADatabaseCode, ErrorCode::InvalidInput,
     u"%1 is no database of a project: restore it from a backup."},
};

Error describe(const QSqlError& error, const QString& file)
{
    const QString name = QDir::toNativeSeparators(file);
    const int code = error.nativeErrorCode().toInt() & 0xff;
    for (const CodeSentence& entry : CodeSentences) {
        if (entry.sqlite != code)
            continue;
        logWarning(u"%1: %2"_s.arg(name, error.text()));
        return {entry.code, QString::fromUtf16(entry.sentence).arg(name)};
    }
    return {ErrorCode::Io,
            u"Could not use %1 (%2): try again, and report this if it stays so."_s.arg(
                name, error.text())};
}

Result<QSqlQuery> run(const QString& connection, const QString& file, const QString& sql,
                      const QVariantList& values)
{
    QSqlQuery query(QSqlDatabase::database(connection, false));
    query.setForwardOnly(true);
    if (!query.prepare(sql))
        return tl::unexpected(describe(query.lastError(), file));
    for (const QVariant& value : values) {
        const bool nullText = value.typeId() == QMetaType::QString && value.toString().isNull();
        query.addBindValue(nullText ? QVariant(u""_s) : value);
    }
    if (!query.exec())
        return tl::unexpected(describe(query.lastError(), file));
    return query;
}

} // namespace

Database::Database(const QString& file)
    : m_file(file)
    , m_connection(QUuid::createUuid().toString(QUuid::WithoutBraces))
{
}

Database::~Database()
{
    QSqlDatabase::database(m_connection, false).close();
    QSqlDatabase::removeDatabase(m_connection);
}

Result<std::unique_ptr<Database>> Database::open(const QString& file, Access access)
{
    std::unique_ptr<Database> database(new Database(file));
    if (const Status connected = database->connect(access, false); !connected)
        return failureOf(connected);
    return database;
}

Result<std::unique_ptr<Database>> Database::create(const QString& file)
{
    std::unique_ptr<Database> database(new Database(file));
    if (const Status connected = database->connect(Access::Write, true); !connected)
        return failureOf(connected);
    return database;
}

Status Database::connect(Access access, bool create)
{
    // SQLite would make the missing file, and a mistyped path would become an empty project.
    if (QFileInfo(m_file).isFile() == create)
        return failure(create ? ErrorCode::Conflict : ErrorCode::NotFound,
                       (create ? u"%1 exists already."_s : u"%1 does not exist."_s)
                           .arg(QDir::toNativeSeparators(m_file)));
    QSqlDatabase connection = QSqlDatabase::addDatabase(u"QSQLITE"_s, m_connection);
    connection.setDatabaseName(m_file);
    connection.setConnectOptions(access == Access::Read
                                     ? u"QSQLITE_OPEN_READONLY;QSQLITE_BUSY_TIMEOUT=10000"_s
                                     : u"QSQLITE_BUSY_TIMEOUT=10000"_s);
    if (!connection.open())
        return tl::unexpected(describe(connection.lastError(), m_file));
    return configure(access);
}

Status Database::configure(Access access)
{
    QStringList pragmas{u"PRAGMA foreign_keys = ON"_s};
    if (access == Access::Write)
        pragmas += {u"PRAGMA journal_mode = WAL"_s, u"PRAGMA synchronous = FULL"_s};
    for (const QString& pragma : pragmas)
        if (const Status done = execute(pragma); !done)
            return done;
    return {};
}

Status Database::execute(const QString& sql, const QVariantList& values)
{
    return run(m_connection, m_file, sql, values).map([](const QSqlQuery&) {});
}

Result<qint64> Database::insert(const QString& sql, const QVariantList& values)
{
    return run(m_connection, m_file, sql, values).map([](const QSqlQuery& query) {
        return query.lastInsertId().toLongLong();
    });
}

Result<QList<Row>> Database::query(const QString& sql, const QVariantList& values)
{
    Result<QSqlQuery> query = run(m_connection, m_file, sql, values);
    if (!query)
        return failureOf(query);
    QList<Row> rows;
    const int columns = query->record().count();
    while (query->next()) {
        Row& row = rows.emplaceBack();
        row.reserve(columns);
        for (int column = 0; column < columns; ++column)
            row.append(query->value(column));
    }
    if (query->lastError().isValid())
        return tl::unexpected(describe(query->lastError(), m_file));
    return rows;
}

Result<QVariant> Database::value(const QString& sql, const QVariantList& values)
{
    return query(sql, values).map([](const QList<Row>& rows) {
        return rows.isEmpty() ? QVariant() : rows.first().value(0);
    });
}

Transaction::~Transaction()
{
    if (!m_open)
        return;
    if (const Status undone = m_database.execute(u"ROLLBACK"_s); !undone)
        logError(undone.error().message);
}

Status Transaction::begin()
{
    // SQLite would go on to write into the file that nobody will find again.
    if (m_kind == Kind::Write && !QFileInfo::exists(m_database.file()))
        return failure(ErrorCode::NotFound,
                       u"%1 is gone: put its folder back where it was, then try again."_s.arg(
                           QDir::toNativeSeparators(m_database.file())));
    const Status begun =
        m_database.execute(m_kind == Kind::Write ? u"BEGIN IMMEDIATE"_s : u"BEGIN"_s);
    m_open = begun.has_value();
    return begun;
}

Status Transaction::commit()
{
    const Status committed = m_database.execute(u"COMMIT"_s);
    m_open = m_open && !committed;
    return committed;
}

} // namespace espalier
