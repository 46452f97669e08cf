#pragma once

#include <QAbstractSpinBox>
#include <QString>
#include <optional>

namespace espalier {

/// A spin box for numbers of any size, whole or not, as texts in the notation of C. It refuses
/// nothing: what a person types is told as it is, and whoever knows the rule says what is wrong
/// with it. A value that is set again while it is being typed leaves text and cursor alone.
///
/// Reals step by a tenth of their order of magnitude. Undo and Redo are left to the window.
class NumberBox final : public QAbstractSpinBox {
    Q_OBJECT
    Q_PROPERTY(QString value READ value)

public:
    explicit NumberBox(QWidget* parent = nullptr);

    void setWhole(bool whole) { m_whole = whole; }
    void setRange(double minimum, double maximum); ///< of the steps alone
    void setUnit(const QString& unit);
    void setNone(const QString& text); ///< shown for 0
    /// Nothing: `placeholder` instead of a number.
    void setValue(const std::optional<QString>& value, const QString& placeholder = {});
    [[nodiscard]] QString value() const; ///< of the text as it stands
    /// Back to the value that was set last.
    void revert();

    void stepBy(int steps) override;
    [[nodiscard]] QValidator::State validate(QString& text, int& position) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void edited(const QString& value);

protected:
    [[nodiscard]] StepEnabled stepEnabled() const override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    [[nodiscard]] QString shown(const QString& value) const;
    [[nodiscard]] double step(double value, int direction) const;

    bool m_whole = true;
    double m_minimum = 0;
    double m_maximum = 0;
    QString m_unit;
    QString m_none;
    std::optional<QString> m_value;
};

} // namespace espalier
