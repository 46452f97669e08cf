#pragma once

#include "ui/theme/theme.h"

#include <QStyleOption>

class QPainter;

namespace espalier::style {

/// What the parts of EspalierStyle share.

/// A rounded box with a crisp 1 px outline inside `rect`; an invalid colour leaves its part out.
void drawBox(QPainter& painter, const QRectF& rect, const QColor& fill, const QColor& outline,
             double radius = metrics::Radius);

[[nodiscard]] inline bool isOn(const QStyleOption& option, QStyle::StateFlag flag)
{
    return option.state.testFlag(flag);
}

[[nodiscard]] inline QColor colorOf(const QStyleOption& option, Role role)
{
    return Theme::of(option.palette).color(role);
}

/// The colour of text and icons: disabled where the control is.
[[nodiscard]] inline QColor inkOf(const QStyleOption& option, Role role = Role::TextPrimary)
{
    return colorOf(option, isOn(option, QStyle::State_Enabled) ? role : Role::TextDisabled);
}

} // namespace espalier::style
