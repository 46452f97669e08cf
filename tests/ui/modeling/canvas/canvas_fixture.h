#pragma once

#include "core/graph/snippets.h"
#include "core/project/documents/experiment_document.h"
#include "core/project/documents/project_document.h"
#include "tests/core/project/project_fixture.h"
#include "ui/modeling/canvas/canvas_geometry.h"
#include "ui/modeling/canvas/model_canvas.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QTest>

/// A canvas on an experiment of a project in a temporary folder, and hands to
/// work on it.
namespace espalier {

class CanvasFixture {
public:
    explicit CanvasFixture(const ModelGraph& graph = {})
        : m_dataset(m_project.addSavedDataset(*m_project.open()))
        , m_document(valueOf(ProjectDocument::open(m_project.folder())))
    {
        m_id = add(QStringLiteral("Experiment"), graph);
        canvas.resize(700, 540);
        canvas.show();
        canvas.activateWindow();
        if (!QTest::qWaitForWindowActive(&canvas))
            qFatal("The window of the test does not become active.");
        canvas.setFocus();
        canvas.setDocument(&experiment());
    }
    ~CanvasFixture() { canvas.setDocument(nullptr); }

    ExperimentId add(const QString& name, const ModelGraph& graph)
    {
        return valueOf(m_document->createExperiment(name, m_dataset.id, graph)).id;
    }
    [[nodiscard]] ProjectDocument& document() { return *m_document; }
    [[nodiscard]] ExperimentDocument& experiment() { return *m_document->experimentDocument(m_id); }
    [[nodiscard]] const ModelGraph& graph() { return experiment().graph(); }
    /// As the project has it on the disk.
    [[nodiscard]] ExperimentRecord stored()
    {
        return valueOf(m_document->store().experiment(m_id));
    }
    [[nodiscard]] QUndoStack& undoStack() { return experiment().undoStack(); }
    void lock()
    {
        require(m_project.open()->setState(m_id, RunState::Completed));
        m_document->refresh();
    }

    [[nodiscard]] QPoint onScreen(QPointF scenePoint) { return canvas.mapFromScene(scenePoint); }
    [[nodiscard]] QPoint middleOf(BlockId id)
    {
        return onScreen(canvas.modelScene().frameOf(id).center() + QPointF(40, 0));
    }
    [[nodiscard]] QPoint outputOf(BlockId id)
    {
        return onScreen(outputPortOf(graph().block(id)->position));
    }
    [[nodiscard]] QPoint inputOf(BlockId id)
    {
        return onScreen(inputPortOf(graph().block(id)->position, 0, 1));
    }
    void press(QPoint at, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::mousePress(canvas.viewport(), Qt::LeftButton, modifiers, at);
    }
    void moveTo(QPoint at, Qt::MouseButton button = Qt::LeftButton)
    {
        // QTest::mouseMove() holds no button.
        QMouseEvent event(QEvent::MouseMove, at, canvas.viewport()->mapToGlobal(at), Qt::NoButton,
                          button, {});
        QApplication::sendEvent(canvas.viewport(), &event);
    }
    void release(QPoint at) { QTest::mouseRelease(canvas.viewport(), Qt::LeftButton, {}, at); }
    void click(QPoint at, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::mouseClick(canvas.viewport(), Qt::LeftButton, modifiers, at);
    }
    void drag(QPoint from, QPoint to, Qt::KeyboardModifiers modifiers = {})
    {
        press(from, modifiers);
        moveTo((from + to) / 2);
        moveTo(to);
        release(to);
    }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(&canvas, key, modifiers);
    }

private:
    ProjectFixture m_project;
    DatasetRecord m_dataset;
    std::unique_ptr<ProjectDocument> m_document;
    ExperimentId m_id;

public:
    ModelCanvas canvas;
};

/// Input, Dense, Dense 2, Target in a column, joined.
inline ModelGraph columnOfFour()
{
    ModelGraph graph;
    BlockId last;
    double y = 0;
    for (const char16_t* type : {u"input", u"dense", u"dense", u"target"}) {
        const BlockId id = graph.addBlock(QString::fromUtf16(type), {0, y});
        graph.connect({last, id, 0});
        last = id;
        y += canvas::RowHeight;
    }
    return graph;
}

} // namespace espalier
