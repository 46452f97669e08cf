#pragma once

#include "ui/evaluation/predictions/examples/example_model.h"

#include <QWidget>

class QStackedLayout;
class QTableView;

namespace espalier {

class EmptyState;
class FilterChip;
class ImageLoader;
class TextLabel;

/// Predicted examples with how many there are and why these: a table that opens an example large
/// with Return. Until there are any it says how to get some.
class ExamplesPanel final : public QWidget {
    Q_OBJECT

public:
    explicit ExamplesPanel(QWidget* parent = nullptr);
    ~ExamplesPanel() override;

    /// `filter` says why these; empty: nothing that could be taken away.
    void setExamples(const PredictionsPtr& set, ExampleList examples, const QString& filter,
                     const ExampleRival& rival = {});
    /// No table: why not.
    void showNothing(const QString& heading, const QString& line);
    /// Puts a control at the right of the head.
    void addControl(QWidget* control);
    void focusTable();

    [[nodiscard]] const ExampleModel& model() const { return *m_model; }
    [[nodiscard]] bool isShowingExamples() const;
    void openExample(int row);

Q_SIGNALS:
    void filterCleared();
    void examplesChanged();

private:
    void createTable();
    [[nodiscard]] QWidget* createHead();
    void layOutColumns();

    ImageLoader* m_images;
    ExampleModel* m_model;
    QTableView* m_table;
    EmptyState* m_empty;
    TextLabel* m_count;
    FilterChip* m_filter;
    QWidget* m_controls;
    QStackedLayout* m_stack;
};

} // namespace espalier
