#pragma once

#include "ui/evaluation/compare/comparison_rows.h"

#include <QTableView>

namespace espalier {

class ComparisonModel;

/// A table of Compare as high as its rows; the best value of a row stands on a chip, headings run
/// over all columns.
class ComparisonTable final : public QTableView {
    Q_OBJECT

public:
    explicit ComparisonTable(QWidget* parent = nullptr);

    /// The colours of the experiments are those of Theme::series(), in their order.
    void setRows(const QStringList& names, const QList<ComparisonRow>& rows);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void fitColumns();
    void applyColors();

    ComparisonModel* m_model;
};

} // namespace espalier
