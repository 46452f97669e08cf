#include "tests/ui/evaluation/predictions/prediction_samples.h"

#include "core/base/random.h"
#include "tests/core/dataset/dataset_fixture.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

/// A set that keeps the folder of its data.
PredictionsPtr withData(PredictionSet set, const std::shared_ptr<SmallStore>& store,
                        const QList<std::pair<QString, QString>>& changes = {})
{
    const auto packed = store->finish();
    DatasetSettings settings = defaultSettings(packed->manifest());
    for (const auto& [key, value] : changes)
        if (const Status applied = applySetting(settings, key, value); !applied)
            qFatal("%s", qPrintable(applied.error().message));
    set.dataset = *Dataset::open(packed, settings);
    set.target = set.dataset->features().at(set.dataset->featureIndex(u"target"_s));
    set.epoch = 6;
    set.request = {ExperimentId(1), u"Validation"_s, u"best"_s};
    set.result.rows = qint64(set.result.predictions.size());
    return {new PredictionSet(std::move(set)),
            [store](const PredictionSet* predictions) { delete predictions; }};
}

std::vector<float> distribution(int classes, int predicted, int runnerUp, float probability)
{
    std::vector<float> values(size_t(classes), 0.0F);
    const float rest = (1 - probability) / float(classes);
    std::ranges::fill(values, rest);
    values[size_t(predicted)] = probability;
    values[size_t(runnerUp)] += rest / 2;
    return values;
}

} // namespace

QStringList sampleClasses(int count)
{
    static const QStringList clothes{u"T-shirt/top"_s, u"Trouser"_s,   u"Pullover"_s, u"Dress"_s,
                                     u"Coat"_s,        u"Sandal"_s,    u"Shirt"_s,    u"Sneaker"_s,
                                     u"Bag"_s,         u"Ankle boot"_s};
    QStringList names = clothes.mid(0, count);
    while (names.size() < count)
        names.append(u"Class %1"_s.arg(names.size(), 3, 10, QChar(u'0')));
    return names;
}

PredictionsPtr classSample(int classes, int rows, quint64 seed)
{
    Random data(99);
    Random random(seed);
    QStringList names = sampleClasses(classes);
    std::ranges::sort(names);
    QStringList texts = names; // every class occurs, in the order of the dictionary
    std::vector<quint8> pixels;
    for (int row = 0; row < rows; ++row) {
        if (row >= classes)
            texts.append(names.at(int(data.below(quint64(classes)))));
        for (int pixel = 0; pixel < 28 * 28; ++pixel) {
            const int x = pixel % 28 - 14;
            const int y = pixel / 28 - 14;
            const bool inside = x * x + y * y < 40 + 13 * (row % 10);
            pixels.push_back(inside ? quint8(120 + data.below(120)) : 0);
        }
    }
    auto store = std::make_shared<SmallStore>();
    store->addTensor<quint8>(u"image"_s, {28, 28, 1}, pixels, Encoding::Image);
    store->addTexts(u"target"_s, texts.mid(0, rows));

    PredictionSet set;
    EvaluationResult& result = set.result;
    result.outputs.width = classes;
    result.outputs.size = rows;
    QList<int> actuals;
    for (const QString& text : texts.mid(0, rows))
        actuals.append(int(names.indexOf(text)));
    result.confusion = ConfusionMatrix(names);
    for (int row = 0; row < rows; ++row) {
        const int actual = actuals.at(row);
        const bool right = random.uniform() < 0.85;
        const int step = 1 + int(random.below(2));
        const int predicted = right ? actual : (actual + step) % classes;
        const auto probability = float(random.uniform(0.5, 1));
        const auto outputs =
            distribution(classes, predicted, right ? (actual + 1) % classes : actual, probability);
        result.outputs.values.insert(result.outputs.values.end(), outputs.begin(), outputs.end());
        result.predictions.push_back({RowIndex(row), actual, predicted, probability,
                                      -std::log(outputs[size_t(actual)]), 0, 0});
        result.confusion->add(actual, predicted);
    }
    result.metrics = {{u"accuracy"_s, result.confusion->accuracy()},
                      {u"loss"_s, 0.2449},
                      {u"f1_macro"_s, 0.8471}};
    return withData(std::move(set), store);
}

PredictionsPtr binarySample(int rows)
{
    Random random(3);
    PredictionSet set;
    EvaluationResult& result = set.result;
    result.outputs.width = 1;
    result.outputs.size = rows;
    result.confusion = ConfusionMatrix({u"healthy"_s, u"ill"_s});
    QStringList texts;
    std::vector<float> age;
    for (int row = 0; row < rows; ++row) {
        const int actual = row < 2 ? row : int(random.uniform() < 0.4);
        const double middle = actual == 1 ? 1.1 : -1.1;
        const auto score = float(1 / (1 + std::exp(-(middle + random.normal() * 1.3))));
        const int predicted = score >= 0.5F ? 1 : 0;
        texts.append(actual == 1 ? u"ill"_s : u"healthy"_s);
        age.push_back(float(20 + random.below(60)));
        result.outputs.values.push_back(score);
        const float probability = predicted == 1 ? score : 1 - score;
        const float loss = -std::log(actual == 1 ? score : 1 - score);
        result.predictions.push_back({RowIndex(row), actual, predicted, probability, loss, 0, 0});
        result.confusion->add(actual, predicted);
    }
    result.metrics = {{u"accuracy"_s, result.confusion->accuracy()}, {u"loss"_s, 0.41}};
    auto store = std::make_shared<SmallStore>();
    store->addTensor<float>(u"age"_s, {1}, age);
    store->addTexts(u"target"_s, texts);
    return withData(std::move(set), store, {{u"feature.target.encoding"_s, u"binary"_s}});
}

PredictionsPtr numberSample(int rows)
{
    Random random(5);
    PredictionSet set;
    EvaluationResult& result = set.result;
    result.outputs.width = 1;
    result.outputs.size = rows;
    std::vector<float> prices;
    std::vector<float> areas;
    for (int row = 0; row < rows; ++row) {
        const double price = 100 + 900 * random.uniform();
        const double predicted = price + random.normal() * (10 + price / 12);
        prices.push_back(float(price));
        areas.push_back(float(price / 5));
        result.outputs.values.push_back(float(predicted));
        Prediction p;
        p.row = RowIndex(row);
        p.actualValue = float(price);
        p.predictedValue = float(predicted);
        p.loss = float(std::pow((predicted - price) / 300, 2));
        result.predictions.push_back(p);
    }
    result.metrics = {{u"mae"_s, 44.1}, {u"rmse"_s, 60.2}, {u"r2"_s, 0.948}, {u"loss"_s, 0.04}};
    auto store = std::make_shared<SmallStore>();
    store->addTensor<float>(u"area"_s, {1}, areas);
    store->addTensor<float>(u"target"_s, {1}, prices);
    return withData(std::move(set), store);
}

ConfusionMatrix matrixOf(const QStringList& classes, const QList<qint64>& counts)
{
    ConfusionMatrix matrix(classes);
    for (qsizetype i = 0; i < counts.size(); ++i)
        matrix.add(i / classes.size(), i % classes.size(), counts.at(i));
    return matrix;
}

} // namespace espalier
