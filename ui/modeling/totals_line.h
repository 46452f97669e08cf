#pragma once

#include <QWidget>

namespace espalier {

struct GraphAnalysis;

/// What a model costs, in one line under the canvas: blocks, parameters,
/// multiply-adds, memory.
class TotalsLine final : public QWidget {
    Q_OBJECT

public:
    explicit TotalsLine(QWidget* parent = nullptr);

    void setTotals(const GraphAnalysis& analysis);
    void clear();
    [[nodiscard]] QString text() const; ///< "13 blocks · 110,922 parameters · ..."

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    struct Part {
        QString number;
        QString unit;
    };
    void setParts(const QList<Part>& parts);

    QList<Part> m_parts;
};

} // namespace espalier
