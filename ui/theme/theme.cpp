#include "ui/theme/theme.h"

#include "ui/theme/theme_colors.h"

#include <QtGlobal>
#include <algorithm>
#include <cmath>

namespace espalier {
namespace {

int between(int from, int to, double part)
{
    return static_cast<int>(std::lround(from + (to - from) * part));
}

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& color)
{
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) +
           0.0722 * linear(color.blueF());
}

} // namespace

const Theme& Theme::light()
{
    static constexpr Theme theme(false);
    return theme;
}

const Theme& Theme::dark()
{
    static constexpr Theme theme(true);
    return theme;
}

const Theme& Theme::of(const QPalette& palette)
{
    return palette.color(QPalette::Window).lightness() < 128 ? dark() : light();
}

QColor Theme::color(Role role) const
{
    const RoleColors& entry = roleColors()[static_cast<std::size_t>(role)];
    return QColor::fromRgb(m_dark ? entry.dark : entry.light);
}

QColor Theme::series(int index) const
{
    const auto count = static_cast<int>(seriesColors().size());
    const SeriesColors& entry =
        seriesColors()[static_cast<std::size_t>(((index % count) + count) % count)];
    return QColor::fromRgb(m_dark ? entry.dark : entry.light);
}

QColor Theme::ramp(Ramp ramp, double value) const
{
    const std::span<const QRgb> stops = rampStops(ramp, m_dark);
    const double position =
        std::isnan(value) ? 0 : std::clamp(value, 0.0, 1.0) * static_cast<double>(stops.size() - 1);
    const std::size_t below = std::min(static_cast<std::size_t>(position), stops.size() - 2);
    const QColor from = QColor::fromRgb(stops[below]);
    const QColor to = QColor::fromRgb(stops[below + 1]);
    const double part = position - static_cast<double>(below);
    return {between(from.red(), to.red(), part), between(from.green(), to.green(), part),
            between(from.blue(), to.blue(), part)};
}

QColor Theme::textOn(const QColor& fill)
{
    return luminance(fill) > 0.179 ? QColor(Qt::black) : QColor(Qt::white);
}

QPalette Theme::palette() const
{
    QPalette palette;
    const auto set = [&](QPalette::ColorRole paletteRole, Role role) {
        palette.setColor(QPalette::All, paletteRole, color(role));
    };
    set(QPalette::Window, Role::Window);
    set(QPalette::Base, Role::Surface);
    set(QPalette::AlternateBase, Role::Sunken);
    set(QPalette::Button, Role::Button);
    set(QPalette::WindowText, Role::TextPrimary);
    set(QPalette::Text, Role::TextPrimary);
    set(QPalette::ButtonText, Role::TextPrimary);
    set(QPalette::BrightText, Role::AccentText);
    set(QPalette::PlaceholderText, Role::TextDisabled);
    set(QPalette::Highlight, Role::Selection);
    set(QPalette::HighlightedText, Role::TextPrimary);
    set(QPalette::Link, Role::AccentInk);
    set(QPalette::LinkVisited, Role::AccentInk);
    set(QPalette::Light, Role::Raised);
    set(QPalette::Midlight, Role::Hover);
    set(QPalette::Mid, Role::Border);
    set(QPalette::Dark, Role::BorderControl);
    set(QPalette::Shadow, Role::BorderControl);
    set(QPalette::ToolTipBase, Role::Tooltip);
    set(QPalette::ToolTipText, Role::TooltipText);
#if QT_VERSION >= QT_VERSION_CHECK(6, 6, 0)
    set(QPalette::Accent, Role::Accent);
#endif
    palette.setColor(QPalette::Inactive, QPalette::Highlight, color(Role::SelectionInactive));
    palette.setColor(QPalette::Disabled, QPalette::Highlight, color(Role::SelectionInactive));
    for (const QPalette::ColorRole role :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText})
        palette.setColor(QPalette::Disabled, role, color(Role::TextDisabled));
    return palette;
}

QPalette Theme::raisedPalette() const
{
    QPalette raised = palette();
    for (const QPalette::ColorRole role : {QPalette::Window, QPalette::Base})
        raised.setColor(role, color(Role::Raised));
    return raised;
}

} // namespace espalier
