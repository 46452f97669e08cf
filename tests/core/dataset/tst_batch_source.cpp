#include "core/dataset/batch_source.h"
#include "tests/core/dataset/dataset_fixture.h"

#include <QDir>
#include <QPainter>
#include <chrono>
#include <cmath>
#include <limits>
#include <numeric>
#include <set>
#include <thread>

using namespace Qt::StringLiterals;
using namespace espalier;

namespace {

constexpr double Missing = std::numeric_limits<double>::quiet_NaN();
constexpr int Rows = 10;

std::vector<RowIndex> rowsUpTo(size_t rows)
{
    std::vector<RowIndex> all(rows);
    std::iota(all.begin(), all.end(), RowIndex(0));
    return all;
}

QImage picture(int row)
{
    QImage image(7 + row % 3, 5 + row % 2, QImage::Format_RGB888);
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            image.setPixel(x, y, qRgb(20 * row, 30 * x, 40 * y));
    return image;
}

DatasetSettings wholeSettings(const PackedStore& store)
{
    DatasetSettings settings = defaultSettings(store.manifest());
    settings.subsets = {{u"All"_s, {}, {}}};
    settings.normalizeOn = u"All"_s;
    return settings;
}

std::vector<RowIndex> rowsOfEpoch(BatchSource& source, qint64 epoch, qint64 firstBatch = 0)
{
    std::vector<RowIndex> rows;
    source.startEpoch(epoch, firstBatch);
    while (const Batch* batch = source.next())
        rows.insert(rows.end(), batch->rows.begin(), batch->rows.end());
    return rows;
}

} // namespace

class TestBatchSource : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void normalizes_data();
    void normalizes();
    void layouts_data();
    void layouts();
    void bytesAsNumbersHaveLayoutsToo();
    void classes();
    void missingValues();
    void missingValuesOfTargets();
    void refusals_data();
    void refusals();
    void refusesRows();
    void batchesOfAnEpoch_data();
    void batchesOfAnEpoch();
    void epochsAreShuffledAlikeBySeed();
    void goesOnWithinAnEpoch();
    void restartsMidEpoch();
    void valuesBelongToRows();
    void destroyedMidEpoch();
    void reusesMemory();
    void encodedImages_data();
    void encodedImages();
    void makesTransformedImages();
    void stopsWhileImagesAreDecoded();
    void readsFromFolderThatCannotBeWritten();
    void brokenImages();
    void encodesLikeABatch_data();
    void encodesLikeABatch();
    void refusesImages();
    void resizesForeignImages();
    void gatherIsFast();

private:
    std::shared_ptr<const Dataset> open(const QList<std::pair<QString, QString>>& changes = {});

    SmallStore m_builder;
    std::shared_ptr<const PackedStore> m_store;
    std::vector<quint8> m_colors;
    std::vector<double> m_prices;
};

std::shared_ptr<const Dataset>
TestBatchSource::open(const QList<std::pair<QString, QString>>& changes)
{
    DatasetSettings settings = wholeSettings(*m_store);
    for (const auto& [key, value] : changes)
        if (!applySetting(settings, key, value))
            qFatal("%s", qPrintable(key));
    return *Dataset::open(m_store, settings);
}

void TestBatchSource::initTestCase()
{
    for (int i = 0; i < Rows * 2 * 3 * 3; ++i)
        m_colors.push_back(quint8(i * 37));
    m_prices = {1, 2, 3, Missing, 5, 6, 7, 8, 9, 10};
    QStringList labels;
    QStringList counts;
    std::vector<float> signal;
    std::vector<double> digits;
    QList<QImage> photos;
    for (int row = 0; row < Rows; ++row) {
        labels.append(row == 3 ? QString() : u"abc"_s.mid(row % 3, 1));
        counts.append(row == 3 ? QString() : QString::number(row * 10));
        signal.insert(signal.end(), {float(row), float(row) + 0.5F});
        digits.push_back(row == 3 ? Missing : row % 2);
        photos.append(picture(row));
    }
    m_builder.addTensor<quint8>(u"color"_s, {2, 3, 3}, m_colors, Encoding::Image);
    m_builder.addTensor<double>(u"price"_s, {1}, m_prices);
    m_builder.addTexts(u"label"_s, labels);
    m_builder.addTexts(u"count"_s, counts, Encoding::Numeric);
    m_builder.addTensor<float>(u"signal"_s, {2}, signal);
    m_builder.addTensor<double>(u"digit"_s, {1}, digits, Encoding::Binary);
    m_builder.addImageFiles(u"photo"_s, photos);
    m_builder.addTexts(u"note"_s, QStringList(Rows, u"x"_s), Encoding::Text);
    m_store = m_builder.finish();
}

void TestBatchSource::normalizes_data()
{
    QTest::addColumn<QString>("feature");
    QTest::addColumn<QString>("normalization");
    for (const char* feature : {"color", "price", "count", "signal"})
        for (const QString& normalization : enumKeys<Normalization>())
            QTest::newRow(qPrintable(QString::fromLatin1(feature) + u' ' + normalization))
                << QString::fromLatin1(feature) << normalization;
}

void TestBatchSource::normalizes()
{
    QFETCH(QString, feature);
    QFETCH(QString, normalization);
    const QString key = u"feature.%1.normalization"_s.arg(feature);
    const auto dataset = open({{key, normalization}});
    const auto raw = *gatherBatch(*open({{key, u"none"_s}}), {{feature}}, rowsUpTo(Rows));
    const auto batch = gatherBatch(*dataset, {{feature}}, rowsUpTo(Rows));
    QVERIFY_OK(batch);
    const std::vector<float>& inputs = raw.columns[0].values;
    const std::vector<float>& values = batch->columns[0].values;
    QCOMPARE(values.size(), inputs.size());

    const bool hasMissing = feature == u"price" || feature == u"count"; // row 3, read as 0
    double sum = 0;
    double squares = 0;
    double least = std::numeric_limits<double>::infinity();
    double most = -least;
    double count = 0;
    for (size_t i = 0; i < inputs.size(); ++i) {
        if (hasMissing && i == 3)
            continue;
        ++count;
        sum += double(inputs[i]);
        squares += double(inputs[i]) * double(inputs[i]);
        least = std::min(least, double(inputs[i]));
        most = std::max(most, double(inputs[i]));
    }
    const double mean = sum / count;
    const double deviation = std::sqrt(squares / count - mean * mean);
    for (size_t i = 0; i < inputs.size(); ++i) {
        double expected = double(inputs[i]);
        if (normalization == u"standardization")
            expected = (expected - mean) / deviation;
        else if (normalization == u"min_max")
            expected = (expected - least) / (most - least);
        if (hasMissing && i == 3)
            expected = 0;
        QVERIFY(std::abs(double(values[i]) - expected) < 1e-5);
    }
}

void TestBatchSource::layouts_data()
{
    QTest::addColumn<ImageLayout>("layout");
    QTest::newRow("first") << ImageLayout::ChannelsFirst;
    QTest::newRow("last") << ImageLayout::ChannelsLast;
}

void TestBatchSource::layouts()
{
    QFETCH(ImageLayout, layout);
    const auto dataset = open({{u"feature.color.normalization"_s, u"none"_s}});
    const std::vector<RowIndex> rows{7, 2};
    const auto batch = gatherBatch(*dataset, {{u"color"_s}}, rows, layout);
    QVERIFY_OK(batch);
    QCOMPARE(batch->size, 2);
    QCOMPARE(batch->rows, rows);
    QCOMPARE(batch->columns[0].shape, (Shape{2, 3, 3}));
    for (size_t n = 0; n < rows.size(); ++n)
        for (size_t pixel = 0; pixel < 6; ++pixel)
            for (size_t channel = 0; channel < 3; ++channel) {
                const size_t place = layout == ImageLayout::ChannelsFirst ? channel * 6 + pixel
                                                                          : pixel * 3 + channel;
                QCOMPARE(batch->columns[0].values[n * 18 + place],
                         float(m_colors[rows[n] * 18 + pixel * 3 + channel]));
            }
}

void TestBatchSource::bytesAsNumbersHaveLayoutsToo()
{
    const auto images = open();
    const auto numbers = open({{u"feature.color.encoding"_s, u"numeric"_s}});
    for (ImageLayout layout : {ImageLayout::ChannelsFirst, ImageLayout::ChannelsLast}) {
        const auto a = *gatherBatch(*images, {{u"color"_s}}, rowsUpTo(Rows), layout);
        const auto b = *gatherBatch(*numbers, {{u"color"_s}}, rowsUpTo(Rows), layout);
        for (size_t i = 0; i < a.columns[0].values.size(); ++i)
            QVERIFY(std::abs(a.columns[0].values[i] - b.columns[0].values[i]) < 1e-6F);
    }
}

void TestBatchSource::classes()
{
    const auto dataset = open();
    const auto batch = gatherBatch(*dataset,
                                   {{u"label"_s, ColumnForm::ClassIndex},
                                    {u"label"_s},
                                    {u"digit"_s, ColumnForm::ClassIndex},
                                    {u"digit"_s}},
                                   std::vector<RowIndex>{0, 1, 2, 3});
    QVERIFY_OK(batch);
    QCOMPARE(batch->columns[0].classes, (std::vector<qint64>{0, 1, 2, -1}));
    QVERIFY(batch->columns[0].values.empty());
    QCOMPARE(batch->columns[1].shape, (Shape{3}));
    QCOMPARE(batch->columns[1].values, (std::vector<float>{1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0}));
    QCOMPARE(batch->columns[2].classes, (std::vector<qint64>{0, 1, 0, -1}));
    QCOMPARE(batch->columns[3].shape, (Shape{1}));
    QCOMPARE(batch->columns[3].values, (std::vector<float>{0, 1, 0, 0}));
}

void TestBatchSource::missingValues()
{
    for (const QString& normalization : enumKeys<Normalization>()) {
        const auto dataset = open({{u"feature.price.normalization"_s, normalization},
                                   {u"feature.count.normalization"_s, normalization}});
        const auto batch =
            gatherBatch(*dataset, {{u"price"_s}, {u"count"_s}}, std::vector<RowIndex>{3});
        QVERIFY_OK(batch);
        QCOMPARE(batch->columns[0].values, std::vector<float>{0});
        QCOMPARE(batch->columns[1].values, std::vector<float>{0});
    }
}

void TestBatchSource::missingValuesOfTargets()
{
    for (const QString& normalization : enumKeys<Normalization>()) {
        const auto dataset = open({{u"feature.price.normalization"_s, normalization},
                                   {u"feature.count.normalization"_s, normalization}});
        for (const QString& feature : {u"price"_s, u"count"_s, u"label"_s, u"digit"_s}) {
            const auto asTarget = gatherBatch(
                *dataset, {{feature, ColumnForm::Values, MissingValue::NaN}}, rowsUpTo(Rows));
            const auto asInput = gatherBatch(*dataset, {{feature}}, rowsUpTo(Rows));
            QVERIFY_OK(asTarget);
            const std::vector<float>& values = asTarget->columns[0].values;
            const size_t width = values.size() / Rows;
            for (size_t i = 0; i < values.size(); ++i)
                if (i / width == 3)
                    QVERIFY2(std::isnan(values[i]), qPrintable(feature));
                else
                    QCOMPARE(values[i], asInput->columns[0].values[i]);
        }
    }
}

void TestBatchSource::refusals_data()
{
    QTest::addColumn<QString>("feature");
    QTest::addColumn<ColumnForm>("form");
    QTest::addColumn<QString>("part");
    QTest::newRow("unknown") << u"x"_s << ColumnForm::Values << u"no feature “x”"_s;
    QTest::newRow("text") << u"note"_s << ColumnForm::Values << u"Text"_s;
    QTest::newRow("class of text") << u"note"_s << ColumnForm::ClassIndex << u"no classes"_s;
    QTest::newRow("class of number") << u"price"_s << ColumnForm::ClassIndex << u"no classes"_s;
    QTest::newRow("class of image") << u"color"_s << ColumnForm::ClassIndex << u"no classes"_s;
}

void TestBatchSource::refusals()
{
    QFETCH(QString, feature);
    QFETCH(ColumnForm, form);
    QFETCH(QString, part);
    QVERIFY_REFUSED(gatherBatch(*open(), {{feature, form}}, rowsUpTo(1)), part);
    QVERIFY_REFUSED(BatchSource::create(open(), {{{feature, form}}, rowsUpTo(1)}), part);
}

void TestBatchSource::refusesRows()
{
    QVERIFY_REFUSED(gatherBatch(*open(), {{u"price"_s}}, {}), u"no row"_s);
    QVERIFY_REFUSED(gatherBatch(*open(), {{u"price"_s}}, std::vector<RowIndex>{Rows}), u"Row 11"_s);
    QVERIFY_REFUSED(BatchSource::create(open(), {{{u"price"_s}}, {}}), u"no row"_s);
    QVERIFY_REFUSED(BatchSource::create(open(), {{{u"price"_s}}, {0, 4'000'000'000}}),
                    u"Row 4000000001"_s);
    QVERIFY_REFUSED(BatchSource::create(open(), {{{u"price"_s}}, {0}, 0}), u"batch size"_s);
}

void TestBatchSource::batchesOfAnEpoch_data()
{
    QTest::addColumn<int>("batchSize");
    QTest::addColumn<QList<int>>("sizes");
    QTest::newRow("exact") << 5 << QList<int>{5, 5};
    QTest::newRow("short last") << 4 << QList<int>{4, 4, 2};
    QTest::newRow("one by one") << 1 << QList<int>(Rows, 1);
    QTest::newRow("larger than all") << 1000 << QList<int>{Rows};
}

void TestBatchSource::batchesOfAnEpoch()
{
    QFETCH(int, batchSize);
    QFETCH(QList<int>, sizes);
    auto source = BatchSource::create(
        open(), {{{u"price"_s}, {u"label"_s, ColumnForm::ClassIndex}}, rowsUpTo(Rows), batchSize});
    QVERIFY_OK(source);
    QCOMPARE((*source)->rows(), Rows);
    QCOMPARE((*source)->batchesPerEpoch(), sizes.size());
    QVERIFY(!(*source)->next()); // no epoch has begun
    for (int epoch = 0; epoch < 3; ++epoch) {
        (*source)->startEpoch(epoch);
        for (int size : sizes) {
            const Batch* batch = (*source)->next();
            QVERIFY(batch);
            QCOMPARE(batch->size, size);
            QCOMPARE(batch->rows.size(), size_t(size));
            QCOMPARE(batch->columns[0].values.size(), size_t(size));
            QCOMPARE(batch->columns[1].classes.size(), size_t(size));
        }
        QVERIFY(!(*source)->next());
        QVERIFY(!(*source)->next());
    }
}

void TestBatchSource::epochsAreShuffledAlikeBySeed()
{
    const auto create = [&](quint64 seed, bool shuffle) {
        return *BatchSource::create(
            open(), {{{u"price"_s}}, rowsUpTo(Rows), 3, ImageLayout::ChannelsFirst, shuffle, seed});
    };
    const auto one = create(1, true);
    const auto same = create(1, true);
    const auto other = create(2, true);
    const auto first = rowsOfEpoch(*one, 0);
    const auto second = rowsOfEpoch(*one, 1);
    QVERIFY(first != rowsUpTo(Rows));
    QVERIFY(first != second);
    QCOMPARE(rowsOfEpoch(*same, 1), second); // whatever epochs were before
    QCOMPARE(rowsOfEpoch(*one, 0), first);
    QVERIFY(rowsOfEpoch(*other, 0) != first);
    QCOMPARE((std::set<RowIndex>(second.begin(), second.end()).size()), size_t(Rows));
    const auto plain = create(1, false);
    QCOMPARE(rowsOfEpoch(*plain, 0), rowsUpTo(Rows));
    QCOMPARE(rowsOfEpoch(*plain, 5), rowsUpTo(Rows));
}

void TestBatchSource::goesOnWithinAnEpoch()
{
    const auto source = *BatchSource::create(
        open(), {{{u"price"_s}}, rowsUpTo(Rows), 3, ImageLayout::ChannelsFirst, true, 4});
    const auto whole = rowsOfEpoch(*source, 2);
    for (qint64 first = 0; first <= source->batchesPerEpoch(); ++first) {
        const auto rest = rowsOfEpoch(*source, 2, first);
        const auto skipped = std::min<qint64>(first * 3, Rows);
        QCOMPARE(rest, std::vector<RowIndex>(whole.begin() + skipped, whole.end()));
    }
    QVERIFY(rowsOfEpoch(*source, 2, -1).empty());
}

void TestBatchSource::restartsMidEpoch()
{
    const auto source = *BatchSource::create(
        open(), {{{u"price"_s}}, rowsUpTo(Rows), 2, ImageLayout::ChannelsFirst, true, 4});
    const auto whole = rowsOfEpoch(*source, 3);
    for (int read = 0; read < 5; ++read) {
        source->startEpoch(read);
        for (int batch = 0; batch < read; ++batch)
            QVERIFY(source->next());
        QCOMPARE(rowsOfEpoch(*source, 3), whole);
    }
}

void TestBatchSource::valuesBelongToRows()
{
    const auto dataset = open({{u"feature.signal.normalization"_s, u"none"_s}});
    const auto source =
        *BatchSource::create(dataset, {{{u"signal"_s}, {u"label"_s, ColumnForm::ClassIndex}},
                                       {9, 1, 1, 4, 7, 0},
                                       4,
                                       ImageLayout::ChannelsLast,
                                       true,
                                       3});
    for (int epoch = 0; epoch < 4; ++epoch) {
        source->startEpoch(epoch);
        while (const Batch* batch = source->next())
            for (size_t i = 0; i < batch->rows.size(); ++i) {
                QCOMPARE(batch->columns[0].values[i * 2], float(batch->rows[i]));
                QCOMPARE(batch->columns[0].values[i * 2 + 1], float(batch->rows[i]) + 0.5F);
                QCOMPARE(batch->columns[1].classes[i], qint64(batch->rows[i] % 3));
            }
    }
}

void TestBatchSource::destroyedMidEpoch()
{
    for (int taken = 0; taken < 30; ++taken) {
        auto source = *BatchSource::create(open(), {{{u"color"_s}}, rowsUpTo(Rows), 1});
        source->startEpoch(taken);
        for (int batch = 0; batch < taken % 4; ++batch)
            QVERIFY(source->next());
    }
}

void TestBatchSource::reusesMemory()
{
    const auto source = *BatchSource::create(open(), {{{u"color"_s}}, rowsUpTo(Rows), 2});
    std::set<const float*> buffers;
    for (int epoch = 0; epoch < 5; ++epoch) {
        source->startEpoch(epoch);
        while (const Batch* batch = source->next())
            buffers.insert(batch->columns[0].values.data());
    }
    QCOMPARE(buffers.size(), size_t(2));
}

void TestBatchSource::encodedImages_data()
{
    QTest::addColumn<QString>("transformation");
    QTest::addColumn<QString>("mode");
    for (const QString& transformation :
         {u"resize"_s, u"crop_and_resize"_s, u"center_crop_or_pad"_s})
        for (const QString& mode : enumKeys<ColorMode>())
            QTest::newRow(qPrintable(transformation + u' ' + mode)) << transformation << mode;
}

void TestBatchSource::encodedImages()
{
    QFETCH(QString, transformation);
    QFETCH(QString, mode);
    const auto dataset = open({{u"feature.photo.transformation"_s, transformation},
                               {u"feature.photo.color_mode"_s, mode},
                               {u"feature.photo.width"_s, u"4"_s},
                               {u"feature.photo.height"_s, u"6"_s}});
    const std::vector<RowIndex> rows{3, 0, 9};
    const auto decoded = gatherBatch(*dataset, {{u"photo"_s}}, rows); // no file is there yet
    QVERIFY_OK(decoded);
    const qint64 channels = mode == u"grey" ? 1 : 3;
    QCOMPARE(decoded->columns[0].shape, (Shape{6, 4, channels}));
    const auto source = BatchSource::create(dataset, {{{u"photo"_s}}, rows, 10});
    QVERIFY_OK(source);
    (*source)->startEpoch(0);
    QCOMPARE((*source)->next()->columns[0].values, decoded->columns[0].values);
    QCOMPARE(gatherBatch(*dataset, {{u"photo"_s}}, rows)->columns[0].values,
             decoded->columns[0].values);
}

void TestBatchSource::makesTransformedImages()
{
    const auto dataset = open({{u"feature.photo.width"_s, u"3"_s}});
    const QString path = dataset->store().folder() + u"/images-6-color-crop_and_resize-3x6.bin"_s;
    QVERIFY(!QFile::exists(path));
    QVERIFY_OK(BatchSource::create(dataset, {{{u"price"_s}}, {0}}));
    QVERIFY(!QFile::exists(path)); // not for others
    QVERIFY_OK(BatchSource::create(dataset, {{{u"photo"_s}}, {0}}));
    QCOMPARE(QFileInfo(path).size(), Rows * 6 * 3 * 3);
    QCOMPARE(QDir(dataset->store().folder()).entryList({u"*.part"_s, u"*.lock"_s}), QStringList());
}

void TestBatchSource::stopsWhileImagesAreDecoded()
{
    constexpr int Images = 400; // seconds of work, but small enough to be written in one piece
    QImage large(1'500, 1'200, QImage::Format_RGB888);
    large.fill(Qt::darkGreen);
    SmallStore builder;
    builder.addCopies(u"photo"_s, large, Images);
    const auto store = builder.finish();
    DatasetSettings settings = wholeSettings(*store);
    for (const QString& side : {u"width"_s, u"height"_s})
        QVERIFY_OK(applySetting(settings, u"feature.photo."_s + side, u"8"_s));
    settings.features[0].normalization = Normalization::None;
    const auto dataset = *Dataset::open(store, settings);

    std::stop_source stop;
    std::jthread stopping([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        stop.request_stop();
    });
    const auto source =
        BatchSource::create(dataset, {{{u"photo"_s}}, rowsUpTo(Images)}, stop.get_token());
    stopping.join();
    QVERIFY(!source);
    QCOMPARE(source.error().code, ErrorCode::Cancelled);
    QCOMPARE(QDir(store->folder()).entryList({u"images-*"_s}, QDir::Files), QStringList());
}

void TestBatchSource::readsFromFolderThatCannotBeWritten()
{
    const auto dataset = open({{u"feature.photo.width"_s, u"2"_s}});
    const QString part =
        dataset->store().folder() + u"/images-6-color-crop_and_resize-2x6.bin.part"_s;
    QVERIFY(QDir().mkpath(part)); // in the way of the file
    const auto source = BatchSource::create(dataset, {{{u"photo"_s}}, {4}});
    QVERIFY_OK(source);
    (*source)->startEpoch(0);
    QCOMPARE((*source)->next()->columns[0].values,
             gatherBatch(*dataset, {{u"photo"_s}}, std::vector<RowIndex>{4})->columns[0].values);
}

void TestBatchSource::brokenImages()
{
    SmallStore builder;
    builder.addBrokenImageFiles(u"photo"_s, 2);
    auto store = builder.finish();
    DatasetSettings settings = wholeSettings(*store);
    settings.features[0].normalization = Normalization::None;
    const auto dataset = *Dataset::open(store, settings);
    QVERIFY_REFUSED(BatchSource::create(dataset, {{{u"photo"_s}}, {0}}), u"row"_s);
    const auto batch = gatherBatch(*dataset, {{u"photo"_s}}, std::vector<RowIndex>{0});
    QVERIFY_OK(batch);
    QCOMPARE(batch->columns[0].values, std::vector<float>(4 * 4 * 3, 0));
}

void TestBatchSource::encodesLikeABatch_data()
{
    QTest::addColumn<QString>("feature");
    QTest::addColumn<QString>("transformation");
    QTest::addColumn<QString>("mode");
    QTest::newRow("as it is") << u"color"_s << u"none"_s << u"color"_s;
    QTest::newRow("grey") << u"color"_s << u"none"_s << u"grey"_s;
    QTest::newRow("resized") << u"color"_s << u"resize"_s << u"color"_s;
    QTest::newRow("file resized") << u"photo"_s << u"resize"_s << u"grey"_s;
    QTest::newRow("file cropped") << u"photo"_s << u"crop_and_resize"_s << u"color"_s;
    QTest::newRow("file padded") << u"photo"_s << u"center_crop_or_pad"_s << u"color"_s;
}

void TestBatchSource::encodesLikeABatch()
{
    QFETCH(QString, feature);
    QFETCH(QString, transformation);
    QFETCH(QString, mode);
    const QString key = u"feature.%1."_s.arg(feature);
    const auto dataset = open({{key + u"transformation"_s, transformation},
                               {key + u"color_mode"_s, mode},
                               {key + u"width"_s, u"5"_s},
                               {key + u"height"_s, u"4"_s}});
    const int index = dataset->featureIndex(feature);
    for (ImageLayout layout : {ImageLayout::ChannelsFirst, ImageLayout::ChannelsLast})
        for (RowIndex row = 0; row < Rows; ++row) {
            const auto batch =
                *gatherBatch(*dataset, {{feature}}, std::vector<RowIndex>{row}, layout);
            const auto encoded = encodeImage(
                dataset->settings().features[index], *dataset->statistics(index),
                dataset->features()[index].shape, *dataset->cellImage(index, row), layout);
            QVERIFY_OK(encoded);
            QCOMPARE(*encoded, batch.columns[0].values);
        }
}

void TestBatchSource::refusesImages()
{
    QVERIFY_REFUSED(encodeImage({}, {}, {2, 2, 3}, QImage()), u"empty"_s);
    QVERIFY_REFUSED(encodeImage({}, {}, {4}, picture(1)), u"no images"_s);
    QVERIFY_REFUSED(encodeImage({}, {}, {2, 2, 2}, picture(1)), u"no images"_s);
}

void TestBatchSource::resizesForeignImages()
{
    QImage white(100, 30, QImage::Format_RGB32);
    white.fill(Qt::white);
    const auto values = encodeImage({}, {}, {2, 3, 3}, white);
    QVERIFY_OK(values);
    QCOMPARE(*values, std::vector<float>(18, 255));
}

void TestBatchSource::gatherIsFast()
{
    SmallStore builder;
    builder.addTensor<quint8>(u"image"_s, {28, 28, 1}, std::vector<quint8>(28 * 28 * 2560, 7),
                              Encoding::Image);
    auto store = builder.finish();
    const auto dataset = *Dataset::open(store, wholeSettings(*store));
    const auto source = *BatchSource::create(
        dataset, {{{u"image"_s}}, rowsUpTo(2560), 256, ImageLayout::ChannelsFirst, true, 1});
    QBENCHMARK_ONCE
    {
        QCOMPARE(rowsOfEpoch(*source, 0).size(), size_t(2560));
    }
}

QTEST_GUILESS_MAIN(TestBatchSource)
#include "tst_batch_source.moc"
