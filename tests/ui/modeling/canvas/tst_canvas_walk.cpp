#include "tests/ui/modeling/canvas/canvas_walker.h"
#include "ui/modeling/canvas/edits/group_edits.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr quint64 Seed = 1;
constexpr int ChecksApart = 20;

/// What an experiment is, as a value.
struct Content {
    ModelGraph graph;
    RunSettings settings;
    DatasetId dataset;

    bool operator==(const Content&) const = default;
};

Content contentOf(const ExperimentDocument& document)
{
    return {document.graph(), document.settings(), document.dataset()};
}

/// Why the groups of the scene are not those of the graph.
QString differenceInGroups(const ModelGraph& graph, const ModelScene& scene)
{
    const QList<BlockId> selected = scene.selectedBlocks();
    for (const GraphGroup& group : graph.groups()) {
        const GroupItem* item = scene.groupItem(group.id);
        if (!item || item->group() != group)
            return group.name + u" has no item of its own"_s;
        const QRectF blocks = boundsOf(graph, group);
        const QRectF frame = item->frame();
        if (group.folded ? frame.topLeft() != foldedPlaceOf(graph, group) : !frame.contains(blocks))
            return group.name + u" stands elsewhere"_s;
        if (group.folded && withFolded(graph, selected) != selected)
            return group.name + u" is selected in part"_s;
    }
    return {};
}

/// Why the scene is no picture of the document; empty when it is one.
QString differenceInScene(const ExperimentDocument& document, const ModelScene& scene)
{
    const ModelGraph& graph = document.graph();
    QSet<BlockId> wrong;
    for (const Issue& issue : document.issues())
        if (issue.level == IssueLevel::Error)
            wrong.insert(BlockId(issue.blockId));
    QRectF bounds;
    for (const Block& block : graph.blocks()) {
        const BlockItem* item = scene.blockItem(block.id);
        if (!item)
            return block.name + u" has no item"_s;
        const BlockContent wanted = BlockContent::of(block, document.analysis());
        const BlockContent& shown = item->content();
        if (item->pos() != block.position)
            return block.name + u" stands elsewhere"_s;
        if (shown.name != wanted.name || shown.summary != wanted.summary ||
            shown.shape != wanted.shape || shown.inputs != wanted.inputs ||
            shown.hasError != wrong.contains(block.id))
            return block.name + u" shows something else"_s;
        if (item->opacity() != 1)
            return block.name + u" is dimmed"_s;
        if (item->isFolded() != (foldedGroupOf(graph, block.id) != nullptr))
            return block.name + u" is hidden, or is not"_s;
        bounds |= shownRect(graph, block.id);
    }
    QList<Connection> drawn;
    qsizetype blocks = 0;
    for (const QGraphicsItem* item : scene.items()) {
        if (const auto* line = dynamic_cast<const ConnectionItem*>(item)) {
            const Connection& connection = line->connection();
            drawn.append(connection);
            const GraphGroup* folded = foldedGroupOf(graph, connection.from);
            if (line->isVisible() == (folded && folded == graph.groupOf(connection.to)))
                return u"a connection is hidden, or is not"_s;
            if (!line->isVisible())
                continue;
            const QPointF from = scene.placeOf({connection.from, true, 0});
            const QPointF to = scene.placeOf({connection.to, false, connection.port});
            if (line->path().pointAtPercent(0) != from || line->path().currentPosition() != to)
                return u"a connection does not lead from port to port"_s;
        } else {
            ++blocks;
        }
    }
    std::ranges::sort(drawn);
    if (drawn != graph.connections())
        return u"the connections differ"_s;
    if (blocks != graph.blocks().size() + graph.groups().size())
        return u"there are items of no block"_s;
    if (!bounds.isNull() && !scene.contentRect().contains(bounds))
        return u"the bounds differ"_s;
    return differenceInGroups(graph, scene);
}

/// Why what is derived from the document is not what would be derived afresh.
QString differenceInAnalysis(const ExperimentDocument& document)
{
    const ModelGraph& graph = document.graph();
    const GraphAnalysis fresh = analyzeGraph(graph, document.features());
    if (fresh.order != document.analysis().order || fresh.issues != document.analysis().issues)
        return u"the analysis is out of date"_s;
    for (const Block& block : graph.blocks())
        if (fresh.blocks.value(block.id).output !=
            document.analysis().blocks.value(block.id).output)
            return block.name + u" has an old shape"_s;
    const Result<ModelGraph> read = ModelGraph::fromJson(graph.toJson());
    if (!read)
        return read.error().message;
    return *read == graph ? QString() : u"the graph differs once written and read"_s;
}

} // namespace

/// A person who tries out everything there is, for a thousand edits.
class CanvasWalkTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ThemeChoice::Light); }
    void allIsUndoneAndRedone_data();
    void allIsUndoneAndRedone();
};

void CanvasWalkTest::allIsUndoneAndRedone_data()
{
    QTest::addColumn<int>("edits");
    QTest::addColumn<ModelGraph>("start");
    QTest::newRow("from a network") << 1000 << pointGraph();
    QTest::newRow("from nothing") << 200 << ModelGraph();
}

void CanvasWalkTest::allIsUndoneAndRedone()
{
    QFETCH(int, edits);
    QFETCH(ModelGraph, start);
    CanvasFixture fixture(start);
    CanvasWalker walker(fixture, Seed);
    ExperimentDocument& document = fixture.experiment();
    const ModelScene& scene = fixture.canvas.modelScene();
    const Content before = contentOf(document);
    const auto verify = [&] {
        const QString where = u" after "_s + walker.history();
        const QString drawn = differenceInScene(document, scene);
        QVERIFY2(drawn.isEmpty(), qPrintable(drawn + where));
        const QString derived = differenceInAnalysis(document);
        QVERIFY2(derived.isEmpty(), qPrintable(derived + where));
        QVERIFY2(walker.inspectorFits(), qPrintable(u"the Inspector shows others"_s + where));
    };

    QList<Content> milestones{before};
    QList<int> indices{0};
    for (int made = 0, tries = 0; made < edits; ++tries) {
        QVERIFY2(tries < 4 * edits, qPrintable(u"most is refused: "_s + walker.history()));
        const Content last = contentOf(document);
        walker.step();
        if (contentOf(document) == last)
            continue;
        ++made;
        if (made % ChecksApart != 0)
            continue;
        verify();
        if (QTest::currentTestFailed())
            return;
        milestones.append(contentOf(document));
        indices.append(document.undoStack().index());
        walker.rest();
    }
    const Content after = contentOf(document);
    QVERIFY(after != before);
    if (edits >= 1000)
        QVERIFY2(walker.unused().isEmpty(), qPrintable(walker.unused()));

    for (qsizetype i = milestones.size() - 1; i >= 0; --i) {
        document.undoStack().setIndex(indices.at(i));
        QVERIFY2(contentOf(document) == milestones.at(i), qPrintable(QString::number(i)));
        verify();
    }
    QVERIFY(!document.undoStack().canUndo());
    QVERIFY(contentOf(document) == before);
    for (qsizetype i = 0; i < milestones.size(); ++i) {
        document.undoStack().setIndex(indices.at(i));
        QVERIFY2(contentOf(document) == milestones.at(i), qPrintable(QString::number(i)));
        verify();
    }
    while (document.undoStack().canRedo())
        document.undoStack().redo();
    QVERIFY(contentOf(document) == after);
    verify();
    require(document.flush());
    const ExperimentRecord written = fixture.stored();
    QVERIFY(written.graph == after.graph && written.settings == after.settings);
}

} // namespace espalier

QTEST_MAIN(espalier::CanvasWalkTest)
#include "tst_canvas_walk.moc"
