#include "ui/modeling/inspector/form/number_box.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QLocale>
#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr int Digits = 10;

QString numberText(double value, bool whole)
{
    return whole ? QString::number(qint64(value)) : QString::number(value, 'g', Digits);
}

bool sameNumber(const QString& left, const QString& right)
{
    bool understoodLeft = false;
    bool understoodRight = false;
    const double first = left.toDouble(&understoodLeft);
    const double second = right.toDouble(&understoodRight);
    return understoodLeft && understoodRight && first == second;
}

bool isUndoOrRedo(QEvent* event)
{
    const auto* key = static_cast<QKeyEvent*>(event);
    return key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo);
}

} // namespace

NumberBox::NumberBox(QWidget* parent)
    : QAbstractSpinBox(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    lineEdit()->installEventFilter(this);
    connect(lineEdit(), &QLineEdit::textEdited, this, [this] { Q_EMIT edited(value()); });
}

void NumberBox::setRange(double minimum, double maximum)
{
    m_minimum = minimum;
    m_maximum = maximum;
}

void NumberBox::setUnit(const QString& unit)
{
    m_unit = unit;
}

void NumberBox::setNone(const QString& text)
{
    m_none = text;
}

void NumberBox::setValue(const std::optional<QString>& value, const QString& placeholder)
{
    const bool typed = value && hasFocus() && sameNumber(this->value(), *value);
    m_value = value;
    lineEdit()->setPlaceholderText(placeholder);
    if (!typed)
        revert();
}

QString NumberBox::value() const
{
    QString text = lineEdit()->text().trimmed();
    if (!m_none.isEmpty() && text.compare(m_none, Qt::CaseInsensitive) == 0)
        return u"0"_s;
    const QString unit = m_unit.trimmed();
    if (!unit.isEmpty() && text.endsWith(unit))
        text.chop(unit.size());
    return text.trimmed();
}

void NumberBox::revert()
{
    const QString text = m_value ? shown(*m_value) : QString();
    if (lineEdit()->text() != text)
        lineEdit()->setText(text);
    update();
}

QString NumberBox::shown(const QString& value) const
{
    return !m_none.isEmpty() && sameNumber(value, u"0"_s) ? m_none : value + m_unit;
}

double NumberBox::step(double value, int direction) const
{
    if (m_whole)
        return 1;
    if (value == 0)
        return std::min(0.01, (m_maximum - m_minimum) / 100);
    const double magnitude = std::abs(value);
    int exponent = int(std::floor(std::log10(magnitude)));
    const bool towardsZero = (value > 0) == (direction < 0);
    if (towardsZero && magnitude == std::pow(10, exponent))
        --exponent;
    return std::pow(10, exponent - 1);
}

void NumberBox::stepBy(int steps)
{
    double number = value().toDouble(); // 0 of a text that is no number
    for (int i = 0; i < std::abs(steps); ++i) {
        const double by = step(number, steps);
        number = std::round((number + (steps > 0 ? by : -by)) / by) * by;
    }
    const QString text = numberText(std::clamp(number, m_minimum, m_maximum), m_whole);
    lineEdit()->setText(shown(text));
    lineEdit()->selectAll();
    Q_EMIT edited(text);
}

QValidator::State NumberBox::validate(QString&, int&) const
{
    return QValidator::Acceptable;
}

QAbstractSpinBox::StepEnabled NumberBox::stepEnabled() const
{
    if (isReadOnly())
        return StepNone;
    const double number = value().toDouble();
    StepEnabled enabled = StepNone;
    enabled.setFlag(StepUpEnabled, number < m_maximum);
    enabled.setFlag(StepDownEnabled, number > m_minimum);
    return enabled;
}

bool NumberBox::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == lineEdit() && event->type() == QEvent::ShortcutOverride && isUndoOrRedo(event)) {
        event->ignore();
        return true;
    }
    return QAbstractSpinBox::eventFilter(watched, event);
}

QSize NumberBox::sizeHint() const
{
    const QSize hint = QAbstractSpinBox::sizeHint();
    return {std::max(hint.width(), fontMetrics().averageCharWidth() * 16), hint.height()};
}

QSize NumberBox::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 8, QAbstractSpinBox::minimumSizeHint().height()};
}

} // namespace espalier
