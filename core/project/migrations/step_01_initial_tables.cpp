#include "core/project/migrations/migration.h"
#include "core/project/migrations/steps.h"
#include "core/project/store/database.h"

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

// Names are compared by *_key, the case-folded form: NOCASE of SQLite knows ASCII alone.
// Ids are never used twice (AUTOINCREMENT): a folder of a deleted experiment stays its own.
constexpr const char16_t* Statements[] = {
    uR"(CREATE TABLE project (
    name TEXT NOT NULL,
    created TEXT NOT NULL))",

    uR"(CREATE TABLE dataset_version (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    version INTEGER NOT NULL,
    saved INTEGER NOT NULL DEFAULT 0,
    source TEXT NOT NULL,
    row_count INTEGER NOT NULL,
    settings TEXT NOT NULL,
    created TEXT NOT NULL,
    UNIQUE (name_key, version)))",

    uR"(CREATE INDEX dataset_version_source ON dataset_version (source))",

    uR"(CREATE TABLE experiment (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE,
    dataset INTEGER NOT NULL REFERENCES dataset_version (id) ON DELETE RESTRICT,
    graph TEXT NOT NULL,
    settings TEXT NOT NULL,
    state TEXT NOT NULL,
    error TEXT NOT NULL DEFAULT '',
    notes TEXT NOT NULL DEFAULT '',
    parameters INTEGER NOT NULL DEFAULT 0,
    start_weights TEXT NOT NULL DEFAULT '',
    start_checksum TEXT NOT NULL DEFAULT '',
    created TEXT NOT NULL))",

    uR"(CREATE INDEX experiment_dataset ON experiment (dataset))",

    uR"(CREATE TABLE epoch (
    experiment INTEGER NOT NULL REFERENCES experiment (id) ON DELETE CASCADE,
    epoch INTEGER NOT NULL,
    record TEXT NOT NULL,
    PRIMARY KEY (experiment, epoch)) WITHOUT ROWID)",

    uR"(CREATE TABLE checkpoint (
    experiment INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    file TEXT NOT NULL,
    checksum TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    PRIMARY KEY (experiment, epoch),
    FOREIGN KEY (experiment, epoch) REFERENCES epoch (experiment, epoch) ON DELETE CASCADE)
    WITHOUT ROWID)",
};

} // namespace

Status createInitialTables(Database& database)
{
    for (const char16_t* statement : Statements)
        if (const Status done = database.execute(QString::fromUtf16(statement)); !done)
            return done;
    return database.execute(u"PRAGMA application_id = %1"_s.arg(ProjectApplicationId));
}

} // namespace espalier
