#include "core/project/store/dataset_table.h"

#include "core/project/store/database.h"
#include "core/project/store/names.h"
#include "core/project/store/values.h"

#include <QDir>
#include <QFileInfo>
#include <QHash>
#include <QRegularExpression>
#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

/// "NAME@V" in its parts.
struct Reference {
    QString name;
    std::optional<int> version;
};

Reference parseReference(const QString& text)
{
    static const QRegularExpression Pattern(u"^(.*)@([0-9]{1,9})$"_s,
                                            QRegularExpression::DotMatchesEverythingOption);
    const QRegularExpressionMatch match = Pattern.match(text.trimmed());
    if (!match.hasMatch())
        return {text, std::nullopt};
    return {match.captured(1), match.captured(2).toInt()};
}

Result<QString> datasetName(const QString& name)
{
    Result<QString> tidy = tidyName(name, u"dataset"_s);
    if (tidy && parseReference(*tidy).version)
        return failure(ErrorCode::InvalidInput,
                       u"The name '%1' ends like the version of a dataset: leave out the part "
                       "behind the @."_s.arg(*tidy));
    return tidy;
}

Error noSuchDataset(const QString& reference, const QList<DatasetRecord>& existing)
{
    QStringList names;
    for (const DatasetRecord& record : existing)
        names.append(record.reference());
    const QString advice = names.isEmpty() ? u"the project has no dataset yet: import one."_s
                                           : u"there is %1."_s.arg(listOfNames(names));
    return {ErrorCode::NotFound, u"There is no dataset '%1'; %2"_s.arg(reference, advice)};
}

Result<DatasetRecord> fromRow(const Row& row, const QString& dataFolder)
{
    return objectFromText(row[6].toString())
        .and_then(&DatasetSettings::fromJson)
        .map([&](DatasetSettings settings) {
            DatasetRecord record;
            record.id = DatasetId(row[0].toLongLong());
            record.name = row[1].toString();
            record.version = row[2].toInt();
            record.saved = row[3].toBool();
            record.sourceFolder = dataFolder + u'/' + row[4].toString();
            record.rows = row[5].toLongLong();
            record.settings = std::move(settings);
            record.created = timeFromText(row[7].toString());
            return record;
        });
}

} // namespace

Result<QList<DatasetRecord>> DatasetTable::select(const QString& condition,
                                                  const QVariantList& values) const
{
    const Result<QList<Row>> rows = m_database.query(
        u"SELECT id, name, version, saved, source, row_count, settings, created"
        " FROM dataset_version WHERE %1 ORDER BY name_key, version"_s.arg(condition),
        values);
    if (!rows)
        return failureOf(rows);
    const Result<QList<Row>> users =
        m_database.query(u"SELECT dataset, name FROM experiment WHERE dataset IN"
                         " (SELECT id FROM dataset_version WHERE %1) ORDER BY id"_s.arg(condition),
                         values);
    if (!users)
        return failureOf(users);
    QHash<qint64, QStringList> usedBy;
    for (const Row& user : *users)
        usedBy[user[0].toLongLong()].append(user[1].toString());
    QList<DatasetRecord> records;
    for (const Row& row : *rows) {
        Result<DatasetRecord> record = fromRow(row, m_folder.data());
        if (!record)
            return failureOf(record);
        record->usedBy = usedBy.value(record->id.value());
        records.append(*std::move(record));
    }
    return records;
}

Result<DatasetRecord> DatasetTable::selectOne(DatasetId id) const
{
    return select(u"id = ?"_s, {id.value()})
        .and_then([](const QList<DatasetRecord>& records) -> Result<DatasetRecord> {
            if (records.isEmpty())
                return failure(ErrorCode::NotFound,
                               u"The dataset version is gone: it was deleted."_s);
            return records.first();
        });
}

Result<DatasetRecord> DatasetTable::selectEditable(DatasetId id) const
{
    return selectOne(id).and_then([](const DatasetRecord& record) -> Result<DatasetRecord> {
        if (record.saved)
            return failure(ErrorCode::Conflict,
                           u"%1 is saved and never changes: duplicate it and change the "
                           "duplicate."_s.arg(record.reference()));
        return record;
    });
}

Result<qint64> DatasetTable::insert(const DatasetRecord& record)
{
    return m_database.insert(
        u"INSERT INTO dataset_version"
        " (name, name_key, version, saved, source, row_count, settings, created)"
        " VALUES (?, ?, ?, 0, ?, ?, ?, ?)"_s,
        {record.name, nameKey(record.name), record.version,
         QFileInfo(record.sourceFolder).fileName(), record.rows, toText(record.settings.toJson()),
         toText(QDateTime::currentDateTimeUtc())});
}

/// `own`: the name of the dataset that is asking; it may be spelled anew.
Status DatasetTable::requireFreeName(const QString& name, const QString& own) const
{
    const Result<QVariant> taken =
        m_database.value(u"SELECT name FROM dataset_version WHERE name_key = ? AND name_key <> ?"_s,
                         {nameKey(name), nameKey(own)});
    if (!taken)
        return failureOf(taken);
    return taken->isValid()
               ? failure(ErrorCode::Conflict,
                         u"There is a dataset named '%1' already: choose another name."_s.arg(
                             taken->toString()))
               : Status();
}

Result<DatasetRecord> DatasetTable::add(const QString& name, const ImportedSource& source)
{
    const Result<QString> tidy = datasetName(name);
    if (!tidy)
        return failureOf(tidy);
    DatasetRecord record;
    record.name = *tidy;
    record.sourceFolder = QDir::cleanPath(QFileInfo(source.folder).absoluteFilePath());
    record.rows = source.manifest.rows;
    record.settings = defaultSettings(source.manifest);
    return writing(m_database, [&]() -> Result<DatasetRecord> {
        // Within the transaction, since a sweep takes away what no version refers to.
        if (QFileInfo(record.sourceFolder).path() != m_folder.data() ||
            !QFileInfo(record.sourceFolder).isDir())
            return failure(
                ErrorCode::NotFound,
                u"The imported data of '%1' is not in the project: import it again."_s.arg(*tidy));
        if (const Status free = requireFreeName(*tidy, {}); !free)
            return failureOf(free);
        return insert(record).and_then([&](qint64 id) { return selectOne(DatasetId(id)); });
    });
}

Result<QList<DatasetRecord>> DatasetTable::all() const
{
    return reading(m_database, [&] { return select(u"1"_s, {}); });
}

Result<DatasetRecord> DatasetTable::find(DatasetId id) const
{
    return reading(m_database, [&] { return selectOne(id); });
}

Result<DatasetRecord> DatasetTable::find(const QString& reference) const
{
    return all().and_then([&](const QList<DatasetRecord>& records) -> Result<DatasetRecord> {
        const Reference wanted = parseReference(reference);
        const QString key = nameKey(wanted.name);
        // Ordered by version: the last match is the newest.
        const auto match =
            std::find_if(records.rbegin(), records.rend(), [&](const DatasetRecord& record) {
                return nameKey(record.name) == key &&
                       wanted.version.value_or(record.version) == record.version;
            });
        if (match == records.rend())
            return tl::unexpected(noSuchDataset(reference, records));
        return *match;
    });
}

Status DatasetTable::update(DatasetId id, const DatasetSettings& settings)
{
    return writing(m_database, [&]() -> Status {
        return selectEditable(id).and_then([&](const DatasetRecord&) {
            return m_database.execute(u"UPDATE dataset_version SET settings = ? WHERE id = ?"_s,
                                      {toText(settings.toJson()), id.value()});
        });
    });
}

Status DatasetTable::save(const DatasetRecord& seen, const DatasetSettings& frozen)
{
    return writing(m_database, [&]() -> Status {
        return selectEditable(seen.id).and_then([&](const DatasetRecord& record) -> Status {
            if (record.settings != seen.settings)
                return failure(ErrorCode::Conflict,
                               u"%1 was changed while it was being saved: look at it and save "
                               "again."_s.arg(record.reference()));
            return m_database.execute(
                u"UPDATE dataset_version SET saved = 1, settings = ? WHERE id = ?"_s,
                {toText(frozen.toJson()), seen.id.value()});
        });
    });
}

Result<DatasetId> DatasetTable::duplicate(DatasetId id)
{
    return writing(m_database, [&]() -> Result<DatasetId> {
        Result<DatasetRecord> record = selectOne(id);
        if (!record)
            return failureOf(record);
        const Result<QVariant> newest =
            m_database.value(u"SELECT max(version) FROM dataset_version WHERE name_key = ?"_s,
                             {nameKey(record->name)});
        if (!newest)
            return failureOf(newest);
        record->version = newest->toInt() + 1;
        record->settings.frozenStatistics.clear();
        return insert(*record).map([](qint64 added) { return DatasetId(added); });
    });
}

Status DatasetTable::rename(DatasetId id, const QString& name)
{
    const Result<QString> tidy = datasetName(name);
    if (!tidy)
        return failureOf(tidy);
    return writing(m_database, [&]() -> Status {
        const Result<DatasetRecord> record = selectOne(id);
        if (!record)
            return failureOf(record);
        return requireFreeName(*tidy, record->name).and_then([&] {
            return m_database.execute(
                u"UPDATE dataset_version SET name = ?, name_key = ? WHERE name_key = ?"_s,
                {*tidy, nameKey(*tidy), nameKey(record->name)});
        });
    });
}

Status DatasetTable::remove(DatasetId id)
{
    return writing(m_database, [&]() -> Status {
        return selectOne(id).and_then([&](const DatasetRecord& record) -> Status {
            if (!record.usedBy.isEmpty())
                return failure(ErrorCode::Conflict,
                               u"%1 is used by %2: delete the experiments first."_s.arg(
                                   record.reference(), listOfNames(record.usedBy)));
            return m_database.execute(u"DELETE FROM dataset_version WHERE id = ?"_s, {id.value()});
        });
    });
}

} // namespace espalier
