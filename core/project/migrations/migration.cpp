#include "core/project/migrations/migration.h"

#include "core/project/migrations/steps.h"
#include "core/project/store/database.h"

#include <QDir>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

Result<int> pragma(Database& database, const QString& name)
{
    return database.value(u"PRAGMA "_s + name).map([](const QVariant& value) {
        return value.toInt();
    });
}

Status requireKnown(Database& database, int version, int newest)
{
    const QString file = QDir::toNativeSeparators(database.file());
    if (version > newest)
        return failure(ErrorCode::Unsupported,
                       u"%1 was made by a newer Espalier (format %2, this one reads up to %3): "
                       "update Espalier to open it."_s.arg(file, QString::number(version),
                                                           QString::number(newest)));
    const Result<int> application = pragma(database, u"application_id"_s);
    if (!application)
        return failureOf(application);
    const Result<QVariant> tables = database.value(u"SELECT count(*) FROM sqlite_master"_s);
    if (!tables)
        return failureOf(tables);
    if (tables->toInt() > 0 && *application != ProjectApplicationId)
        return failure(
            ErrorCode::InvalidInput,
            u"%1 belongs to another program: choose the folder of a project."_s.arg(file));
    return {};
}

Status applyStep(Database& database, const Migration& step)
{
    return writing(database, [&]() -> Status {
        // Another process may have taken the step while this one waited for it.
        const Result<int> version = pragma(database, u"user_version"_s);
        if (!version)
            return failureOf(version);
        if (*version >= step.version)
            return {};
        return step.apply(database).and_then(
            [&] { return database.execute(u"PRAGMA user_version = %1"_s.arg(step.version)); });
    });
}

} // namespace

std::span<const Migration> migrations()
{
    static constexpr Migration Steps[] = {
        {1, createInitialTables},
    };
    return Steps;
}

Status migrate(Database& database, std::span<const Migration> steps)
{
    const Result<int> version = pragma(database, u"user_version"_s);
    if (!version)
        return failureOf(version);
    const int newest = steps.empty() ? 0 : steps.back().version;
    if (const Status known = requireKnown(database, *version, newest); !known)
        return known;
    for (const Migration& step : steps)
        if (step.version > *version)
            if (const Status applied = applyStep(database, step); !applied)
                return applied;
    return {};
}

} // namespace espalier
