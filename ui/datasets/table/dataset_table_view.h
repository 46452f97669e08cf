#pragma once

#include <QTableView>

namespace espalier {

class DatasetTableModel;
class FeatureHeader;
class FeatureSummaries;

/// The rows of a dataset version under their FeatureHeader. A click on a header or a cell, and the
/// arrows, select a feature. Model and summaries outlive the table.
class DatasetTableView final : public QTableView {
    Q_OBJECT
public:
    DatasetTableView(DatasetTableModel& model, FeatureSummaries& summaries,
                     QWidget* parent = nullptr);

    /// -1: none; brings the feature into sight.
    void setSelectedFeature(int feature);
    [[nodiscard]] int selectedFeature() const { return m_feature; }

Q_SIGNALS:
    void featureSelected(int feature);

protected:
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;
    void changeEvent(QEvent* event) override;

private:
    void createCorner();
    void fitRows();
    void colorSurroundings();

    DatasetTableModel& m_model;
    FeatureHeader* m_header;
    int m_feature = -1;
};

} // namespace espalier
