#include "core/evaluation/metrics.h"
#include "core/inference/example_table.h"
#include "core/inference/predictor.h"
#include "tests/core/training/small_data.h"

#include <QDir>
#include <QFile>
#include <QImageWriter>
#include <QTemporaryDir>
#include <QTest>
#include <QTransform>
#include <algorithm>

using namespace espalier;
using namespace espalier::testing;

namespace {

/// 8×8 pixels in the shade of "left" or "right" with some noise; grey or colour.
std::shared_ptr<const Dataset> makeImages(const QString& folder, qint64 channels)
{
    auto writer = need(PackedStoreWriter::create(folder));
    const int picture = need(writer->addColumn({u"picture"_s,
                                                StorageKind::Tensor,
                                                ElementType::UInt8,
                                                {8, 8, channels},
                                                Encoding::Image,
                                                {}}));
    const int kind = need(writer->addColumn({u"kind"_s,
                                             StorageKind::Dictionary,
                                             ElementType::Float64,
                                             {1},
                                             Encoding::Categorical,
                                             {}}));
    Random random(9);
    for (int row = 0; row < 12; ++row) {
        std::vector<quint8> pixels(size_t(64 * channels));
        std::ranges::generate(pixels, [&] { return quint8(random.below(256)); });
        need(writer->appendTensor(picture, bytesOf(pixels)));
        need(writer->appendText(kind, row % 2 == 0 ? u"left"_s : u"right"_s));
    }
    const SourceManifest manifest = need(writer->finish(u"images"_s));
    return need(
        Dataset::open(need(PackedStore::open(writer->folder())), defaultSettings(manifest)));
}

ModelGraph imageNetwork()
{
    ModelGraph graph;
    const BlockId input = graph.addBlock(u"input"_s, {}, {{u"feature"_s, u"picture"_s}});
    const BlockId convolution = graph.addBlock(u"conv2d"_s, {}, {{u"filters"_s, 3}});
    const BlockId flatten = graph.addBlock(u"flatten"_s);
    const BlockId last = graph.addBlock(u"dense"_s, {}, {{u"activation"_s, u"softmax"_s}});
    const BlockId end = graph.addBlock(u"target"_s, {}, {{u"feature"_s, u"kind"_s}});
    graph.connect({input, convolution, 0});
    graph.connect({convolution, flatten, 0});
    graph.connect({flatten, last, 0});
    graph.connect({last, end, 0});
    return graph;
}

/// Inputs x and kind, joined, give the price.
ModelGraph mixedNetwork()
{
    ModelGraph graph;
    const BlockId x = graph.addBlock(u"input"_s, {}, {{u"feature"_s, u"x"_s}});
    const BlockId kind = graph.addBlock(u"input"_s, {}, {{u"feature"_s, u"kind"_s}});
    const BlockId joined = graph.addBlock(u"concatenate"_s);
    const BlockId last = graph.addBlock(u"dense"_s, {}, {{u"activation"_s, u"linear"_s}});
    const BlockId end = graph.addBlock(
        u"target"_s, {}, {{u"feature"_s, u"price"_s}, {u"loss"_s, u"mean_squared_error"_s}});
    graph.connect({x, joined, 0});
    graph.connect({kind, joined, 1});
    graph.connect({joined, last, 0});
    graph.connect({last, end, 0});
    return graph;
}

} // namespace

/// What a network says of a row of its dataset, it must say of the same values from outside.
class TestPredictor final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();

    void refusesToBegin_data();
    void refusesToBegin();
    void refusedValues_data();
    void refusedValues();
    void refusedFiles_data();
    void refusedFiles();
    void refusesFilesWithoutAnImageInput();

    void classesLikeTheDataset();
    void binaryLikeTheDataset_data();
    void binaryLikeTheDataset();
    void numbersInTheirUnits();
    void numbersAsText_data();
    void numbersAsText();
    void imagesLikeTheDataset_data();
    void imagesLikeTheDataset();
    void filesLikeImages_data();
    void filesLikeImages();
    void turnsPhotographs();
    void transparentFilesLikeAnImport();

    void refusedTables_data();
    void refusedTables();
    void tablesLikeTheDataset();
    void rowsThatCannotBeRead();
    void tablesThatNameImages();

private:
    struct Model {
        std::unique_ptr<Executor> executor;
        std::unique_ptr<Predictor> predictor;
        QList<ColumnRequest> columns;
    };
    [[nodiscard]] static Model modelOf(const ModelGraph& graph,
                                       const std::shared_ptr<const Dataset>& dataset);
    [[nodiscard]] static std::vector<float> outputsOf(const Model& model, const Dataset& dataset,
                                                      RowIndex row);
    [[nodiscard]] QVariant placeOf(RowIndex row) const;

    /// Where no content is given, there is no file.
    [[nodiscard]] QString writeTable(const QByteArray& content) const
    {
        const QString path = m_folder.filePath(u"table.csv"_s);
        QFile file(path);
        if (content.isEmpty())
            file.remove(path);
        else if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("no file");
        return path;
    }

    QTemporaryDir m_folder;
    std::shared_ptr<const Dataset> m_blobs;
    std::shared_ptr<const Dataset> m_grey;
    std::shared_ptr<const Dataset> m_color;
};

void TestPredictor::initTestCase()
{
    m_blobs = makeBlobs(m_folder.path(), 24);
    m_grey = makeImages(m_folder.path(), 1);
    m_color = makeImages(m_folder.path(), 3);
}

/// Executor and predictor with the same weights, other than those the predictor would start with.
TestPredictor::Model TestPredictor::modelOf(const ModelGraph& graph,
                                            const std::shared_ptr<const Dataset>& dataset)
{
    Model model;
    ExecutorOptions options;
    options.seed = 21;
    options.threads = 1;
    model.executor = need(createExecutor(graph, dataset->features(), options));
    const Checkpoint checkpoint{need(model.executor->state()), {}};
    options.seed = 1;
    model.predictor = need(Predictor::create(graph, dataset, checkpoint, options));
    model.columns =
        executorColumns(graph, analyzeGraph(graph, dataset->features()), dataset->features());
    return model;
}

std::vector<float> TestPredictor::outputsOf(const Model& model, const Dataset& dataset,
                                            RowIndex row)
{
    const Batch batch = need(gatherBatch(dataset, model.columns, std::span(&row, 1)));
    return need(model.executor->predict(batch)).values;
}

/// The place of a blob as it is in the source.
QVariant TestPredictor::placeOf(RowIndex row) const
{
    const int column = m_blobs->store().columnIndex(u"x"_s);
    const auto* values = reinterpret_cast<const float*>(m_blobs->store().tensor(column).data());
    return QVariantList{values[row * 2], values[row * 2 + 1]};
}

void TestPredictor::refusesToBegin_data()
{
    QTest::addColumn<bool>("complete");
    QTest::addColumn<QString>("named");
    QTest::newRow("incomplete graph") << false << u"The model cannot predict: "_s;
    QTest::newRow("checkpoint of another graph") << true << u"weights do not fit"_s;
}

void TestPredictor::refusesToBegin()
{
    QFETCH(bool, complete);
    QFETCH(QString, named);
    const Checkpoint other{{{u"99.weight"_s, TensorType::Float32, {1}, "1234"}}, {}};
    const auto predictor =
        Predictor::create(complete ? classNetwork() : ModelGraph(), m_blobs, other);
    QVERIFY(!predictor);
    QVERIFY2(predictor.error().message.contains(named), qPrintable(predictor.error().message));
    QVERIFY(predictor.error().message.endsWith(u'.'));
}

void TestPredictor::refusedValues_data()
{
    QTest::addColumn<QVariant>("x");
    QTest::addColumn<QVariant>("kind");
    QTest::addColumn<QString>("sentence");
    const QVariant left = u"left"_s;
    const QVariant place = QVariantList{1, 2};
    QTest::newRow("missing") << QVariant() << left << u"A value for \"x\" is missing."_s;
    QTest::newRow("one of two") << QVariant(3.5) << left << u"\"x\" takes 2 numbers, not 1."_s;
    QTest::newRow("three of two") << QVariant(QVariantList{1, 2, 3}) << left
                                  << u"\"x\" takes 2 numbers, not 3."_s;
    QTest::newRow("no number") << QVariant(u"1; two"_s) << left
                               << u"\"x\" takes 2 numbers, not \"two\"."_s;
    QTest::newRow("not finite") << QVariant(u"1 nan"_s) << left
                                << u"\"x\" takes 2 numbers, not \"nan\"."_s;
    QTest::newRow("unknown class")
        << place << QVariant(u"above"_s) << u"\"kind\" takes one of left, right, not \"above\"."_s;
    QTest::newRow("missing class") << place << QVariant() << u"A value for \"kind\" is missing."_s;
}

void TestPredictor::refusedValues()
{
    QFETCH(QVariant, x);
    QFETCH(QVariant, kind);
    QFETCH(QString, sentence);
    const Model model = modelOf(mixedNetwork(), m_blobs);
    const auto result = model.predictor->predict({{u"x"_s, x}, {u"kind"_s, kind}});
    QVERIFY(!result);
    QCOMPARE(result.error(), (Error{ErrorCode::InvalidInput, sentence}));
}

void TestPredictor::refusedFiles_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("begin");
    QTest::newRow("missing") << u"missing.png"_s << QByteArray() << ErrorCode::NotFound
                             << u"There is no file "_s;
    QTest::newRow("folder") << u"."_s << QByteArray() << ErrorCode::NotFound
                            << u"There is no file "_s;
    QTest::newRow("text") << u"text.png"_s << QByteArray("hello") << ErrorCode::InvalidInput
                          << u"Could not read "_s;
    QTest::newRow("cut off") << u"cut.png"_s << QByteArray("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16)
                             << ErrorCode::InvalidInput << u"Could not read "_s;
}

void TestPredictor::refusedFiles()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, content);
    QFETCH(ErrorCode, code);
    QFETCH(QString, begin);
    QTemporaryDir folder;
    const QString path = folder.filePath(name);
    if (!content.isEmpty()) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
    }
    const Model model = modelOf(imageNetwork(), m_grey);
    const auto result = model.predictor->predictFile(path);
    QVERIFY(!result);
    QCOMPARE(result.error().code, code);
    QVERIFY2(result.error().message.startsWith(begin), qPrintable(result.error().message));
    QVERIFY(result.error().message.contains(name) || name == u".");
    const auto noImage = model.predictor->predict({{u"picture"_s, path}});
    QVERIFY(!noImage);
    QVERIFY(noImage.error().message.startsWith(u"\"picture\" takes an image"));
}

void TestPredictor::refusesFilesWithoutAnImageInput()
{
    const Model model = modelOf(mixedNetwork(), m_blobs);
    const auto result = model.predictor->predictFile(u"any.png"_s);
    QVERIFY(!result);
    QVERIFY(result.error().message.contains(u"reads x, kind: give it a csv"_s));
}

void TestPredictor::classesLikeTheDataset()
{
    const Model model = modelOf(classNetwork(), m_blobs);
    QCOMPARE(model.predictor->inputs(), QStringList{u"x"_s});
    for (RowIndex row = 0; row < 24; ++row) {
        const auto result =
            model.predictor->predict({{u"x"_s, placeOf(row)}, {u"other"_s, u"ignored"_s}});
        QVERIFY2(result, result ? "" : qPrintable(result.error().message));
        const std::vector<float> outputs = outputsOf(model, *m_blobs, row);
        QCOMPARE(result->classes.size(), 2);
        QVERIFY(result->values.isEmpty());
        QVERIFY(result->classes[0].probability >= result->classes[1].probability);
        QCOMPARE(result->classes[0].name, predictedClass(outputs) == 0 ? u"left"_s : u"right"_s);
        QCOMPARE(float(result->classes[0].probability), std::ranges::max(outputs));
    }
}

void TestPredictor::binaryLikeTheDataset_data()
{
    QTest::addColumn<QString>("loss");
    QTest::addColumn<QString>("activation");
    QTest::newRow("probability") << u"binary_crossentropy"_s << u"sigmoid"_s;
    QTest::newRow("-1 to 1") << u"squared_hinge"_s << u"tanh"_s;
}

void TestPredictor::binaryLikeTheDataset()
{
    QFETCH(QString, loss);
    QFETCH(QString, activation);
    const Model model = modelOf(makeNetwork(u"kind"_s, loss, activation), withBinaryKind(m_blobs));
    const bool hinge = loss == u"squared_hinge";
    for (RowIndex row = 0; row < 24; ++row) {
        const auto result = model.predictor->predict({{u"x"_s, placeOf(row)}});
        QVERIFY2(result, result ? "" : qPrintable(result.error().message));
        const float output = outputsOf(model, *withBinaryKind(m_blobs), row).front();
        const double positive = hinge ? (double(output) + 1) / 2 : double(output);
        const bool right = positive >= 0.5;
        QCOMPARE(result->classes.size(), 2);
        QCOMPARE(result->classes[0].name, right ? u"right"_s : u"left"_s);
        QVERIFY(qAbs(result->classes[0].probability - (right ? positive : 1 - positive)) < 1e-6);
        QVERIFY(qAbs(result->classes[0].probability + result->classes[1].probability - 1) < 1e-6);
    }
}

void TestPredictor::numbersInTheirUnits()
{
    const Model model = modelOf(mixedNetwork(), m_blobs);
    QCOMPARE(model.predictor->inputs(), (QStringList{u"x"_s, u"kind"_s}));
    const FeatureStatistics price = need(m_blobs->statistics(m_blobs->featureIndex(u"price"_s)));
    for (RowIndex row = 0; row < 24; ++row) {
        const auto result = model.predictor->predict(
            {{u"x"_s, placeOf(row)}, {u"kind"_s, row % 3 == 0 ? u"right"_s : u"left"_s}});
        QVERIFY2(result, result ? "" : qPrintable(result.error().message));
        const double output = double(outputsOf(model, *m_blobs, row).front());
        QCOMPARE(result->values, QList{float(price.mean + price.deviation * output)});
        QVERIFY(result->classes.isEmpty());
    }
}

void TestPredictor::numbersAsText_data()
{
    QTest::addColumn<QVariant>("x");
    QTest::newRow("list of texts") << QVariant(QStringList{u" 0.25"_s, u"-1e0"_s});
    QTest::newRow("spaces") << QVariant(u" 0.25  -1 "_s);
    QTest::newRow("commas") << QVariant(u"0.25, -1"_s);
    QTest::newRow("semicolons") << QVariant(u"0.25;-1.0"_s);
}

void TestPredictor::numbersAsText()
{
    QFETCH(QVariant, x);
    const Model model = modelOf(classNetwork(), m_blobs);
    const auto numbers = model.predictor->predict({{u"x"_s, QVariantList{0.25, -1}}});
    const auto text = model.predictor->predict({{u"x"_s, x}});
    QVERIFY(numbers);
    QVERIFY2(text, text ? "" : qPrintable(text.error().message));
    QCOMPARE(text->classes[0].probability, numbers->classes[0].probability);
}

void TestPredictor::imagesLikeTheDataset_data()
{
    QTest::addColumn<bool>("color");
    QTest::newRow("grey") << false;
    QTest::newRow("colour") << true;
}

void TestPredictor::imagesLikeTheDataset()
{
    QFETCH(bool, color);
    const auto& dataset = color ? m_color : m_grey;
    const Model model = modelOf(imageNetwork(), dataset);
    for (RowIndex row = 0; row < 12; ++row) {
        const QImage image = need(dataset->cellImage(dataset->featureIndex(u"picture"_s), row));
        const auto result = model.predictor->predict({{u"picture"_s, image}});
        QVERIFY2(result, result ? "" : qPrintable(result.error().message));
        QCOMPARE(float(result->classes[0].probability),
                 std::ranges::max(outputsOf(model, *dataset, row)));
    }
}

void TestPredictor::filesLikeImages_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("png") << u"image.png"_s;
    QTest::newRow("bmp") << u"image.bmp"_s;
    QTest::newRow("wrong ending") << u"image.jpg"_s;
}

void TestPredictor::filesLikeImages()
{
    QFETCH(QString, name);
    QTemporaryDir folder;
    const Model model = modelOf(imageNetwork(), m_color);
    const QImage image = need(m_color->cellImage(m_color->featureIndex(u"picture"_s), 3));
    const char* format = name.endsWith(u".bmp") ? "BMP" : "PNG";
    QVERIFY(image.save(folder.filePath(name), format));
    const auto file = model.predictor->predictFile(folder.filePath(name));
    QVERIFY2(file, file ? "" : qPrintable(file.error().message));
    const auto direct = model.predictor->predict({{u"picture"_s, image}});
    QCOMPARE(file->classes[0].name, direct->classes[0].name);
    QCOMPARE(file->classes[0].probability, direct->classes[0].probability);
}

void TestPredictor::turnsPhotographs()
{
    QTemporaryDir folder;
    QImage image(8, 8, QImage::Format_Grayscale8);
    for (int y = 0; y < 8; ++y)
        for (int x = 0; x < 8; ++x)
            image.setPixelColor(x, y, x < 4 ? Qt::white : Qt::black);
    QImageWriter writer(folder.filePath(u"photo.jpg"_s), "JPEG");
    writer.setQuality(100);
    writer.setTransformation(QImageIOHandler::TransformationRotate90);
    QVERIFY(writer.write(image));

    const Model model = modelOf(imageNetwork(), m_grey);
    const auto probabilityOfLeft = [](const Result<PredictedExample>& result) {
        const auto& classes = need(result).classes;
        return std::ranges::find(classes, u"left"_s, &ClassProbability::name)->probability;
    };
    const double file = probabilityOfLeft(model.predictor->predictFile(writer.fileName()));
    const double turned = probabilityOfLeft(
        model.predictor->predict({{u"picture"_s, image.transformed(QTransform().rotate(90))}}));
    const double asStored = probabilityOfLeft(model.predictor->predict({{u"picture"_s, image}}));
    QVERIFY2(qAbs(file - turned) < 0.02, qPrintable(u"%1 %2"_s.arg(file).arg(turned)));
    QVERIFY2(qAbs(turned - asStored) > 0.05, qPrintable(u"%1 %2"_s.arg(turned).arg(asStored)));
}

void TestPredictor::transparentFilesLikeAnImport()
{
    QTemporaryDir folder;
    QImage image(8, 8, QImage::Format_ARGB32);
    image.fill(Qt::transparent);
    QVERIFY(image.save(folder.filePath(u"glass.png"_s)));
    QImage white(8, 8, QImage::Format_RGB888);
    white.fill(Qt::white);
    const Model model = modelOf(imageNetwork(), m_color);
    QCOMPARE(
        need(model.predictor->predictFile(folder.filePath(u"glass.png"_s))).classes[0].probability,
        need(model.predictor->predict({{u"picture"_s, white}})).classes[0].probability);
}

void TestPredictor::refusedTables_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("part");
    QTest::newRow("none") << QByteArray() << u"There is no file"_s;
    QTest::newRow("other columns") << QByteArray("a,b\n1,2\n")
                                   << u"has no column “x”, “kind”, which the model reads; its "
                                      "columns are “a”, “b”."_s;
    QTest::newRow("one column less") << QByteArray("x,KIND\n1,2\n") << u"no column “kind”"_s;
    QTest::newRow("no text") << QByteArray("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16) << u"table.csv"_s;
}

void TestPredictor::refusedTables()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, part);
    const Model model = modelOf(mixedNetwork(), m_blobs);
    const auto table = ExampleTable::open(writeTable(content), model.predictor->inputFeatures());
    QVERIFY(!table);
    QVERIFY2(table.error().message.contains(part), qPrintable(table.error().message));
    QVERIFY(table.error().message.endsWith(u'.'));
}

void TestPredictor::tablesLikeTheDataset()
{
    const Model model = modelOf(mixedNetwork(), m_blobs);
    QByteArray content = "note;kind ; x\n";
    for (RowIndex row = 0; row < 24; ++row)
        content += "any;" + QByteArray(row % 3 == 0 ? "right;" : "left;") +
                   placeOf(row).toList()[0].toString().toUtf8() + ' ' +
                   placeOf(row).toList()[1].toString().toUtf8() + "\r\n";
    const auto table =
        need(ExampleTable::open(writeTable(content), model.predictor->inputFeatures()));
    for (RowIndex row = 0; row < 24; ++row) {
        const auto example = need(table->next());
        QCOMPARE(example->row, qint64(row) + 1);
        const auto direct = need(model.predictor->predict(
            {{u"x"_s, placeOf(row)}, {u"kind"_s, row % 3 == 0 ? u"right"_s : u"left"_s}}));
        QVERIFY(qAbs(need(model.predictor->predict(need(example->values))).values[0] -
                     direct.values[0]) < 1e-3F);
    }
    QVERIFY(!need(table->next()));
}

void TestPredictor::rowsThatCannotBeRead()
{
    const QList<FeatureDescription> inputs{{u"price"_s, Encoding::Numeric, {1}, {}}};
    const auto table =
        need(ExampleTable::open(writeTable("note;price\nshort\n\"wrong;2\nfine;1,5\n"), inputs));
    QString problem = need(table->next())->values.error().message;
    QVERIFY2(problem.contains(u"row 1 has 1 cells, but the table has 2 columns."_s),
             qPrintable(problem));
    problem = need(table->next())->values.error().message;
    QVERIFY2(problem.contains(u"row 2: its quotation marks"_s), qPrintable(problem));
    QCOMPARE(need(need(table->next())->values).value(u"price"_s).toString(), u"1.5"_s);
    QVERIFY(!need(table->next()));
}

void TestPredictor::tablesThatNameImages()
{
    const Model model = modelOf(imageNetwork(), m_color);
    const QImage image = need(m_color->cellImage(m_color->featureIndex(u"picture"_s), 3));
    const QString path = writeTable("picture\nimages/3.png\nimages/4.png\n");
    const QDir folder = QFileInfo(path).dir();
    QVERIFY(folder.mkpath(u"images"_s) && image.save(folder.filePath(u"images/3.png"_s)));
    const auto table = need(ExampleTable::open(path, model.predictor->inputFeatures()));
    const auto result = need(model.predictor->predict(need(need(table->next())->values)));
    QCOMPARE(result.classes[0].probability,
             need(model.predictor->predict({{u"picture"_s, image}})).classes[0].probability);
    const QString problem = need(table->next())->values.error().message;
    QVERIFY2(problem.contains(u"row 2: There is no file"_s), qPrintable(problem));
}

QTEST_GUILESS_MAIN(TestPredictor)
#include "tst_predictor.moc"
