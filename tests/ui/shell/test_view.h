#pragma once

#include "ui/shell/project_view.h"

#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QUndoStack>

namespace espalier {

/// A view as small as one can be, whose state a test sets.
class TestView final : public ProjectView {
    Q_OBJECT
public:
    explicit TestView(const QString& title, QObject* parent = nullptr);

    [[nodiscard]] QString title() const override { return m_title; }
    [[nodiscard]] QWidget* sidebar() override { return sidebarField; }
    [[nodiscard]] QWidget* centre() override { return centreField; }
    [[nodiscard]] QWidget* inspector() override { return inspectorField; }
    [[nodiscard]] QAction* mainAction() override { return main; }
    [[nodiscard]] QList<QAction*> actions() const override { return {extra}; }
    [[nodiscard]] QUndoStack* undoStack() const override { return stack; }
    [[nodiscard]] QList<Issue> issues() const override { return issueList; }
    void reveal(const Issue& issue) override { revealed.append(issue); }
    [[nodiscard]] bool acceptDrop(const QMimeData& data) override;
    void showDataset(DatasetId id) override { shownDataset = id; }
    void showExperiment(ExperimentId id) override { shownExperiment = id; }

    void setIssues(const QList<Issue>& issues);

    QLineEdit* sidebarField;
    QLineEdit* centreField;
    QLineEdit* inspectorField;
    QAction* main;
    QAction* extra;
    QUndoStack* stack;
    QList<Issue> issueList;
    QList<Issue> revealed;
    DatasetId shownDataset;
    ExperimentId shownExperiment;
    QString takes; ///< file ending of drops that it takes
    int drops = 0;

private:
    QString m_title;
};

} // namespace espalier
