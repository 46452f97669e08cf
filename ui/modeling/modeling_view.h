#pragma once

#include "core/graph/model_graph.h"
#include "ui/shell/project_view.h"

#include <QPointer>

namespace espalier {

class ExperimentDocument;
class ExperimentsSidebar;
class ModelPage;
class ModelingInspector;

/// The tab Modeling: the experiments at the left, the model of the one in front
/// on the canvas, what it is built of and set to in the Inspector. Its main
/// action is Run.
class ModelingView final : public ProjectView {
    Q_OBJECT

public:
    explicit ModelingView(const ProjectContext& context, QObject* parent = nullptr);
    ~ModelingView() override;

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QWidget* sidebar() override;
    [[nodiscard]] QWidget* centre() override;
    [[nodiscard]] QWidget* inspector() override;
    [[nodiscard]] QAction* mainAction() override { return m_run; }
    [[nodiscard]] QList<QAction*> actions() const override;
    [[nodiscard]] QUndoStack* undoStack() const override;
    [[nodiscard]] QList<Issue> issues() const override;
    void reveal(const Issue& issue) override;

    [[nodiscard]] ExperimentDocument* document() const { return m_document; }

public Q_SLOTS:
    void showExperiment(espalier::ExperimentId id) override;

private:
    void connectCanvas();
    void connectParts();
    void setDocument(ExperimentDocument* document);
    void showAnyExperiment();
    void refreshRun();
    void run();
    void focusInspector();
    void tell(IssueLevel level, const QString& text);
    /// Why Run is disabled; empty where it is not.
    [[nodiscard]] QString reasonNotToRun() const;

    ProjectContext m_context;
    QPointer<ExperimentsSidebar> m_sidebar;
    QPointer<ModelPage> m_page;
    QPointer<ModelingInspector> m_inspector;
    QAction* m_run;
    ExperimentDocument* m_document = nullptr;
};

} // namespace espalier
