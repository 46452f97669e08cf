#pragma once

#include "ui/theme/theme.h"

#include <QString>
#include <QWidget>

namespace espalier {

/// What the colours of a heat map mean: a text, the ramp in steps, where it ends.
class RampLegend final : public QWidget {
    Q_OBJECT

public:
    explicit RampLegend(Ramp ramp, QWidget* parent = nullptr);

    void setTexts(const QString& before, const QString& after);
    /// The strong end stands at the left.
    void setReversed(bool reversed);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Ramp m_ramp;
    QString m_before;
    QString m_after;
    bool m_reversed = false;
};

} // namespace espalier
