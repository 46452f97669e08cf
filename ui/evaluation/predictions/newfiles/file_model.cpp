#include "ui/evaluation/predictions/newfiles/file_model.h"

#include "ui/evaluation/predictions/examples/example_list.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/one_line.h"

#include <QDir>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr int SpokenClasses = 3;

} // namespace

QString exampleText(const PredictedExample& example, int classes)
{
    QStringList parts;
    for (const ClassProbability& entry : example.classes.mid(0, classes))
        parts.append(u"%1 %2"_s.arg(oneLine(entry.name), metricText(entry.probability)));
    for (const float value : example.values)
        parts.append(valueText(double(value)));
    return parts.join(u", "_s);
}

void FileModel::add(const QStringList& paths)
{
    QStringList fresh;
    for (const QString& path : paths)
        if (!m_rows.contains(path) && !fresh.contains(path))
            fresh.append(path);
    if (fresh.isEmpty())
        return;
    const int first = int(m_files.size());
    beginInsertRows({}, first, first + int(fresh.size()) - 1);
    for (const QString& path : fresh) {
        m_rows.insert(path, int(m_files.size()));
        m_files.append(PredictedFile{path, {}, {}});
    }
    endInsertRows();
}

void FileModel::addFailure(const QString& path, const QString& sentence)
{
    add({path});
    setResult(path, failure(ErrorCode::InvalidInput, sentence), {});
}

void FileModel::setResult(const QString& path, const Result<PredictedExample>& example,
                          const QImage& picture)
{
    const auto row = m_rows.constFind(path);
    if (row == m_rows.constEnd())
        return;
    PredictedFile& file = m_files[*row];
    if (!file.example) {
        ++m_done;
        m_failed += example ? 0 : 1;
    }
    file.example = example;
    file.picture = QPixmap::fromImage(picture);
    Q_EMIT dataChanged(index(*row), index(*row));
}

void FileModel::clear()
{
    beginResetModel();
    m_files.clear();
    m_rows.clear();
    m_done = m_failed = 0;
    endResetModel();
}

int FileModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_files.size());
}

QVariant FileModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const PredictedFile& file = m_files.at(index.row());
    const QString name = QFileInfo(file.path).fileName();
    switch (role) {
    case Qt::DisplayRole:
        return name;
    case Qt::ToolTipRole:
        return QDir::toNativeSeparators(file.path);
    case Qt::AccessibleTextRole:
        if (!file.example)
            return tr("%1: waits").arg(name);
        return u"%1: %2"_s.arg(name, *file.example ? exampleText(**file.example, SpokenClasses)
                                                   : file.example->error().message);
    default:
        return {};
    }
}

} // namespace espalier
