#include "tests/integration/window/tutorial_walk.h"

#include "tests/integration/window/hands.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

#define DO(step) QVERIFY2(hands.step, qPrintable(hands.failure()))
#define THEN(part)                                                                                 \
    part;                                                                                          \
    if (QTest::currentTestFailed())                                                                \
    return

const QString Blocks = u"Blocks and snippets"_s;

void createProject(Hands& hands, const TutorialPlan& plan)
{
    hands.picture(plan.pictures + u"01-projects"_s);
    DO(press(u"New project"_s));
    DO(fill(u"Name"_s, u"Classifying clothes"_s));
    DO(press(u"Create"_s));
    DO(waitFor(u"No datasets yet"_s));
}

void importDataset(Hands& hands, const TutorialPlan& plan)
{
    DO(press(u"New dataset"_s));
    DO(press(u"Import files"_s));
    DO(fill(u"Link or path"_s, plan.link.toString()));
    DO(press(u"Import"_s));
    hands.picture(plan.pictures + u"02-import"_s);
    QVERIFY2(hands.waitUntil([&] { return hands.isEnabled(u"Next"_s); }, plan.importTime),
             "the import does not end");
    DO(press(u"Next"_s));
    DO(fill(u"Name"_s, u"FashionMNIST"_s));
    hands.picture(plan.pictures + u"03-name"_s);
    DO(press(u"Done"_s));
    QVERIFY2(hands.waitUntil([&] { return hands.sees(plan.rows + u" · 2 features"_s); },
                             plan.importTime),
             "the rows are not there");
    DO(waitFor(u"80 %"_s)); // Training
    DO(waitFor(plan.subsetRows));
    DO(waitFor(plan.shape));
    hands.picture(plan.pictures + u"04-dataset"_s);
    DO(press(u"Save version"_s));
    DO(waitFor(u"Version 1 is saved"_s));
    hands.picture(plan.pictures + u"05-saved"_s);
}

void designModel(Hands& hands, const TutorialPlan& plan)
{
    DO(press(u"Modeling"_s));
    DO(press(u"New experiment"_s));
    DO(fill(u"Name"_s, u"CNN"_s));
    DO(press(u"Create"_s));
    DO(press(u"Settings"_s));
    QCOMPARE(hands.valueOf(u"Dataset"_s), u"FashionMNIST, version 1"_s);
    DO(press(u"Build"_s));
    DO(pick(Blocks, u"Snippets"_s));
    DO(pick(Blocks, u"CNN"_s));
    DO(waitFor(u"Input: choose a feature"_s));
    DO(waitFor(u"2 errors left"_s));
    QVERIFY(!hands.isEnabled(u"Run"_s));
    hands.picture(plan.pictures + u"06-snippet"_s);
    DO(selectBlock(u"Input"_s));
    DO(choose(u"Feature"_s, u"image"_s));
    DO(selectBlock(u"Target"_s));
    DO(choose(u"Feature"_s, u"category"_s));
    QCOMPARE(hands.valueOf(u"Loss"_s), u"Categorical crossentropy"_s);
    DO(selectBlock(u"Dense 2"_s));
    QCOMPARE(hands.valueOf(u"Nodes"_s), plan.nodes);
    QCOMPARE(hands.valueOf(u"Activation"_s), u"Softmax"_s);
    hands.picture(plan.pictures + u"07-model"_s);
}

void run(Hands& hands, const TutorialPlan& plan)
{
    DO(press(u"Settings"_s));
    DO(fill(u"Epochs"_s, plan.epochs));
    DO(fill(u"Batch size"_s, plan.batchSize));
    hands.picture(plan.pictures + u"08-settings"_s);
    DO(press(u"Run"_s));
}

void analyze(Hands& hands, const TutorialPlan& plan, double& bestAccuracy)
{
    DO(press(u"Evaluation"_s));
    DO(pick(u"Experiments"_s, u"CNN"_s));
    DO(press(u"Curves"_s));
    DO(waitFor(u"Batch curve"_s));
    QVERIFY2(hands.waitUntil(
                 [&] { return hands.valueBeside(u"Experiments"_s, u"CNN"_s).toDouble() > 0; },
                 plan.runTime),
             "no epoch ends");
    hands.picture(plan.pictures + u"09-running"_s);
    QVERIFY2(hands.waitUntil([&] { return hands.sees(u"Completed, "_s); }, plan.runTime),
             "the run does not end");
    hands.picture(plan.pictures + u"10-accuracy"_s);
    bestAccuracy = hands.valueBeside(u"Experiments"_s, u"CNN"_s).toDouble();
    DO(press(u"Categorical crossentropy"_s));
    hands.picture(plan.pictures + u"11-loss"_s);
    DO(press(u"Predictions"_s));
    DO(waitFor(u"examples are right"_s, plan.importTime));
    DO(selectCell(u"Confusion matrix"_s, plan.actual, plan.predicted));
    DO(waitFor(u"Actual %1, predicted %2"_s.arg(plan.actual, plan.predicted)));
    hands.picture(plan.pictures + u"12-matrix"_s);
}

void improve(Hands& hands, const TutorialPlan& plan)
{
    DO(press(u"Modeling"_s));
    DO(command(u"Experiments"_s, u"CNN"_s, u"Duplicate…"_s));
    DO(fill(u"Name"_s, u"CNN with dropout"_s));
    DO(press(u"Duplicate"_s));
    DO(selectBlock(u"Dense"_s));
    DO(press(u"Build"_s));
    DO(fill(u"Search blocks and snippets"_s, u"Dropout"_s));
    DO(pick(Blocks, u"Dropout"_s));
    DO(fill(u"Search blocks and snippets"_s, QString()));
    DO(selectBlock(u"Dropout"_s));
    DO(fill(u"Rate"_s, u"0.3"_s));
    hands.picture(plan.pictures + u"13-dropout"_s);
    DO(press(u"Run"_s));
    DO(press(u"Evaluation"_s));
    DO(pick(u"Experiments"_s, u"CNN with dropout"_s));
    QVERIFY2(hands.waitUntil([&] { return hands.sees(u"Completed, "_s); }, plan.runTime),
             "the second run does not end");
}

void compare(Hands& hands, const TutorialPlan& plan)
{
    DO(tick(u"Experiments"_s, u"CNN"_s));
    DO(tick(u"Experiments"_s, u"CNN with dropout"_s));
    DO(press(u"Compare"_s));
    DO(waitFor(u"2 experiments"_s));
    DO(waitFor(u"Settings and blocks"_s));
    DO(waitFor(u"Dropout, rate"_s));
    DO(waitFor(u"0.3"_s));
    DO(waitFor(u"CNN with dropout is better"_s, plan.importTime));
    hands.picture(plan.pictures + u"14-compare"_s);
}

} // namespace

void walkTutorial(Hands& hands, const TutorialPlan& plan, double& bestAccuracy)
{
    THEN(createProject(hands, plan));
    THEN(importDataset(hands, plan));
    THEN(designModel(hands, plan));
    THEN(run(hands, plan));
    THEN(analyze(hands, plan, bestAccuracy));
    THEN(improve(hands, plan));
    compare(hands, plan);
}

} // namespace espalier
