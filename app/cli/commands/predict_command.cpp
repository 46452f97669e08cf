#include "app/cli/commands/experiment_handlers.h"

#include "app/cli/commands/project_access.h"
#include "app/cli/text_format.h"
#include "core/inference/example_table.h"
#include "core/inference/image_paths.h"
#include "core/inference/predictor.h"
#include "core/project/experiment_evaluation.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace espalier::cli {

namespace {

constexpr qsizetype ShownClasses = 3;

Result<QStringList> allFiles(const QStringList& paths)
{
    QStringList files;
    for (const QString& path : paths) {
        const QStringList found = imagePaths(path);
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

bool isTable(const QString& file)
{
    const QString ending = QFileInfo(file).suffix().toLower();
    return QStringList{u"csv"_s, u"tsv"_s, u"txt"_s}.contains(ending);
}

/// Where an example comes from.
struct Place {
    QString file;
    qint64 row = 0; ///< of a table, from 1; 0: the file is the example

    [[nodiscard]] QJsonObject json() const
    {
        QJsonObject json{{u"file"_s, file}};
        if (row > 0)
            json.insert(u"row"_s, row);
        return json;
    }
    [[nodiscard]] QString text() const
    {
        return row > 0 ? u"%1, row %2"_s.arg(file, QString::number(row)) : file;
    }
};

QJsonObject toJson(const Place& place, const PredictedExample& example)
{
    QJsonObject json = place.json();
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
class Predictions final {
public:
    explicit Predictions(Predictor& predictor)
        : m_predictor(predictor)
    {
    }

    void addFile(const QString& file) { add({file}, m_predictor.predictFile(file)); }

    /// A table that cannot be read counts as one example that failed.
    Status addTable(const QString& file, const std::stop_token& stop)
    {
        const auto table = ExampleTable::open(file, m_predictor.inputFeatures());
        if (!table) {
            add({file}, failureOf(table));
            return {};
        }
        while (!stop.stop_requested()) {
            const auto example = (*table)->next();
            if (!example)
                add({file}, failureOf(example));
            if (!example || !*example)
                return {};
            add({file, (*example)->row}, (*example)->values.and_then([&](const auto& values) {
                return m_predictor.predict(values);
            }));
        }
        return cancelled();
    }

    void print(Output& output) const
    {
        if (output.isJson() || !m_table.isEmpty())
            output.result(m_json, m_table.toString());
    }

    [[nodiscard]] Status verdict() const
    {
        if (m_failures.isEmpty())
            return {};
        if (m_json.size() == 1)
            return failure(ErrorCode::InvalidInput, m_failures.first());
        return failure(ErrorCode::InvalidInput,
                       u"%1 of %2 could not be predicted, the first because: %3"_s.arg(
                           countText(m_failures.size()),
                           amountText(m_json.size(), u"example"_s, u"examples"_s),
                           m_failures.first()));
    }

private:
    void add(const Place& place, const Result<PredictedExample>& example)
    {
        if (example) {
            m_json.append(toJson(place, *example));
            m_table.addRow({place.text(), toText(*example)});
            return;
        }
        QString sentence = example.error().message;
        if (!sentence.contains(place.file))
            sentence = u"%1: %2"_s.arg(place.text(), sentence);
        QJsonObject json = place.json();
        json.insert(u"error"_s, sentence);
        m_json.append(json);
        m_failures.append(sentence);
    }

    Predictor& m_predictor;
    QJsonArray m_json;
    TextTable m_table{{{u"Example"_s}, {u"Prediction"_s}}};
    QStringList m_failures;
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
    Predictions predictions(**predictor);
    for (const QString& file : *files) {
        if (context.stop.stop_requested())
            return cancelled();
        if (!isTable(file))
            predictions.addFile(file);
        else if (const Status read = predictions.addTable(file, context.stop); !read)
            return read;
    }
    predictions.print(context.output);
    return predictions.verdict();
}

} // namespace espalier::cli
