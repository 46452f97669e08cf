#pragma once

#include <QSplitter>

namespace espalier {

/// Columns or rows with a hairline between them that can be dragged.
class ColumnSplitter final : public QSplitter {
    Q_OBJECT
public:
    explicit ColumnSplitter(Qt::Orientation orientation, QWidget* parent = nullptr);

protected:
    QSplitterHandle* createHandle() override;
};

} // namespace espalier
