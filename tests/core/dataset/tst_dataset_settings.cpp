#include "core/dataset/dataset_settings.h"
#include "core/dataset/store/packed_store.h"
#include "tests/core/dataset/dataset_fixture.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;
using namespace espalier;

namespace {

SourceManifest manifest()
{
    SourceManifest source;
    source.rows = 10;
    source.columns = {
        {u"image"_s, StorageKind::Tensor, ElementType::UInt8, {28, 28, 1}, Encoding::Image, {}},
        {u"photo"_s,
         StorageKind::EncodedImage,
         ElementType::UInt8,
         {500, 100, 3},
         Encoding::Image,
         {}},
        {u"price"_s, StorageKind::Tensor, ElementType::Float64, {1}, Encoding::Numeric, {}},
        {u"my.name \"x\""_s,
         StorageKind::Dictionary,
         ElementType::UInt8,
         {},
         Encoding::Categorical,
         {u"a"_s, u"b"_s}},
        {u"sold"_s,
         StorageKind::Dictionary,
         ElementType::UInt8,
         {},
         Encoding::Binary,
         {u"no"_s, u"yes"_s}},
    };
    return source;
}

DatasetSettings rich()
{
    DatasetSettings settings = defaultSettings(manifest(), 18446744073709551615ULL);
    settings.features[2].name = u"Price in €"_s;
    settings.subsets.append({u"cheap"_s,
                             ConditionFilter{u"Price in €"_s, Comparison::Less, u"10"_s},
                             RandomFilter{3, FromEnd::End, 33.25}});
    settings.subsets.append({u"all"_s, {}, {}});
    settings.frozenStatistics[u"sold"_s] = {0.1, 0.3, -1e300, 1e300, 7, {3, 4}};
    return settings;
}

QString errorOf(const Status& status)
{
    return status ? QString() : status.error().message;
}

} // namespace

class TestDatasetSettings : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void namesOfEnumerationsAreUnique();
    void defaults();
    void jsonRoundTrip();
    void refusesMalformedJson_data();
    void refusesMalformedJson();
    void appliesFeatureSettings();
    void namesMayHaveDotsAndQuotes_data();
    void namesMayHaveDotsAndQuotes();
    void encodingChangesNormalization();
    void renamingFeatureFollowsConditions();
    void sizeOfPairStaysWhole();
    void seedAndEndOfPairStayWhole();
    void sizeOfOtherSubsetsIsTheirOwn();
    void addsAndRemovesSubsets();
    void setsConditions();
    void seedReachesDefaultSubsets();
    void normalizeOnTakesAnyCase();
    void changesClearFrozenStatistics();
    void refusals_data();
    void refusals();
};

template <typename E>
static void checkNames()
{
    const QStringList keys = enumKeys<E>();
    QCOMPARE(QSet<QString>(keys.begin(), keys.end()).size(), keys.size());
    for (const QString& key : keys) {
        QVERIFY(enumFromName<E>(key.toUpper()));
        QCOMPARE(enumKey(*enumFromName<E>(enumLabel(*enumFromName<E>(key)))), key);
    }
}

void TestDatasetSettings::namesOfEnumerationsAreUnique()
{
    checkNames<Normalization>();
    checkNames<ColorMode>();
    checkNames<ImageTransformation>();
    checkNames<FromEnd>();
    checkNames<Comparison>();
}

void TestDatasetSettings::defaults()
{
    const DatasetSettings settings = defaultSettings(manifest(), 7);
    QCOMPARE(settings.features.size(), 5);
    const FeatureSettings& image = settings.features[0];
    QCOMPARE(image.encoding, Encoding::Image);
    QCOMPARE(image.normalization, Normalization::Standardization);
    QCOMPARE(image.colorMode, ColorMode::Grey);
    QCOMPARE(image.transformation, ImageTransformation::None);
    const FeatureSettings& photo = settings.features[1];
    QCOMPARE(photo.colorMode, ColorMode::Color);
    QCOMPARE(photo.transformation, ImageTransformation::CropAndResize);
    QCOMPARE(QSize(photo.width, photo.height), QSize(100, 224));
    QCOMPARE(settings.features[2].normalization, Normalization::Standardization);
    QCOMPARE(settings.features[3].normalization, Normalization::None);
    QCOMPARE(settings.features[4].positiveClass, u"yes"_s);
    QCOMPARE(settings.subsets.size(), 2);
    QCOMPARE(settings.subsets[0].random, (RandomFilter{7, FromEnd::Start, 80}));
    QCOMPARE(settings.subsets[1].random, (RandomFilter{7, FromEnd::End, 20}));
    QCOMPARE(settings.normalizeOn, u"Training"_s);
    QCOMPARE(settings.seed, 7);
}

void TestDatasetSettings::jsonRoundTrip()
{
    const DatasetSettings settings = rich();
    const QByteArray bytes = QJsonDocument(settings.toJson()).toJson();
    const auto read = DatasetSettings::fromJson(QJsonDocument::fromJson(bytes).object());
    QVERIFY_OK(read);
    QCOMPARE(*read, settings);
    QVERIFY(*read != defaultSettings(manifest()));
}

void TestDatasetSettings::refusesMalformedJson_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    const auto row = [](const char* name, const char* from, const char* to) {
        QTest::newRow(name) << QByteArray(from) << QByteArray(to);
    };
    row("no features", "\"features\"", "\"columns\"");
    row("no subsets", "\"subsets\"", "\"parts\"");
    row("encoding", "\"encoding\":\"image\"", "\"encoding\":\"magic\"");
    row("encoding of another type", "\"encoding\":\"image\"", "\"encoding\":3");
    row("normalization", "\"normalization\":\"none\"", "\"normalization\":\"\"");
    row("color mode", "\"color_mode\":\"grey\"", "\"color_mode\":null");
    row("transformation", "\"transformation\":\"none\"", "\"transformation\":\"twist\"");
    row("negative width", "\"width\":100", "\"width\":-1");
    row("huge height", "\"height\":224", "\"height\":2000000000");
    row("no feature name", "\"name\":\"sold\"", "\"name\":\"\"");
    row("feature name twice", "\"name\":\"sold\"", "\"name\":\"image\"");
    row("no column", "\"column\":\"sold\"", "\"pillar\":\"sold\"");
    row("subset name twice", "\"name\":\"all\"", "\"name\":\"TRAINING\"");
    row("no subset name", "\"name\":\"all\"", "\"name\":null");
    row("per cent", "\"percent\":33.25", "\"percent\":100.5");
    row("no per cent", "\"percent\":33.25", "\"percent\":\"33\"");
    row("from", "\"from\":\"end\"", "\"from\":\"middle\"");
    row("comparison", "\"comparison\":\"less\"", "\"comparison\":\"like\"");
    row("deviation", "\"deviation\":0.3", "\"deviation\":0");
    row("minimum", "\"minimum\":-1e+300", "\"minimum\":2e+300");
    row("mean", "\"mean\":0.1", "\"mean\":\"0.1\"");
}

void TestDatasetSettings::refusesMalformedJson()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QByteArray bytes = QJsonDocument(rich().toJson()).toJson(QJsonDocument::Compact);
    QVERIFY2(bytes.contains(from), bytes.constData());
    bytes.replace(from, to);
    const QJsonDocument document = QJsonDocument::fromJson(bytes);
    QVERIFY(document.isObject());
    QVERIFY_REFUSED(DatasetSettings::fromJson(document.object()), u"damaged");
}

void TestDatasetSettings::appliesFeatureSettings()
{
    DatasetSettings settings = defaultSettings(manifest());
    const QList<std::pair<QString, QString>> changes{
        {u"feature.image.normalization"_s, u"Min-max"_s},
        {u"FEATURE.Image.Color_Mode"_s, u"COLOR"_s},
        {u"feature.image.transformation"_s, u"center_crop_or_pad"_s},
        {u"feature.image.width"_s, u"32"_s},
        {u"feature.image.height"_s, u"16"_s},
        {u"feature.sold.positive_class"_s, u"no"_s},
        {u" feature.image.name "_s, u"picture"_s}};
    for (const auto& [key, value] : changes)
        QVERIFY_OK(applySetting(settings, key, value));
    const FeatureSettings& image = settings.features[0];
    QCOMPARE(image.name, u"picture"_s);
    QCOMPARE(image.column, u"image"_s);
    QCOMPARE(image.normalization, Normalization::MinMax);
    QCOMPARE(image.colorMode, ColorMode::Color);
    QCOMPARE(image.transformation, ImageTransformation::CenterCropOrPad);
    QCOMPARE(QSize(image.width, image.height), QSize(32, 16));
    QCOMPARE(settings.features[4].positiveClass, u"no"_s);
}

void TestDatasetSettings::namesMayHaveDotsAndQuotes_data()
{
    QTest::addColumn<QString>("key");
    QTest::newRow("plain") << u"feature.my.name \"x\".encoding"_s;
    QTest::newRow("quoted") << u"feature.\"my.name \"x\"\".encoding"_s;
    QTest::newRow("other case") << u"feature.\"MY.NAME \"X\"\".Encoding"_s;
}

void TestDatasetSettings::namesMayHaveDotsAndQuotes()
{
    QFETCH(QString, key);
    DatasetSettings settings = defaultSettings(manifest());
    QVERIFY_OK(applySetting(settings, key, u"text"_s));
    QCOMPARE(settings.features[3].encoding, Encoding::Text);
}

void TestDatasetSettings::encodingChangesNormalization()
{
    DatasetSettings settings = defaultSettings(manifest());
    QVERIFY_OK(applySetting(settings, u"feature.price.encoding"_s, u"categorical"_s));
    QCOMPARE(settings.features[2].normalization, Normalization::None);
    QVERIFY_OK(applySetting(settings, u"feature.price.encoding"_s, u"numeric"_s));
    QCOMPARE(settings.features[2].normalization, Normalization::Standardization);
    QVERIFY_OK(applySetting(settings, u"feature.price.normalization"_s, u"none"_s));
    QVERIFY_OK(applySetting(settings, u"feature.price.encoding"_s, u"numeric"_s));
    QCOMPARE(settings.features[2].normalization, Normalization::None);
}

void TestDatasetSettings::renamingFeatureFollowsConditions()
{
    DatasetSettings settings = rich();
    QVERIFY_OK(applySetting(settings, u"feature.Price in €.name"_s, u"cost"_s));
    QCOMPARE(settings.subsets[2].condition->feature, u"cost"_s);
    QVERIFY_OK(applySetting(settings, u"feature.cost.name"_s, u"Cost"_s)); // its own name
}

void TestDatasetSettings::sizeOfPairStaysWhole()
{
    DatasetSettings settings = defaultSettings(manifest());
    QVERIFY_OK(applySetting(settings, u"subset.training.size"_s, u"70"_s));
    QCOMPARE(settings.subsets[0].random->percent, 70.0);
    QCOMPARE(settings.subsets[1].random->percent, 30.0);
    QVERIFY_OK(applySetting(settings, u"subset.VALIDATION.size"_s, u"0.1 %"_s));
    QCOMPARE(settings.subsets[0].random->percent, 99.9);
    QVERIFY_OK(applySetting(settings, u"subset.training.size"_s, u"100"_s));
    QVERIFY_OK(applySetting(settings, u"subset.training.size"_s, u"50"_s));
    QCOMPARE(settings.subsets[1].random->percent, 50.0);
}

void TestDatasetSettings::seedAndEndOfPairStayWhole()
{
    DatasetSettings settings = defaultSettings(manifest());
    QVERIFY_OK(applySetting(settings, u"subset.training.seed"_s, u"9"_s));
    QVERIFY_OK(applySetting(settings, u"subset.training.from"_s, u"end"_s));
    QCOMPARE(settings.subsets[0].random, (RandomFilter{9, FromEnd::End, 80}));
    QCOMPARE(settings.subsets[1].random, (RandomFilter{9, FromEnd::Start, 20}));
}

void TestDatasetSettings::sizeOfOtherSubsetsIsTheirOwn()
{
    DatasetSettings settings = rich();
    QVERIFY_OK(applySetting(settings, u"subset.cheap.size"_s, u"80"_s));
    QCOMPARE(settings.subsets[2].random->percent, 80.0);
    QCOMPARE(settings.subsets[0].random->percent, 80.0);
    QCOMPARE(settings.subsets[1].random->percent, 20.0);
    QVERIFY_OK(applySetting(settings, u"subset.cheap.size"_s, QString()));
    QVERIFY(!settings.subsets[2].random);
}

void TestDatasetSettings::addsAndRemovesSubsets()
{
    DatasetSettings settings = defaultSettings(manifest());
    QVERIFY_OK(applySetting(settings, u"subset.\"Hold out\".add"_s, u"yes"_s));
    QCOMPARE(settings.subsets.last(), (SubsetSettings{u"Hold out"_s, {}, {}}));
    QVERIFY_OK(applySetting(settings, u"subset.hold out.seed"_s, u"4"_s));
    QCOMPARE(settings.subsets.last().random, (RandomFilter{4, FromEnd::Start, 100}));
    QVERIFY_OK(applySetting(settings, u"subset.hold out.name"_s, u"test"_s));
    QVERIFY_OK(applySetting(settings, u"subset.TEST.remove"_s, u"yes"_s));
    QCOMPARE(settings, defaultSettings(manifest()));
}

void TestDatasetSettings::setsConditions()
{
    DatasetSettings settings = defaultSettings(manifest());
    QVERIFY_OK(applySetting(settings, u"subset.training.feature"_s, u"PRICE"_s));
    QVERIFY_OK(applySetting(settings, u"subset.training.comparison"_s, u">"_s));
    QVERIFY_OK(applySetting(settings, u"subset.training.value"_s, u"3.5"_s));
    QCOMPARE(settings.subsets[0].condition,
             (ConditionFilter{u"price"_s, Comparison::Greater, u"3.5"_s}));
    QVERIFY_OK(applySetting(settings, u"subset.training.feature"_s, QString()));
    QVERIFY(!settings.subsets[0].condition);
}

void TestDatasetSettings::seedReachesDefaultSubsets()
{
    DatasetSettings settings = rich();
    QVERIFY_OK(applySetting(settings, u"seed"_s, u"42"_s));
    QCOMPARE(settings.seed, 42);
    QCOMPARE(settings.subsets[0].random->seed, 42);
    QCOMPARE(settings.subsets[1].random->seed, 42);
    QCOMPARE(settings.subsets[2].random->seed, 3);
}

void TestDatasetSettings::normalizeOnTakesAnyCase()
{
    DatasetSettings settings = defaultSettings(manifest());
    QVERIFY_OK(applySetting(settings, u"normalize_on"_s, u"VALIDATION"_s));
    QCOMPARE(settings.normalizeOn, u"Validation"_s);
    QVERIFY_OK(applySetting(settings, u"subset.validation.name"_s, u"Test"_s));
    QCOMPARE(settings.normalizeOn, u"Test"_s);
}

void TestDatasetSettings::changesClearFrozenStatistics()
{
    DatasetSettings settings = rich();
    QVERIFY_OK(applySetting(settings, u"seed"_s, u"18446744073709551615"_s)); // as it is
    QVERIFY(!settings.frozenStatistics.isEmpty());
    QVERIFY_OK(applySetting(settings, u"seed"_s, u"1"_s));
    QVERIFY(settings.frozenStatistics.isEmpty());
}

void TestDatasetSettings::refusals_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("part");
    const auto row = [](const char* name, const char16_t* key, const char16_t* value,
                        const char16_t* part) {
        QTest::newRow(name) << QString::fromUtf16(key) << QString::fromUtf16(value)
                            << QString::fromUtf16(part);
    };
    row("unknown key", u"sead", u"1", u"normalize_on, seed");
    row("empty key", u"", u"1", u"normalize_on, seed");
    row("no parts", u"feature", u"1", u"normalize_on, seed");
    row("no property", u"feature.image", u"1", u"“image”, “photo”");
    row("unknown feature", u"feature.picture.width", u"1", u"“image”, “photo”");
    row("unknown property", u"feature.image.colour", u"grey", u"color_mode");
    row("encoding", u"feature.image.encoding", u"pixels", u"numeric, image, categorical");
    row("normalization", u"feature.image.normalization", u"max", u"min_max");
    row("width", u"feature.image.width", u"0", u"16384");
    row("width no number", u"feature.image.width", u"wide", u"16384");
    row("feature name taken", u"feature.image.name", u"PRICE", u"already");
    row("feature name empty", u"feature.image.name", u" ", u"name");
    row("unknown subset", u"subset.test.size", u"10", u"“Training”, “Validation”");
    row("unknown subset property", u"subset.training.percent", u"10", u"size");
    row("size", u"subset.training.size", u"101", u"0 to 100");
    row("size no number", u"subset.training.size", u"nan", u"0 to 100");
    row("negative seed", u"subset.training.seed", u"-1", u"seed");
    row("from", u"subset.training.from", u"top", u"start, end");
    row("condition of unknown feature", u"subset.training.feature", u"x", u"“price”");
    row("value without condition", u"subset.training.value", u"1", u"feature");
    row("comparison without condition", u"subset.training.comparison", u"=", u"feature");
    row("add what is there", u"subset.training.add", u"yes", u"already");
    row("add no", u"subset.x.add", u"no", u"yes");
    row("add no name", u"subset..add", u"yes", u"name");
    row("remove no", u"subset.validation.remove", u"1", u"yes");
    row("remove what normalizes", u"subset.training.remove", u"yes", u"normalize_on");
    row("subset name taken", u"subset.training.name", u"validation", u"already");
    row("seed", u"seed", u"1.5", u"whole number");
    row("normalize on", u"normalize_on", u"x", u"“Training”, “Validation”");
}

void TestDatasetSettings::refusals()
{
    QFETCH(QString, key);
    QFETCH(QString, value);
    QFETCH(QString, part);
    DatasetSettings settings = defaultSettings(manifest());
    const Status applied = applySetting(settings, key, value);
    QVERIFY2(errorOf(applied).contains(part), qPrintable(errorOf(applied)));
    QVERIFY(errorOf(applied).endsWith(u'.'));
    QCOMPARE(settings, defaultSettings(manifest()));
}

QTEST_GUILESS_MAIN(TestDatasetSettings)
#include "tst_dataset_settings.moc"
