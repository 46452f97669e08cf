#pragma once

#include "core/base/result.h"

#include <QList>
#include <QString>
#include <QVariant>
#include <memory>

namespace espalier {

/// The values of one row, in the order of the SELECT.
using Row = QVariantList;

/// One connection to an SQLite file with the settings that all of the program relies on: WAL,
/// foreign keys, every commit flushed to the disk, ten seconds of patience while another
/// connection writes. Use from the thread that opened it.
class Database final {
public:
    enum class Access { Read, Write };

    /// The file must exist. Errors: it is no database, is damaged, cannot be
    /// written.
    [[nodiscard]] static Result<std::unique_ptr<Database>> open(const QString& file,
                                                                Access access = Access::Write);
    /// Makes an empty database where no file is.
    [[nodiscard]] static Result<std::unique_ptr<Database>> create(const QString& file);
    ~Database();

    [[nodiscard]] QString file() const { return m_file; }

    /// Runs one statement; every `?` takes the next of `values`, a null text as an empty one.
    [[nodiscard]] Status execute(const QString& sql, const QVariantList& values = {});
    /// Id of the row that an INSERT made.
    [[nodiscard]] Result<qint64> insert(const QString& sql, const QVariantList& values);
    [[nodiscard]] Result<QList<Row>> query(const QString& sql, const QVariantList& values = {});
    /// First value of the first row; invalid when there is no row.
    [[nodiscard]] Result<QVariant> value(const QString& sql, const QVariantList& values = {});

    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

private:
    explicit Database(const QString& file);
    [[nodiscard]] Status connect(Access access, bool create);
    [[nodiscard]] Status configure(Access access);

    QString m_file;
    QString m_connection; ///< unique, so that any number may be open
};

/// Takes effect as a whole with commit(), or not at all.
class Transaction final {
public:
    enum class Kind {
        Read, ///< all queries see the same state
        Write ///< waits until no other connection writes
    };

    Transaction(Database& database, Kind kind)
        : m_database(database)
        , m_kind(kind)
    {
    }
    ~Transaction();

    [[nodiscard]] Status begin();
    [[nodiscard]] Status commit();

    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

private:
    Database& m_database;
    Kind m_kind;
    bool m_open = false;
};

/// Runs `body`, which gives a Result, in a transaction that its failure takes back.
template <typename Body>
auto inTransaction(Database& database, Transaction::Kind kind, Body&& body) -> decltype(body())
{
    Transaction transaction(database, kind);
    if (const Status begun = transaction.begin(); !begun)
        return failureOf(begun);
    auto result = body();
    if (!result)
        return result;
    if (const Status committed = transaction.commit(); !committed)
        return failureOf(committed);
    return result;
}

template <typename Body>
auto reading(Database& database, Body&& body) -> decltype(body())
{
    return inTransaction(database, Transaction::Kind::Read, std::forward<Body>(body));
}

template <typename Body>
auto writing(Database& database, Body&& body) -> decltype(body())
{
    return inTransaction(database, Transaction::Kind::Write, std::forward<Body>(body));
}

} // namespace espalier
