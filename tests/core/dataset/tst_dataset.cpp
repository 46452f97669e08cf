#include "core/dataset/dataset.h"
#include "tests/core/dataset/dataset_fixture.h"

#include <QDir>
#include <QSemaphore>
#include <QThreadPool>
#include <atomic>
#include <cmath>
#include <limits>
#include <numeric>
#include <thread>
#include <vector>

using namespace Qt::StringLiterals;
using namespace espalier;

namespace {

constexpr double Missing = std::numeric_limits<double>::quiet_NaN();

QImage grey(int width, int height, int value)
{
    QImage image(width, height, QImage::Format_Grayscale8);
    image.fill(value);
    return image;
}

/// One subset of all rows, so that statistics are over all of them.
DatasetSettings wholeSettings(const PackedStore& store)
{
    DatasetSettings settings = defaultSettings(store.manifest());
    settings.subsets = {{u"All"_s, {}, {}}};
    settings.normalizeOn = u"All"_s;
    return settings;
}

Result<std::shared_ptr<const Dataset>> openWith(const std::shared_ptr<const PackedStore>& store,
                                                const QList<std::pair<QString, QString>>& changes)
{
    DatasetSettings settings = wholeSettings(*store);
    for (const auto& [key, value] : changes)
        if (auto applied = applySetting(settings, key, value); !applied)
            return failureOf(applied);
    return Dataset::open(store, settings);
}

QStringList sentences(const QList<Issue>& issues, IssueLevel level)
{
    QStringList list;
    for (const Issue& issue : issues)
        if (issue.level == level)
            list.append(issueSentence(issue));
    return list;
}

} // namespace

class TestDataset : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void describesFeatures_data();
    void describesFeatures();
    void refusesEncodings_data();
    void refusesEncodings();
    void refusesSettings_data();
    void refusesSettings();
    void statisticsOfNumbers();
    void statisticsMatchNaive_data();
    void statisticsMatchNaive();
    void statisticsOfPixels();
    void statisticsOfClasses();
    void statisticsOfNothing();
    void statisticsAreOverTheNormalizingSubset();
    void frozenStatisticsStay();
    void histograms();
    void extremeNumbersBreakNothing();
    void issuesOfSubsets();
    void issuesOfFeatures();
    void noIssuesWithoutReason();
    void cells();
    void brokenImagesAreErrors();
    void preparesImagesOnce();
    void preparingCanBeCancelled();
    void manyThreadsAtOnce();
    void readsSettingsWithoutWriting();
    void computesInAPoolThatIsBusy();
    void emptyStoreOpens();
    void statisticsAreFast();

private:
    SmallStore m_builder;
    std::shared_ptr<const PackedStore> m_store;
};

void TestDataset::initTestCase()
{
    m_builder.addTensor<double>(u"price"_s, {1}, {1, 2, Missing, 5});
    m_builder.addTensor<quint8>(u"digit"_s, {1}, {7, 3, 7, 0});
    m_builder.addTensor<quint8>(u"image"_s, {1, 2, 1}, {0, 10, 20, 30, 40, 50, 60, 255},
                                Encoding::Image);
    m_builder.addTensor<float>(u"signal"_s, {2, 2}, std::vector<float>(16, 2.5F));
    m_builder.addTexts(u"label"_s, {u"shoe"_s, u"bag"_s, QString(), u"shoe"_s});
    m_builder.addTexts(u"count"_s, {u"10"_s, u"9"_s, QString(), u" "_s}, Encoding::Numeric);
    m_builder.addTexts(u"none"_s, {QString(), QString(), QString(), QString()}, Encoding::Text);
    m_builder.addTexts(u"three"_s, {u"a"_s, u"b"_s, u"c"_s, u"c"_s});
    m_builder.addImageFiles(u"photo"_s,
                            {grey(4, 2, 10), grey(2, 2, 20), grey(3, 5, 30), grey(1, 1, 40)});
    m_store = m_builder.finish();
}

void TestDataset::describesFeatures_data()
{
    QTest::addColumn<QString>("feature");
    QTest::addColumn<QString>("encoding");
    QTest::addColumn<QString>("positive");
    QTest::addColumn<Shape>("shape");
    QTest::addColumn<QStringList>("classes");
    const auto row = [](const QString& feature, const QString& encoding, const QString& positive,
                        const Shape& shape, const QStringList& classes) {
        QTest::newRow(qPrintable(feature + u' ' + encoding + u' ' + positive))
            << feature << encoding << positive << shape << classes;
    };
    row(u"price"_s, u"numeric"_s, {}, {1}, {});
    row(u"price"_s, u"categorical"_s, {}, {3}, {u"1"_s, u"2"_s, u"5"_s});
    row(u"price"_s, u"binary"_s, u"2"_s, {1}, {u"not 2"_s, u"2"_s});
    row(u"digit"_s, u"numeric"_s, {}, {1}, {});
    row(u"digit"_s, u"categorical"_s, {}, {3}, {u"0"_s, u"3"_s, u"7"_s});
    row(u"digit"_s, u"text"_s, {}, {}, {});
    row(u"image"_s, u"image"_s, {}, {1, 2, 1}, {});
    row(u"image"_s, u"numeric"_s, {}, {1, 2, 1}, {});
    row(u"signal"_s, u"numeric"_s, {}, {2, 2}, {});
    row(u"label"_s, u"categorical"_s, {}, {2}, {u"bag"_s, u"shoe"_s});
    row(u"label"_s, u"binary"_s, {}, {1}, {u"bag"_s, u"shoe"_s});
    row(u"label"_s, u"binary"_s, u"bag"_s, {1}, {u"shoe"_s, u"bag"_s});
    row(u"three"_s, u"binary"_s, u"b"_s, {1}, {u"not b"_s, u"b"_s});
    row(u"count"_s, u"numeric"_s, {}, {1}, {});
    row(u"none"_s, u"numeric"_s, {}, {1}, {});
    row(u"photo"_s, u"image"_s, {}, {5, 4, 1}, {});
}

void TestDataset::describesFeatures()
{
    QFETCH(QString, feature);
    QFETCH(QString, encoding);
    QFETCH(QString, positive);
    QFETCH(Shape, shape);
    QFETCH(QStringList, classes);
    const QString key = u"feature.%1."_s.arg(feature);
    const auto dataset =
        openWith(m_store, {{key + u"encoding"_s, encoding}, {key + u"positive_class"_s, positive}});
    QVERIFY_OK(dataset);
    const FeatureDescription& description =
        (*dataset)->features()[(*dataset)->featureIndex(feature)];
    QCOMPARE(description.name, feature);
    QCOMPARE(enumKey(description.encoding), encoding);
    QCOMPARE(description.shape, shape);
    QCOMPARE(description.classes, classes);
}

void TestDataset::refusesEncodings_data()
{
    QTest::addColumn<QString>("feature");
    QTest::addColumn<QString>("encoding");
    QTest::addColumn<QString>("positive");
    QTest::addColumn<QString>("part");
    const auto row = [](const QString& feature, const QString& encoding, const QString& positive,
                        const QString& part) {
        QTest::newRow(qPrintable(feature + u' ' + encoding + u' ' + positive))
            << feature << encoding << positive << part;
    };
    row(u"label"_s, u"numeric"_s, {}, u"“bag” is no number"_s);
    row(u"label"_s, u"image"_s, {}, u"no images"_s);
    row(u"label"_s, u"binary"_s, u"hat"_s, u"“hat”"_s);
    row(u"price"_s, u"image"_s, {}, u"no images"_s);
    row(u"price"_s, u"binary"_s, {}, u"positive class"_s);
    row(u"price"_s, u"binary"_s, u"dear"_s, u"“dear”"_s);
    row(u"signal"_s, u"image"_s, {}, u"no images"_s);
    row(u"signal"_s, u"categorical"_s, {}, u"only numbers and texts"_s);
    row(u"image"_s, u"binary"_s, u"1"_s, u"only numbers and texts"_s);
    row(u"photo"_s, u"numeric"_s, {}, u"choose Image"_s);
    row(u"photo"_s, u"categorical"_s, {}, u"only numbers and texts"_s);
    row(u"none"_s, u"categorical"_s, {}, u"missing"_s);
    row(u"none"_s, u"binary"_s, {}, u"missing"_s);
}

void TestDataset::refusesEncodings()
{
    QFETCH(QString, feature);
    QFETCH(QString, encoding);
    QFETCH(QString, positive);
    QFETCH(QString, part);
    const QString key = u"feature.%1."_s.arg(feature);
    const auto dataset =
        openWith(m_store, {{key + u"encoding"_s, encoding}, {key + u"positive_class"_s, positive}});
    QVERIFY_REFUSED(dataset, part);
    QVERIFY(dataset.error().message.contains(u"“%1”"_s.arg(feature)));
}

void TestDataset::refusesSettings_data()
{
    QTest::addColumn<QString>("part");
    QTest::newRow("column") << u"column “gone”"_s;
    QTest::newRow("name twice") << u"two features “price”"_s;
    QTest::newRow("normalize on") << u"no subset “Nothing”. There are: “All”"_s;
    QTest::newRow("condition") << u"no feature “x”"_s;
    QTest::newRow("size") << u"0 to 100"_s;
    QTest::newRow("files without size") << u"needs a width"_s;
    QTest::newRow("files without transformation") << u"different sizes"_s;
}

void TestDataset::refusesSettings()
{
    QFETCH(QString, part);
    const QString what = QString::fromLatin1(QTest::currentDataTag());
    DatasetSettings settings = wholeSettings(*m_store);
    if (what == u"column")
        settings.features[0].column = u"gone"_s;
    else if (what == u"name twice")
        settings.features[1].name = u"price"_s;
    else if (what == u"normalize on")
        settings.normalizeOn = u"Nothing"_s;
    else if (what == u"condition")
        settings.subsets[0].condition = ConditionFilter{u"x"_s, Comparison::Equal, u"1"_s};
    else if (what == u"size")
        settings.subsets[0].random = RandomFilter{1, FromEnd::Start, 150};
    else if (what == u"files without size")
        settings.features.last().width = 0;
    else
        settings.features.last().transformation = ImageTransformation::None;
    QVERIFY_REFUSED(Dataset::open(m_store, settings), part);
}

void TestDataset::statisticsOfNumbers()
{
    const auto dataset = *openWith(m_store, {});
    const auto price = dataset->statistics(0);
    QVERIFY_OK(price);
    QCOMPARE(price->missing, 1);
    QCOMPARE(price->mean, 8.0 / 3);
    QCOMPARE(price->deviation, std::sqrt((25 + 4 + 49) / 27.0));
    QCOMPARE(price->minimum, 1.0);
    QCOMPARE(price->maximum, 5.0);
    const auto constant = *dataset->statistics(dataset->featureIndex(u"signal"_s));
    QCOMPARE(constant.mean, 2.5);
    QCOMPARE(constant.deviation, 1.0);
    const auto count = *dataset->statistics(dataset->featureIndex(u"count"_s));
    QCOMPARE(count.missing, 2);
    QCOMPARE(count.mean, 9.5);
    QCOMPARE(count.deviation, 0.5);
}

void TestDataset::statisticsMatchNaive_data()
{
    QTest::addColumn<int>("rows");
    QTest::addColumn<double>("offset");
    QTest::newRow("one row") << 1 << 0.0;
    QTest::newRow("two rows") << 2 << 0.0;
    QTest::newRow("several parts") << 300'000 << 0.0;
    QTest::newRow("far from zero") << 300'000 << 1e9;
}

void TestDataset::statisticsMatchNaive()
{
    QFETCH(int, rows);
    QFETCH(double, offset);
    std::vector<double> values;
    for (int row = 0; row < rows; ++row)
        values.push_back(offset + (qint64(row) * 7919 % 1009) * 0.25);
    SmallStore builder;
    builder.addTensor<double>(u"x"_s, {1}, values);
    const auto dataset = *openWith(builder.finish(), {});
    long double sum = 0;
    for (double value : values)
        sum += value;
    const long double mean = sum / rows;
    long double squares = 0;
    for (double value : values)
        squares += (value - mean) * (value - mean);
    const double deviation = squares > 0 ? double(std::sqrt(squares / rows)) : 1;
    const auto statistics = *dataset->statistics(0);
    QVERIFY(std::abs(statistics.mean - double(mean)) <= 1e-12 * std::abs(double(mean)));
    QVERIFY(std::abs(statistics.deviation - deviation) <= 1e-9 * deviation);
    QCOMPARE(statistics.minimum, *std::ranges::min_element(values));
    QCOMPARE(statistics.maximum, *std::ranges::max_element(values));
}

void TestDataset::statisticsOfPixels()
{
    const auto dataset = *openWith(m_store, {});
    const auto tensor = *dataset->statistics(dataset->featureIndex(u"image"_s));
    QCOMPARE(tensor.mean, 465.0 / 8);
    QCOMPARE(tensor.minimum, 0.0);
    QCOMPARE(tensor.maximum, 255.0);
    double squares = 0;
    for (double value : {0, 10, 20, 30, 40, 50, 60, 255})
        squares += (value - tensor.mean) * (value - tensor.mean);
    QCOMPARE(tensor.deviation, std::sqrt(squares / 8));
    const auto files = *dataset->statistics(dataset->featureIndex(u"photo"_s));
    QCOMPARE(files.mean, 25.0); // every image is as large as the next after its transformation
    QCOMPARE(files.minimum, 10.0);
    QCOMPARE(files.maximum, 40.0);
    const auto numbers = openWith(m_store, {{u"feature.image.encoding"_s, u"numeric"_s}});
    const auto same = *(*numbers)->statistics(dataset->featureIndex(u"image"_s));
    QVERIFY(std::abs(same.deviation - tensor.deviation) < 1e-12);
}

void TestDataset::statisticsOfClasses()
{
    const auto dataset = *openWith(m_store, {{u"feature.three.encoding"_s, u"binary"_s}});
    const auto label = *dataset->statistics(dataset->featureIndex(u"label"_s));
    QCOMPARE(label.classCounts, (QList<qint64>{1, 2}));
    QCOMPARE(label.missing, 1);
    const auto three = *dataset->statistics(dataset->featureIndex(u"three"_s));
    QCOMPARE(three.classCounts, (QList<qint64>{2, 2})); // "c" is positive: the last
    QCOMPARE(dataset->statisticsOf(dataset->featureIndex(u"label"_s), {0, 3})->classCounts,
             (QList<qint64>{0, 2}));
}

void TestDataset::statisticsOfNothing()
{
    const auto dataset = *openWith(m_store, {});
    for (int feature = 0; feature < dataset->features().size(); ++feature) {
        const auto statistics = dataset->statisticsOf(feature, {});
        QVERIFY_OK(statistics);
        QCOMPARE(statistics->mean, 0.0);
        QCOMPARE(statistics->deviation, 1.0);
        QCOMPARE(statistics->missing, 0);
    }
    QCOMPARE(dataset->statisticsOf(0, {2})->missing, 1);
    QCOMPARE(dataset->statisticsOf(0, {2})->maximum, 1.0);
}

void TestDataset::statisticsAreOverTheNormalizingSubset()
{
    DatasetSettings settings = wholeSettings(*m_store);
    settings.subsets.append(
        {u"cheap"_s, ConditionFilter{u"price"_s, Comparison::Less, u"3"_s}, {}});
    settings.normalizeOn = u"CHEAP"_s;
    const auto dataset = Dataset::open(m_store, settings);
    QVERIFY_OK(dataset);
    QCOMPARE((*dataset)->statistics(0)->mean, 1.5);
    QVERIFY_REFUSED((*dataset)->subsetRows(u"dear"_s), u"“All”, “cheap”"_s);
    QCOMPARE(*(*dataset)->subsetRows(u"Cheap"_s), (std::vector<RowIndex>{0, 1}));
}

void TestDataset::frozenStatisticsStay()
{
    const auto frozen = (*openWith(m_store, {}))->frozenSettings();
    QVERIFY_OK(frozen);
    QCOMPARE(frozen->frozenStatistics.size(), frozen->features.size());
    DatasetSettings settings = *DatasetSettings::fromJson(frozen->toJson());
    QCOMPARE(settings, *frozen);
    settings.frozenStatistics[u"price"_s].mean = 1234;
    const auto dataset = *Dataset::open(m_store, settings);
    QCOMPARE(dataset->statistics(0)->mean, 1234.0);
    QCOMPARE(*dataset->frozenSettings(), settings);
}

void TestDataset::histograms()
{
    const auto dataset = *openWith(m_store, {});
    const auto price = *dataset->histogram(0, 4);
    QCOMPARE(price.counts, (QList<qint64>{1, 1, 0, 1}));
    QCOMPARE(price.minimum, 1.0);
    QCOMPARE(price.maximum, 5.0);
    const auto image = *dataset->histogram(dataset->featureIndex(u"image"_s), 2);
    QCOMPARE(image.counts, (QList<qint64>{7, 1}));
    const auto label = *dataset->histogram(dataset->featureIndex(u"label"_s), 99);
    QCOMPARE(label.labels, (QStringList{u"bag"_s, u"shoe"_s}));
    QCOMPARE(label.counts, (QList<qint64>{1, 2}));
    const auto photo = *dataset->histogram(dataset->featureIndex(u"photo"_s), 31);
    QCOMPARE(std::accumulate(photo.counts.begin(), photo.counts.end(), qint64(0)), 4 * 5 * 4);
    const auto constant = *dataset->histogram(dataset->featureIndex(u"signal"_s), 3);
    QCOMPARE(constant.counts, (QList<qint64>{16, 0, 0}));
    QCOMPARE(dataset->histogram(dataset->featureIndex(u"none"_s))->counts, QList<qint64>());
}

void TestDataset::extremeNumbersBreakNothing()
{
    constexpr double Infinity = std::numeric_limits<double>::infinity();
    constexpr double Largest = std::numeric_limits<double>::max();
    SmallStore builder;
    builder.addTensor<double>(u"x"_s, {1}, {Infinity, -Infinity, 1, 3});
    builder.addTensor<double>(u"huge"_s, {1}, {Largest, -Largest, Largest, 0});
    const auto dataset = *openWith(builder.finish(), {});
    QCOMPARE(dataset->statistics(0)->missing, 2);
    QCOMPARE(dataset->statistics(0)->mean, 2.0);
    QVERIFY(std::isfinite(dataset->statistics(1)->deviation));
    QVERIFY_OK(dataset->histogram(1, 5));
    QVERIFY_OK(DatasetSettings::fromJson(dataset->frozenSettings()->toJson()));
}

void TestDataset::issuesOfSubsets()
{
    DatasetSettings settings = wholeSettings(*m_store);
    settings.subsets.append({u"half"_s, {}, RandomFilter{1, FromEnd::Start, 50}});
    settings.subsets.append({u"none"_s, {}, RandomFilter{1, FromEnd::Start, 0}});
    const QList<Issue> issues = (*Dataset::open(m_store, settings))->issues();
    const QStringList errors = sentences(issues, IssueLevel::Error);
    QCOMPARE(errors.size(), 1);
    QVERIFY(errors[0].startsWith(u"none: "));
    const QStringList overlaps =
        sentences(issues, IssueLevel::Warning).filter(u"shares 2 rows with “half”"_s);
    QCOMPARE(overlaps.size(), 1);
    QVERIFY(overlaps[0].startsWith(u"All: "));
}

void TestDataset::issuesOfFeatures()
{
    SmallStore builder;
    QStringList many;
    QStringList rare;
    for (int i = 0; i < 2'001; ++i) {
        many.append(u"class %1"_s.arg(i));
        rare.append(i < 2'000 ? u"a"_s : u"b"_s);
    }
    builder.addTexts(u"many"_s, many);
    builder.addTexts(u"rare"_s, rare);
    std::vector<double> holes(2'001, 1);
    holes[5] = holes[9] = Missing;
    builder.addTensor<double>(u"holes"_s, {1}, holes);
    auto store = builder.finish();
    DatasetSettings settings = wholeSettings(*store);
    settings.subsets[0].condition = ConditionFilter{u"rare"_s, Comparison::Equal, u"a"_s};
    const QList<Issue> issues = (*Dataset::open(store, settings))->issues();
    const QStringList warnings = sentences(issues, IssueLevel::Warning);
    QCOMPARE(warnings.size(), 2);
    QVERIFY(warnings[0].startsWith(u"many: has 2001 classes"));
    QVERIFY(warnings[1].startsWith(u"holes: 2 values are missing"));
    const QStringList hints = sentences(issues, IssueLevel::Hint);
    QCOMPARE(hints.size(), 2);
    QVERIFY(hints[1].startsWith(u"rare: ") && hints[1].contains(u"“b”"));
}

void TestDataset::noIssuesWithoutReason()
{
    SmallStore builder;
    builder.addTexts(u"label"_s, QStringList(20, u"a"_s));
    builder.addTensor<float>(u"x"_s, {1}, std::vector<float>(20, 1));
    auto store = builder.finish();
    QCOMPARE((*Dataset::open(store, defaultSettings(store->manifest())))->issues(), QList<Issue>());
}

void TestDataset::cells()
{
    const auto dataset = *openWith(m_store, {});
    const auto text = [&](const QString& feature, RowIndex row) {
        return dataset->cellText(dataset->featureIndex(feature), row);
    };
    QCOMPARE(text(u"price"_s, 1), u"2"_s);
    QCOMPARE(text(u"price"_s, 2), QString());
    QCOMPARE(text(u"digit"_s, 0), u"7"_s);
    QCOMPARE(text(u"label"_s, 0), u"shoe"_s);
    QCOMPARE(text(u"label"_s, 2), QString());
    QCOMPARE(text(u"signal"_s, 0), u"2×2"_s);
    QCOMPARE(text(u"image"_s, 0), u"1×2×1"_s);
    QCOMPARE(text(u"photo"_s, 2), u"5×3×1"_s);
    QCOMPARE(text(u"price"_s, 4), QString()); // behind the last row
    const auto photo = dataset->cellImage(dataset->featureIndex(u"photo"_s), 1);
    QVERIFY_OK(photo);
    QCOMPARE(photo->size(), QSize(2, 2));
    const auto image = dataset->cellImage(dataset->featureIndex(u"image"_s), 3);
    QCOMPARE(qRed(image->pixel(1, 0)), 255);
    QVERIFY_REFUSED(dataset->cellImage(dataset->featureIndex(u"label"_s), 0), u"label"_s);
    QVERIFY_REFUSED(dataset->cellImage(dataset->featureIndex(u"photo"_s), 4), u"row 5"_s);
}

void TestDataset::brokenImagesAreErrors()
{
    SmallStore builder;
    builder.addBrokenImageFiles(u"photo"_s, 3);
    const auto dataset = *openWith(builder.finish(), {});
    QVERIFY_REFUSED(dataset->statistics(0), u"“photo”"_s);
    QVERIFY_REFUSED(dataset->histogram(0), u"“photo”"_s);
    QVERIFY_REFUSED(dataset->frozenSettings(), u"“photo”"_s);
    QVERIFY_REFUSED(dataset->prepareImages(), u"“photo”"_s);
    QCOMPARE(QDir(dataset->store().folder()).entryList({u"images-*"_s}), QStringList());
    QCOMPARE(dataset->cellText(0, 0), QString());
}

void TestDataset::preparesImagesOnce()
{
    const auto dataset = *openWith(m_store, {});
    const auto before = *dataset->statistics(dataset->featureIndex(u"photo"_s));
    qint64 bytes = 0;
    QVERIFY_OK(dataset->prepareImages([&](const Progress& progress) { bytes = progress.bytes; }));
    QCOMPARE(bytes, 4 * 5 * 4);
    const QDir folder(dataset->store().folder());
    const QStringList files = folder.entryList({u"images-*"_s});
    QCOMPARE(files, QStringList{u"images-8-grey-crop_and_resize-4x5.bin"_s});
    QCOMPARE(QFileInfo(folder.filePath(files[0])).size(), bytes);
    bytes = 0;
    QVERIFY_OK(dataset->prepareImages([&](const Progress& progress) { bytes = progress.bytes; }));
    QCOMPARE(bytes, 0);
    const auto again = *openWith(m_store, {});
    QCOMPARE(*again->statistics(dataset->featureIndex(u"photo"_s)), before);

    QVERIFY(QFile::resize(folder.filePath(files[0]), 3)); // damaged: made anew
    QCOMPARE(*(*openWith(m_store, {}))->statistics(dataset->featureIndex(u"photo"_s)), before);
    QVERIFY_OK(dataset->prepareImages());
    QCOMPARE(QFileInfo(folder.filePath(files[0])).size(), 4 * 5 * 4);
    QVERIFY(PackedStore::open(dataset->store().folder()));
}

void TestDataset::preparingCanBeCancelled()
{
    SmallStore builder;
    builder.addImageFiles(u"photo"_s, QList<QImage>(3, grey(4, 4, 1)));
    const auto dataset = *openWith(builder.finish(), {});
    std::stop_source stop;
    stop.request_stop();
    const auto prepared = dataset->prepareImages({}, stop.get_token());
    QVERIFY(!prepared);
    QCOMPARE(prepared.error().code, ErrorCode::Cancelled);
    QCOMPARE(QDir(dataset->store().folder()).entryList({u"images-*"_s}), QStringList());
}

void TestDataset::manyThreadsAtOnce()
{
    SmallStore builder;
    builder.addImageFiles(u"photo"_s, QList<QImage>(50, grey(8, 8, 9)));
    builder.addTensor<double>(u"x"_s, {1}, std::vector<double>(50, 3));
    const auto dataset = *openWith(builder.finish(), {});
    std::atomic<int> right = 0;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 8; ++i)
            threads.emplace_back([&] {
                const bool prepared = dataset->prepareImages().has_value();
                const bool pixels = dataset->statistics(0)->mean == 9;
                const bool numbers = dataset->statistics(1)->mean == 3;
                const bool rows = dataset->subsetRows(u"All"_s)->size() == 50;
                right += prepared && pixels && numbers && rows ? 1 : 0;
            });
    }
    QCOMPARE(right.load(), 8);
    QCOMPARE(QDir(dataset->store().folder()).entryList({u"images-*"_s}).size(), 1);
}

/// Threads share them with each other and with whoever has a copy.
void TestDataset::readsSettingsWithoutWriting()
{
    SmallStore builder;
    builder.addTensor<double>(u"x"_s, {1}, std::vector<double>(50, 3));
    builder.addTexts(u"y"_s, QStringList(50, u"a"_s));
    const auto store = builder.finish();
    const DatasetSettings shared = defaultSettings(store->manifest());
    const auto dataset = *Dataset::open(store, shared);
    QVERIFY_OK(dataset->subsetRows(shared.normalizeOn));
    QVERIFY_OK(dataset->statistics(0));
    QVERIFY_OK(dataset->statistics(1));
    QVERIFY_OK(dataset->histogram(1));
    QCOMPARE(sentences(dataset->issues(), IssueLevel::Error), QStringList());
    QVERIFY_OK(dataset->frozenSettings());
    QVERIFY(dataset->settings().subsets.isSharedWith(shared.subsets));
    QVERIFY(dataset->settings().features.isSharedWith(shared.features));
}

/// Work of the pool that waits for other work of it would wait for ever.
void TestDataset::computesInAPoolThatIsBusy()
{
    SmallStore builder;
    builder.addTensor<double>(u"price"_s, {1}, std::vector<double>(600'000, 2));
    builder.addTensor<quint8>(u"image"_s, {2, 2, 1}, std::vector<quint8>(2'400'000, 7),
                              Encoding::Image);
    const auto store = builder.finish();
    const auto dataset = *Dataset::open(store, defaultSettings(store->manifest()));
    QThreadPool& pool = *QThreadPool::globalInstance();
    QSemaphore ended;
    const int jobs = 2 * pool.maxThreadCount();
    for (int job = 0; job < jobs; ++job)
        pool.start([&dataset, &ended, job] {
            (void)dataset->issues();
            (void)dataset->statistics(job % 2);
            ended.release();
        });
    QVERIFY(ended.tryAcquire(jobs, 30'000));
    pool.waitForDone();
    QCOMPARE(dataset->statistics(1)->mean, 7.0);
}

void TestDataset::emptyStoreOpens()
{
    SmallStore builder;
    builder.addTensor<double>(u"price"_s, {1}, {});
    builder.addTensor<quint8>(u"image"_s, {2, 2, 1}, {}, Encoding::Image);
    builder.addImageFiles(u"photo"_s, {});
    auto store = builder.finish();
    const auto dataset = Dataset::open(store, defaultSettings(store->manifest()));
    QVERIFY_OK(dataset);
    QCOMPARE((*dataset)->rows(), 0);
    QVERIFY_OK((*dataset)->frozenSettings());
    QVERIFY_OK((*dataset)->histogram(1));
    QVERIFY_OK((*dataset)->prepareImages());
    QCOMPARE(sentences((*dataset)->issues(), IssueLevel::Error).size(), 2);
}

void TestDataset::statisticsAreFast()
{
    SmallStore builder;
    std::vector<quint8> pixels(size_t(28) * 28 * 20'000);
    for (size_t i = 0; i < pixels.size(); ++i)
        pixels[i] = i % 3 == 0 ? quint8(i >> 4) : 0;
    builder.addTensor<quint8>(u"image"_s, {28, 28, 1}, pixels, Encoding::Image);
    auto store = builder.finish();
    QBENCHMARK_ONCE
    {
        const auto dataset = *Dataset::open(store, defaultSettings(store->manifest()));
        QVERIFY(dataset->statistics(0)->deviation > 1);
    }
}

QTEST_GUILESS_MAIN(TestDataset)
#include "tst_dataset.moc"
