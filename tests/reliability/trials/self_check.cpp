#include "tests/reliability/trials/self_check.h"

#include "core/project/store/database.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>

using namespace Qt::StringLiterals;

namespace espalier::trials {

namespace {

struct Damage {
    QString name;
    Work work;
};

/// The first file of that kind in the project.
QString fileIn(const QString& workspace, const QString& pattern)
{
    QDirIterator files(workspace + u"/p"_s, {pattern}, QDir::Files, QDirIterator::Subdirectories);
    return files.hasNext() ? files.next() : QString();
}

/// One bit in the middle.
Work flip(const QString& pattern)
{
    return [pattern](const QString& workspace) {
        QFile file(fileIn(workspace, pattern));
        if (!file.open(QIODevice::ReadWrite))
            return 1;
        const qint64 middle = file.size() / 2;
        char byte = 0;
        if (!file.seek(middle) || !file.getChar(&byte) || !file.seek(middle))
            return 1;
        return file.putChar(char(byte ^ 1)) ? 0 : 1;
    };
}

Work shorten(const QString& pattern)
{
    return [pattern](const QString& workspace) {
        QFile file(fileIn(workspace, pattern));
        return file.resize(file.size() - 1) ? 0 : 1;
    };
}

Work removeFile(const QString& pattern)
{
    return [pattern](const QString& workspace) {
        return QFile::remove(fileIn(workspace, pattern)) ? 0 : 1;
    };
}

Work statement(const QString& sql)
{
    return [sql](const QString& workspace) {
        const auto database = Database::open(workspace + u"/p/project.db"_s);
        return database && (*database)->execute(u"PRAGMA foreign_keys = OFF"_s) &&
                       (*database)->execute(sql)
                   ? 0
                   : 1;
    };
}

Work strayFile(const QString& path)
{
    return [path](const QString& workspace) {
        QFile file(workspace + u'/' + path);
        return file.open(QIODevice::WriteOnly) && file.write("x") == 1 ? 0 : 1;
    };
}

QList<Damage> damages()
{
    return {
        {u"a bit of the pixels"_s, flip(u"column-000.bin"_s)},
        {u"a bit of the labels"_s, flip(u"column-001.bin"_s)},
        {u"a column too short"_s, shorten(u"column-001.bin"_s)},
        {u"a column lost"_s, removeFile(u"column-000.bin"_s)},
        {u"a manifest lost"_s, removeFile(u"source.json"_s)},
        {u"a bit of a checkpoint"_s, flip(u"epoch-*.safetensors"_s)},
        {u"a checkpoint lost"_s, removeFile(u"epoch-*.safetensors"_s)},
        {u"start weights too short"_s, shorten(u"start-*.safetensors"_s)},
        {u"an experiment lost"_s, statement(u"DELETE FROM experiment WHERE name = 'Fresh'"_s)},
        {u"an epoch lost"_s, statement(u"DELETE FROM epoch WHERE epoch = 1"_s)},
        {u"a dataset lost"_s, statement(u"DELETE FROM dataset_version WHERE version = 2"_s)},
        {u"a setting changed"_s,
         statement(u"UPDATE experiment SET notes = 'x' WHERE name = 'Fresh'"_s)},
        {u"a reference that leads nowhere"_s,
         statement(u"UPDATE experiment SET dataset = 99 WHERE name = 'Fresh'"_s)},
        {u"a stray file in the project"_s, strayFile(u"p/stray"_s)},
        {u"a stray file in the workspace"_s, strayFile(u"stray"_s)},
    };
}

} // namespace

void checkExamination(const TrialGround& ground, Report& report)
{
    QStringList overlooked;
    const QList<Damage> all = damages();
    for (const Damage& damage : all) {
        const Examination after = ground.examineAfter(damage.work);
        if (after.findings.isEmpty() &&
            lostOrChanged(ground.stateBefore(), after.state, {}).isEmpty())
            overlooked.append(damage.name + u" is not found"_s);
    }
    report.add(u"the examination finds %1 kinds of damage that were done on purpose"_s.arg(
                   all.size() - overlooked.size()),
               overlooked);
}

} // namespace espalier::trials
