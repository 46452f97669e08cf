#pragma once

#include "core/dataset/dataset.h"

#include <QDialog>
#include <memory>
#include <optional>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLineEdit;
class QPushButton;

namespace espalier {

class FormRows;
class TextLabel;

/// Asks for a subset: a random part, a condition, or both. Gives the settings of the dataset with
/// the subset in them (chosen(); close it then), made by the same rules as the command line: of two
/// subsets that together are all rows, the other follows.
class SubsetDialog final : public QDialog {
    Q_OBJECT
public:
    /// `subset`: index of the one to change; -1 makes a new one.
    SubsetDialog(std::shared_ptr<const Dataset> dataset, int subset, QWidget* parent = nullptr);

    /// Shows why what was chosen was refused.
    void showError(const QString& sentence);

Q_SIGNALS:
    void chosen(const espalier::DatasetSettings& settings);

private:
    void createNameRow();
    void createRandomRows();
    void createConditionRows();
    void createButtons();
    void showSubset(const SubsetSettings& subset);
    void fillValues();
    void updateState();
    void choose();
    [[nodiscard]] Result<DatasetSettings> wantedSettings() const;
    [[nodiscard]] QString valueText() const;
    [[nodiscard]] QString freeName() const;

    std::shared_ptr<const Dataset> m_dataset;
    int m_subset;
    FormRows* m_rows;
    QLineEdit* m_name;
    QCheckBox* m_random;
    QDoubleSpinBox* m_size;
    QComboBox* m_from;
    QLineEdit* m_seed;
    QCheckBox* m_condition;
    QComboBox* m_feature;
    QComboBox* m_comparison;
    QComboBox* m_value;
    TextLabel* m_error;
    QPushButton* m_done;
};

} // namespace espalier
