#pragma once

#include "core/base/feature_description.h"
#include "ui/evaluation/predictions/newfiles/file_predictor.h"

#include <QDialog>
#include <QList>

class QListView;
class QPushButton;
class QStackedLayout;

namespace espalier {

class EmptyState;
class FileModel;
class FormRows;
class ProbabilityBars;
class ProgressLine;
class TextLabel;
class ValuesForm;

/// Predicts examples from outside the dataset: images and folders that are dropped or browsed for
/// where the network has one Input, an image; else one example by a form. Opened by open().
class PredictDialog final : public QDialog {
    Q_OBJECT

public:
    /// `inputs`: the features that the network reads. `title` names network and checkpoint.
    PredictDialog(const PredictSource& source, const QList<FeatureDescription>& inputs,
                  const QString& title, QWidget* parent = nullptr);
    ~PredictDialog() override;

    void addPaths(const QStringList& paths);
    [[nodiscard]] const FileModel& files() const { return *m_files; }

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] QWidget* createFilesPart();
    [[nodiscard]] QWidget* createFormPart(const QList<FeatureDescription>& inputs);
    [[nodiscard]] QWidget* createButtons();
    void connectSignals();
    void browseFiles();
    void browseFolder();
    void showCounts();
    void predictForm();
    void showFormResult(const Result<PredictedExample>& example);

    FilePredictor* m_predictor;
    FileModel* m_files;
    bool m_takesFiles;
    bool m_dropping = false;
    TextLabel* m_counts = nullptr;
    ProgressLine* m_progress = nullptr;
    QStackedLayout* m_stack = nullptr;
    QListView* m_list = nullptr;
    QPushButton* m_clear = nullptr;
    ValuesForm* m_form = nullptr;
    QPushButton* m_ask = nullptr;
    TextLabel* m_formMessage = nullptr;
    ProbabilityBars* m_bars = nullptr;
};

} // namespace espalier
