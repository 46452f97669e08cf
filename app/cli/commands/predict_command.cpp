#include "app/cli/commands/experiment_handlers.h"

#include "app/cli/commands/project_access.h"
#include "app/cli/text_format.h"
#include "core/inference/predictor.h"
#include "core/project/experiment_evaluation.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <QImageReader>
#include <QJsonArray>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace espalier::cli {

namespace {

constexpr qsizetype ShownClasses = 3;

/// Files stay as they are named; of folders all images, in the order of their names.
QStringList imageFiles(const QString& path)
{
    if (!QFileInfo(path).isDir())
        return {path};
    QStringList patterns;
    for (const QByteArray& format : QImageReader::supportedImageFormats())
        patterns.append(u"*."_s + QString::fromLatin1(format));
    QStringList files;
    QDirIterator entries(path, patterns, QDir::Files, QDirIterator::Subdirectories);
    while (entries.hasNext())
        files.append(entries.next());
    files.sort();
    return files;
}

Result<QStringList> allFiles(const QStringList& paths)
{
    QStringList files;
    for (const QString& path : paths) {
        const QStringList found = imageFiles(path);
        if (found.isEmpty())
            return failure(ErrorCode::NotFound,
                           u"The folder %1 holds no image."_s.arg(QDir::toNativeSeparators(path)));
        files.append(found);
    }
    return files;
}

Result<std::unique_ptr<Predictor>> loadPredictor(const CommandContext& context)
{
    const auto opened = openExperimentArgument(context);
    if (!opened)
        return failureOf(opened);
    const QString checkpoint =
        context.isSet(u"checkpoint"_s) ? context.option(u"checkpoint"_s) : u"best"_s;
    const auto model = loadModel(*opened->store, opened->record, checkpoint);
    if (!model)
        return failureOf(model);
    return Predictor::create(opened->record.graph, model->dataset, model->checkpoint,
                             executorOptions(opened->record.settings));
}

QJsonObject toJson(const QString& file, const PredictedExample& example)
{
    QJsonObject json{{u"file"_s, file}};
    QJsonArray classes;
    for (const ClassProbability& entry : example.classes)
        classes.append(
            QJsonObject{{u"class"_s, entry.name}, {u"probability"_s, entry.probability}});
    if (!classes.isEmpty())
        json.insert(u"classes"_s, classes);
    QJsonArray values;
    for (const float value : example.values)
        values.append(double(value));
    if (!values.isEmpty())
        json.insert(u"values"_s, values);
    return json;
}

QString toText(const PredictedExample& example)
{
    QStringList parts;
    for (const ClassProbability& entry : example.classes.mid(0, ShownClasses))
        parts.append(
            u"%1 %2 %"_s.arg(entry.name, QString::number(entry.probability * 100, 'f', 1)));
    for (const float value : example.values)
        parts.append(numberText(double(value)));
    return parts.join(u",  "_s);
}

/// What all files gave, those that failed among them.
struct Predictions {
    QJsonArray json;
    TextTable table{{{u"File"_s}, {u"Prediction"_s}}};
    QStringList failures;

    void add(const QString& file, const Result<PredictedExample>& example)
    {
        if (example) {
            json.append(toJson(file, *example));
            table.addRow({file, toText(*example)});
            return;
        }
        json.append(QJsonObject{{u"file"_s, file}, {u"error"_s, example.error().message}});
        failures.append(example.error().message);
    }
};

} // namespace

Status predictCommand(CommandContext& context)
{
    const auto files = allFiles(context.argumentsFrom(1));
    if (!files)
        return failureOf(files);
    const auto predictor = loadPredictor(context);
    if (!predictor)
        return failureOf(predictor);
    Predictions predictions;
    for (const QString& file : *files) {
        if (context.stop.stop_requested())
            return cancelled();
        predictions.add(file, (*predictor)->predictFile(file));
    }
    if (context.output.isJson() || !predictions.table.isEmpty())
        context.output.result(predictions.json, predictions.table.toString());
    if (predictions.failures.isEmpty())
        return {};
    return failure(ErrorCode::InvalidInput,
                   files->size() == 1
                       ? predictions.failures.first()
                       : u"%1 of %2 could not be predicted, the first because: %3"_s.arg(
                             countText(predictions.failures.size()),
                             amountText(files->size(), u"file"_s, u"files"_s),
                             predictions.failures.first()));
}

} // namespace espalier::cli
