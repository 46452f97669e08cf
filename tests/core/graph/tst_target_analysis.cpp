#include "core/graph/following_block.h"
#include "core/graph/graph_analysis.h"
#include "core/graph/losses.h"
#include "tests/core/graph/graph_samples.h"

#include <QTest>

using namespace espalier;
using namespace Qt::StringLiterals;

namespace {

QList<FeatureDescription> features()
{
    QStringList many;
    for (int i = 0; i < 12; ++i)
        many.append(QString::number(i));
    return {{u"image"_s, Encoding::Image, {8, 8, 3}, {}},
            {u"category"_s, Encoding::Categorical, {12}, many},
            {u"only"_s, Encoding::Categorical, {1}, {u"x"_s}},
            {u"clean"_s, Encoding::Binary, {1}, {u"no"_s, u"yes"_s}},
            {u"always"_s, Encoding::Binary, {1}, {u"yes"_s}},
            {u"price"_s, Encoding::Numeric, {1}, {}},
            {u"sizes"_s, Encoding::Numeric, {3}, {}},
            {u"grid"_s, Encoding::Numeric, {8, 8, 2}, {}}};
}

/// Input (image) -> Flatten -> `middle` -> Target of `feature` and `loss`.
ModelGraph model(const QString& feature, Loss loss, const QList<Link>& middle)
{
    return chainOf(
        QList<Link>{{u"input"_s, {{u"feature"_s, u"image"_s}}}, {u"flatten"_s, {}}} + middle +
        QList<Link>{{u"target"_s, {{u"feature"_s, feature}, {u"loss"_s, enumKey(loss)}}}});
}

Link dense(Activation activation, int nodes = 0)
{
    ParameterValues values{{u"activation"_s, enumKey(activation)}};
    if (nodes > 0)
        values.insert(u"nodes"_s, nodes);
    return {u"dense"_s, values};
}

/// What is wrong or advised, without what is done.
QStringList problemsOf(const GraphAnalysis& analysis)
{
    return linesOf(analysis).filter(QRegularExpression(u"^(error|warning|hint) "_s));
}

} // namespace

class TargetAnalysisTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void follows_data();
    void follows();
    void doesNotFollow_data();
    void doesNotFollow();
    void reports_data();
    void reports();
    void saysWhatIsLearned_data();
    void saysWhatIsLearned();
    void lastActivation_data();
    void lastActivation();
    void every1x1Fits();

private:
    void addMismatches();
    void addLosses();
    void addActivations();
};

void TargetAnalysisTest::follows_data()
{
    QTest::addColumn<QString>("feature");
    QTest::addColumn<QList<Link>>("behind");
    QTest::addColumn<int>("nodes");

    QTest::newRow("classes") << u"category"_s << QList<Link>{} << 12;
    QTest::newRow("binary") << u"clean"_s << QList<Link>{} << 1;
    QTest::newRow("number") << u"price"_s << QList<Link>{} << 1;
    QTest::newRow("numbers") << u"sizes"_s << QList<Link>{} << 3;
    QTest::newRow("unknown") << u"colour"_s << QList<Link>{} << 10;
    QTest::newRow("through Activation")
        << u"category"_s << QList<Link>{{u"activation"_s, {}}} << 12;
    QTest::newRow("through others")
        << u"category"_s
        << QList<Link>{{u"batch_normalization"_s, {}}, {u"dropout"_s, {}}, {u"flatten"_s, {}}}
        << 12;
    QTest::newRow("through Reshape")
        << u"grid"_s << QList<Link>{{u"reshape"_s, {{u"target_shape"_s, u"8×8×2"_s}}}} << 128;
}

void TargetAnalysisTest::follows()
{
    QFETCH(QString, feature);
    QFETCH(QList<Link>, behind);
    QFETCH(int, nodes);
    const ModelGraph graph =
        model(feature, Loss::MeanSquaredError, QList<Link>{dense(Activation::Linear)} + behind);
    const GraphAnalysis analysis = analyzeGraph(graph, features());
    QCOMPARE(followingBlock(graph, *analysis.target), BlockId(3));
    QCOMPARE(analysis.blocks[BlockId(3)].parameters.integer(u"nodes"_s), nodes);
    QCOMPARE(analysis.blocks[BlockId(3)].output, Shape({nodes}));
}

void TargetAnalysisTest::doesNotFollow_data()
{
    QTest::addColumn<QList<Link>>("middle");
    QTest::addColumn<int>("nodes");

    const Link relu = dense(Activation::ReLU);
    QTest::newRow("set") << QList<Link>{dense(Activation::Softmax, 7)} << 7;
    QTest::newRow("set to the default") << QList<Link>{dense(Activation::Softmax, 32)} << 32;
    QTest::newRow("another Dense behind")
        << QList<Link>{relu, dense(Activation::Softmax, 12)} << 32;
    QTest::newRow("pooling behind") << QList<Link>{relu,
                                                   {u"reshape"_s, {{u"target_shape"_s, u"32×1"_s}}},
                                                   {u"max_pooling1d"_s, {}}}
                                    << 32;
}

void TargetAnalysisTest::doesNotFollow()
{
    QFETCH(QList<Link>, middle);
    QFETCH(int, nodes);
    const GraphAnalysis analysis =
        analyzeGraph(model(u"category"_s, Loss::CategoricalCrossentropy, middle), features());
    QCOMPARE(analysis.blocks[BlockId(3)].parameters.integer(u"nodes"_s), nodes);
}

namespace {

void row(const char* name, const ModelGraph& graph, const QStringList& problems)
{
    QTest::newRow(name) << graph << problems;
}

} // namespace

void TargetAnalysisTest::reports_data()
{
    QTest::addColumn<ModelGraph>("graph");
    QTest::addColumn<QStringList>("problems");
    addMismatches();
    addLosses();
    addActivations();
}

void TargetAnalysisTest::addMismatches()
{
    using enum Loss;
    const Link softmax = dense(Activation::Softmax);
    row("nodes", model(u"category"_s, CategoricalCrossentropy, {dense(Activation::Softmax, 10)}),
        {u"error Dense: has 10 nodes, 'category' has 12 classes"_s});
    row("one node", model(u"category"_s, CategoricalCrossentropy, {dense(Activation::Sigmoid, 1)}),
        {u"error Dense: has 1 node, 'category' has 12 classes"_s,
         u"warning Dense: the last activation Sigmoid does not fit Categorical crossentropy; "
         "choose Softmax"_s});
    row("binary", model(u"clean"_s, BinaryCrossentropy, {dense(Activation::Sigmoid, 2)}),
        {u"error Dense: has 2 nodes, 'clean' needs 1"_s});
    row("numbers", model(u"sizes"_s, MeanSquaredError, {dense(Activation::Linear, 4)}),
        {u"error Dense: has 4 nodes, 'sizes' has 3 values"_s});
    row("number", model(u"price"_s, MeanSquaredError, {dense(Activation::Linear, 4)}),
        {u"error Dense: has 4 nodes, 'price' has 1 value"_s});
    row("no Dense", model(u"category"_s, MeanSquaredError, {{u"dropout"_s, {}}}),
        {u"error Target: gets 192, 'category' has 12 classes; put a Dense block before it"_s,
         u"error Target: Mean squared error does not take 'category', which is Categorical; "
         "choose Categorical crossentropy"_s});
    row("Dense on an image",
        chainOf({{u"input"_s, {{u"feature"_s, u"image"_s}}},
                 softmax,
                 {u"target"_s, {{u"feature"_s, u"category"_s}}}}),
        {u"error Target: gets 8×8×12, 'category' has 12 classes; put a Flatten or a Global pooling "
         "block before Dense"_s});
    row("one class", model(u"only"_s, CategoricalCrossentropy, {dense(Activation::Sigmoid)}),
        {u"error Target: 'only' has one class only, so there is nothing to learn; choose another "
         "feature"_s,
         u"warning Dense: the last activation Sigmoid does not fit Categorical crossentropy; "
         "choose Softmax"_s});
    row("one of two", model(u"always"_s, BinaryCrossentropy, {dense(Activation::Sigmoid)}),
        {u"error Target: 'always' has one class only, so there is nothing to learn; choose another "
         "feature"_s});
}

void TargetAnalysisTest::addLosses()
{
    using enum Loss;
    row("numbers as classes",
        model(u"price"_s, CategoricalCrossentropy, {dense(Activation::Softmax)}),
        {u"error Target: Categorical crossentropy does not take 'price', which is Numeric; choose "
         "Mean squared error"_s});
    row("yes or no as classes",
        model(u"clean"_s, CategoricalCrossentropy, {dense(Activation::Sigmoid)}),
        {u"error Target: Categorical crossentropy does not take 'clean', which is Binary; choose "
         "Binary crossentropy"_s});
    row("counts of classes", model(u"category"_s, Poisson, {dense(Activation::ReLU)}),
        {u"error Target: Poisson does not take 'category', which is Categorical; choose "
         u"Categorical "
         "crossentropy"_s});
    row("image",
        model(u"image"_s, MeanSquaredError,
              {dense(Activation::Linear), {u"reshape"_s, {{u"target_shape"_s, u"8×8×3"_s}}}}),
        {u"error Target: Mean squared error does not take 'image', which is Image; no loss does; "
         "choose another feature"_s,
         u"warning Input: reads 'image', which the network shall learn to predict"_s});

    ModelGraph weighted = model(u"price"_s, MeanSquaredError, {dense(Activation::Linear)});
    weighted.setParameter(BlockId(4), u"use_class_weights"_s, true);
    row("weights of numbers", weighted,
        {u"warning Target: class weights are not used: 'price' has no classes"_s});
}

void TargetAnalysisTest::addActivations()
{
    using enum Loss;
    row("crossentropy, Softmax",
        model(u"category"_s, CategoricalCrossentropy, {dense(Activation::Softmax)}), {});
    row("crossentropy, ReLU",
        model(u"category"_s, CategoricalCrossentropy, {dense(Activation::ReLU)}),
        {u"error Dense: the last activation ReLU does not fit Categorical crossentropy; choose "
         "Softmax"_s});
    row("binary, Sigmoid", model(u"clean"_s, BinaryCrossentropy, {dense(Activation::Sigmoid)}), {});
    row("binary, Softmax", model(u"clean"_s, BinaryCrossentropy, {dense(Activation::Softmax)}),
        {u"error Dense: the last activation Softmax of one value is always 1; choose Sigmoid"_s});
    row("several labels", model(u"category"_s, BinaryCrossentropy, {dense(Activation::Sigmoid)}),
        {});
    row("several labels, Softmax",
        model(u"category"_s, BinaryCrossentropy, {dense(Activation::Softmax)}),
        {u"warning Dense: the last activation Softmax does not fit Binary crossentropy; choose "
         "Sigmoid"_s});
    row("hinge, TanH", model(u"clean"_s, SquaredHinge, {dense(Activation::TanH)}), {});
    row("hinge, Sigmoid", model(u"clean"_s, SquaredHinge, {dense(Activation::Sigmoid)}),
        {u"warning Dense: the last activation Sigmoid does not fit Squared hinge; choose TanH"_s});
    row("squares, Softmax", model(u"sizes"_s, MeanSquaredError, {dense(Activation::Softmax)}),
        {u"warning Dense: the last activation Softmax does not fit Mean squared error; choose "
         "Linear"_s});
    row("squares, ReLU", model(u"price"_s, MeanSquaredError, {dense(Activation::ReLU)}),
        {u"hint Dense: the last activation ReLU gives 0 and above; Linear gives any number"_s});
    row("absolute, TanH", model(u"price"_s, MeanAbsoluteError, {dense(Activation::TanH)}),
        {u"hint Dense: the last activation TanH gives −1 to 1; Linear gives any number"_s});
    row("logarithms, Linear",
        model(u"price"_s, MeanSquaredLogarithmicError, {dense(Activation::Linear)}),
        {u"warning Dense: the last activation Linear does not fit Mean squared logarithmic error; "
         "choose ReLU"_s});
    row("counts, Linear", model(u"price"_s, Poisson, {dense(Activation::Linear)}),
        {u"error Dense: the last activation Linear does not fit Poisson; choose ReLU"_s});
    row("counts, ReLU", model(u"price"_s, Poisson, {dense(Activation::ReLU)}), {});
}

void TargetAnalysisTest::reports()
{
    QFETCH(ModelGraph, graph);
    QFETCH(QStringList, problems);
    const GraphAnalysis analysis = analyzeGraph(graph, features());
    QCOMPARE(problemsOf(analysis), problems);
    QCOMPARE(analysis.canRun(), problems.filter(u"error "_s).isEmpty());
}

void TargetAnalysisTest::saysWhatIsLearned_data()
{
    QTest::addColumn<QString>("feature");
    QTest::addColumn<QString>("line");

    QTest::newRow("classes") << u"category"_s << u"done Target: learns category (12 classes)"_s;
    QTest::newRow("binary") << u"clean"_s << u"done Target: learns clean (no or yes)"_s;
    QTest::newRow("number") << u"price"_s << u"done Target: learns price (1 value)"_s;
    QTest::newRow("numbers") << u"sizes"_s << u"done Target: learns sizes (3 values)"_s;
    QTest::newRow("grid") << u"grid"_s << u"done Target: learns grid (8×8×2)"_s;
}

void TargetAnalysisTest::saysWhatIsLearned()
{
    QFETCH(QString, feature);
    QFETCH(QString, line);
    const GraphAnalysis analysis = analyzeGraph(
        model(feature, Loss::MeanSquaredError, {dense(Activation::Linear)}), features());
    QVERIFY(linesOf(analysis).contains(line));
}

void TargetAnalysisTest::lastActivation_data()
{
    QTest::addColumn<QList<Link>>("behind"); // of Dense Softmax
    QTest::addColumn<QString>("problem");

    const QString none;
    QTest::newRow("Dropout") << QList<Link>{{u"dropout"_s, {}}} << none;
    QTest::newRow("Linear after it")
        << QList<Link>{{u"activation"_s, {{u"activation"_s, u"linear"_s}}}} << none;
    QTest::newRow("ReLU after it")
        << QList<Link>{{u"activation"_s, {}}}
        << u"error Activation: the last activation ReLU does not fit Categorical crossentropy; "
           "choose Softmax"_s;
    QTest::newRow("normalized after it")
        << QList<Link>{{u"batch_normalization"_s, {}}}
        << u"error Batch normalization: the last activation Linear does not fit Categorical "
           "crossentropy; choose Softmax"_s;
}

void TargetAnalysisTest::lastActivation()
{
    QFETCH(QList<Link>, behind);
    QFETCH(QString, problem);
    const GraphAnalysis analysis =
        analyzeGraph(model(u"category"_s, Loss::CategoricalCrossentropy,
                           QList<Link>{dense(Activation::Softmax)} + behind),
                     features());
    QCOMPARE(problemsOf(analysis).join(QChar(u'\n')), problem);
}

void TargetAnalysisTest::every1x1Fits()
{
    const GraphAnalysis analysis =
        analyzeGraph(chainOf({{u"input"_s, {{u"feature"_s, u"image"_s}}},
                              {u"conv2d"_s, {{u"filters"_s, 12}, {u"activation"_s, u"softmax"_s}}},
                              {u"global_average_pooling2d"_s, {}},
                              {u"target"_s, {{u"feature"_s, u"category"_s}}}}),
                     features());
    QCOMPARE(problemsOf(analysis), QStringList());
    QCOMPARE(analysis.blocks[BlockId(4)].inputs.first(), Shape({1, 1, 12}));
}

QTEST_GUILESS_MAIN(TargetAnalysisTest)
#include "tst_target_analysis.moc"
