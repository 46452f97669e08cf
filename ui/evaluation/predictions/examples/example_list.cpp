#include "ui/evaluation/predictions/examples/example_list.h"

#include "ui/evaluation/predictions/matrix/matrix_content.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/one_line.h"

#include <QLocale>
#include <algorithm>
#include <cmath>
#include <numeric>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

double keyOf(const Prediction& prediction, ExampleKey key, bool numbers)
{
    switch (key) {
    case ExampleKey::Row:
        return double(prediction.row);
    case ExampleKey::Actual:
        return numbers ? prediction.actualValue : double(prediction.actual);
    case ExampleKey::Predicted:
        return numbers ? prediction.predictedValue : double(prediction.predicted);
    case ExampleKey::Probability:
        return double(prediction.probability);
    case ExampleKey::Error:
        return std::abs(errorOf(prediction));
    case ExampleKey::Loss:
        return double(prediction.loss);
    }
    return 0;
}

QString classText(const PredictionSet& set, qint64 index)
{
    return index >= 0 && index < set.target.classes.size() ? oneLine(set.target.classes.at(index))
                                                           : u"–"_s;
}

} // namespace

ExampleList allExamples(const EvaluationResult& result)
{
    ExampleList examples(result.predictions.size());
    std::iota(examples.begin(), examples.end(), 0U);
    return examples;
}

ExampleList examplesIn(const EvaluationResult& result, const MatrixSelection& selection)
{
    ExampleList examples;
    if (selection.isEmpty())
        return examples;
    const auto inside = [&](qint64 index) { return index >= 0 && index < selection.size(); };
    for (size_t i = 0; i < result.predictions.size(); ++i) {
        const Prediction& p = result.predictions[i];
        if (inside(p.actual) && inside(p.predicted) &&
            selection.contains({int(p.actual), int(p.predicted)}))
            examples.push_back(quint32(i));
    }
    return examples;
}

void sortExamples(ExampleList& examples, const PredictionSet& set, ExampleKey key,
                  Qt::SortOrder order)
{
    struct Keyed {
        double key;
        quint32 example;
    };
    const bool numbers = targetKindOf(set.target) == TargetKind::Numbers;
    std::vector<Keyed> keyed;
    keyed.reserve(examples.size());
    for (const quint32 example : examples)
        keyed.push_back({keyOf(set.result.predictions[example], key, numbers), example});
    const bool descending = order == Qt::DescendingOrder;
    std::ranges::sort(keyed, [descending](const Keyed& a, const Keyed& b) {
        if (std::isnan(a.key) != std::isnan(b.key))
            return std::isnan(b.key);
        if (a.key == b.key || std::isnan(a.key))
            return a.example < b.example;
        return descending ? a.key > b.key : a.key < b.key;
    });
    std::ranges::transform(keyed, examples.begin(), &Keyed::example);
}

bool isRight(const Prediction& prediction)
{
    return prediction.actual >= 0 && prediction.actual == prediction.predicted;
}

double errorOf(const Prediction& prediction)
{
    return double(prediction.predictedValue) - double(prediction.actualValue);
}

QList<ClassShare> topClasses(const PredictionSet& set, quint32 example, int count)
{
    const Outputs& outputs = set.result.outputs;
    const auto from = outputs.values.begin() + qint64(example) * outputs.width;
    QList<ClassShare> shares;
    if (targetKindOf(set.target) == TargetKind::Binary) {
        const double positive = double(positiveProbability(*from, set.threshold));
        shares = {{0, 1 - positive}, {1, positive}};
    } else {
        for (qint64 i = 0; i < outputs.width; ++i)
            shares.append({i, double(*(from + i))});
    }
    const auto last = shares.begin() + std::min<qsizetype>(count, shares.size());
    std::partial_sort(
        shares.begin(), last, shares.end(),
        [](const ClassShare& a, const ClassShare& b) { return a.probability > b.probability; });
    shares.erase(last, shares.end());
    return shares;
}

QString actualText(const PredictionSet& set, const Prediction& prediction)
{
    return targetKindOf(set.target) == TargetKind::Numbers
               ? valueText(double(prediction.actualValue))
               : classText(set, prediction.actual);
}

QString predictedText(const PredictionSet& set, const Prediction& prediction)
{
    return targetKindOf(set.target) == TargetKind::Numbers
               ? valueText(double(prediction.predictedValue))
               : classText(set, prediction.predicted);
}

std::optional<int> imageFeature(const Dataset& dataset)
{
    const auto found =
        std::ranges::find(dataset.features(), Encoding::Image, &FeatureDescription::encoding);
    if (found == dataset.features().end())
        return std::nullopt;
    return int(found - dataset.features().begin());
}

PredictionsPtr atThreshold(const PredictionsPtr& set, double probability)
{
    auto moved = std::make_shared<PredictionSet>(*set);
    EvaluationResult& result = moved->result;
    result.confusion = ConfusionMatrix(set->target.classes);
    const Outputs& outputs = result.outputs;
    for (size_t i = 0; i < result.predictions.size(); ++i) {
        Prediction& p = result.predictions[i];
        const float positive =
            positiveProbability(outputs.values[i * size_t(outputs.width)], set->threshold);
        p.predicted = double(positive) >= probability ? 1 : 0;
        p.probability = p.predicted == 1 ? positive : 1 - positive;
        result.confusion->add(p.actual, p.predicted);
    }
    return moved;
}

} // namespace espalier
