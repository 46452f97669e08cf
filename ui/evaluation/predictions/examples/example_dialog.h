#pragma once

#include "ui/evaluation/predictions/examples/example_list.h"

#include <QDialog>

class QLabel;
class QPushButton;

namespace espalier {

class FormRows;
class ImageLoader;
class ProbabilityBars;
class TextLabel;

/// One example large: its picture or the values of its features, what it is, what the network says
/// of it. Left and right lead to its neighbours in the table. Opened by open().
class ExampleDialog final : public QDialog {
    Q_OBJECT

public:
    ExampleDialog(PredictionsPtr set, ExampleList examples, int position,
                  QWidget* parent = nullptr);
    ~ExampleDialog() override;

    [[nodiscard]] int position() const { return m_position; }
    void showExample(int position);

Q_SIGNALS:
    void moved(int position);

private:
    [[nodiscard]] QWidget* createPicture();
    [[nodiscard]] QWidget* createFacts();
    void showPicture();
    void showFacts();
    [[nodiscard]] const Prediction& prediction() const;

    PredictionsPtr m_set;
    ExampleList m_examples;
    int m_position = -1;
    ImageLoader* m_images;
    TextLabel* m_title;
    TextLabel* m_place;
    QLabel* m_picture = nullptr; ///< null without images
    FormRows* m_facts;
    ProbabilityBars* m_bars;
    QPushButton* m_previous;
    QPushButton* m_next;
};

} // namespace espalier
