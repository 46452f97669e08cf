#pragma once

#include <QList>
#include <QString>
#include <QWidget>

namespace espalier {

/// One class with its probability.
struct ProbabilityBar {
    QString name;
    double probability = 0;
    bool strong = false; ///< the one that matters: the actual class, the first of a prediction

    bool operator==(const ProbabilityBar&) const = default;
};

/// Classes under each other: name, a bar as long as the probability, the number.
class ProbabilityBars final : public QWidget {
    Q_OBJECT

public:
    explicit ProbabilityBars(QWidget* parent = nullptr);

    void setBars(QList<ProbabilityBar> bars);
    [[nodiscard]] const QList<ProbabilityBar>& bars() const { return m_bars; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    QList<ProbabilityBar> m_bars;
};

} // namespace espalier
