#pragma once

#include "ui/evaluation/predictions/examples/example_list.h"

#include <QAbstractTableModel>
#include <QList>

namespace espalier {

class ImageLoader;

/// What a column of examples shows.
struct ExampleColumn {
    enum class Kind { Image, Row, Feature, Actual, Predicted, Rival, Probability, Error, Loss };
    Kind kind = Kind::Row;
    int feature = -1; ///< of Feature

    bool operator==(const ExampleColumn&) const = default;
};

/// What another network says of the same rows; the names head the two columns.
struct ExampleRival {
    PredictionsPtr set; ///< null: none
    QString ownName;
    QString name;
};

/// Predicted examples as a table, the highest loss first unless sorted otherwise. Shows what the
/// dataset and the target have: images, else the first other features; probabilities of classes,
/// errors of numbers.
class ExampleModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Role {
        ShareRole = Qt::UserRole, ///< 0..1: the length of a bar behind the number
        RightRole                 ///< whether the prediction is the actual class
    };

    explicit ExampleModel(ImageLoader& images, QObject* parent = nullptr);

    /// Null: no examples.
    void setExamples(PredictionsPtr set, ExampleList examples, const ExampleRival& rival = {});
    [[nodiscard]] const PredictionsPtr& predictions() const { return m_set; }
    [[nodiscard]] const ExampleList& examples() const { return m_examples; } ///< as sorted
    [[nodiscard]] const QList<ExampleColumn>& columns() const { return m_columns; }
    [[nodiscard]] int columnOf(ExampleColumn::Kind kind) const; ///< -1: not shown

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    void sort(int column, Qt::SortOrder order) override;
    [[nodiscard]] int sortColumn() const;
    [[nodiscard]] Qt::SortOrder sortOrder() const { return m_order; }

private:
    [[nodiscard]] QString text(const ExampleColumn& column, const Prediction& prediction) const;
    void imageLoaded(RowIndex row);

    [[nodiscard]] QString rivalText(RowIndex row) const;

    ImageLoader& m_images;
    PredictionsPtr m_set;
    ExampleRival m_rival;
    ExampleList m_examples;
    QList<ExampleColumn> m_columns;
    ExampleColumn::Kind m_sorted = ExampleColumn::Kind::Loss;
    Qt::SortOrder m_order = Qt::DescendingOrder;
};

/// The columns for a set, in order; with a column for a rival instead of the probability.
[[nodiscard]] QList<ExampleColumn> exampleColumns(const PredictionSet& set, bool rival = false);
/// "Probability"; the name of a feature.
[[nodiscard]] QString columnTitle(const ExampleColumn& column, const Dataset& dataset);

} // namespace espalier
