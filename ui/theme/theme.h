#pragma once

#include <QColor>
#include <QFont>
#include <QIcon>
#include <QPalette>
#include <QString>

class QApplication;
class QPainter;
class QRectF;

namespace espalier {

/// Colours by meaning. One table (theme_colors.cpp) holds light and dark of each; no other file has
/// a colour literal. Block groups, series and ramps have functions of their own below.
enum class Role {
    Window,
    Surface,
    Raised,
    Sunken,
    Grid,
    Border,
    BorderControl,
    BorderButton,
    BorderBlock,
    Button,
    Hover,
    Pressed,
    TextPrimary,
    TextSecondary,
    TextDisabled,
    Accent,
    AccentHover,
    AccentPressed,
    AccentText,
    AccentInk,
    Selection,
    SelectionInactive,
    Focus,
    DropTarget,
    Tooltip,
    TooltipText,
    TooltipSecondary,
    LevelError,
    LevelWarning,
    LevelHint,
    LevelDone,
    LevelNote,
    ErrorFill,
    WarningFill,
    MetricTraining,
    MetricValidation,
    // Block groups: ink (icon, minimap) and tile (its background).
    InkEnds,
    InkDense,
    InkConvolution,
    InkPooling,
    InkNormalization,
    InkMerge,
    TileEnds,
    TileDense,
    TileConvolution,
    TilePooling,
    TileNormalization,
    TileMerge
};

/// Heat maps; monotone in luminance.
enum class Ramp { Right, Wrong, FirstBetter, SecondBetter };

/// Type styles; sizes follow the system's interface font.
enum class TextStyle {
    Caption,
    CaptionStrong, ///< axes, parameters · shapes
    Small,
    SmallMedium, ///< secondary lines, labels · table headers
    Body,
    BodyMedium,
    BodyStrong,
    Heading,
    Title,
    Figure
};

/// Light or dark, an immutable table. A widget asks with its own palette, so that nothing has to be
/// stored or told: after a change of theme Qt sends PaletteChange and repaints.
///
///     painter.setPen(Theme::of(palette()).color(Role::Border));
class Theme final {
public:
    [[nodiscard]] static const Theme& light();
    [[nodiscard]] static const Theme& dark();
    /// By the lightness of the palette's Window.
    [[nodiscard]] static const Theme& of(const QPalette& palette);

    [[nodiscard]] bool isDark() const { return m_dark; }
    [[nodiscard]] QColor color(Role role) const;
    /// Series 1-8 of Compare, by index from 0; wraps around.
    [[nodiscard]] QColor series(int index) const;
    /// `value` 0..1 along the ramp, interpolated linearly in sRGB.
    [[nodiscard]] QColor ramp(Ramp ramp, double value) const;
    /// Pure black or white, whichever reads better on `fill` (luminance 0.179).
    [[nodiscard]] static QColor textOn(const QColor& fill);

    [[nodiscard]] QPalette palette() const;
    /// Of what lies above the rest: dialogs, the list of a combo box.
    [[nodiscard]] QPalette raisedPalette() const;

private:
    explicit constexpr Theme(bool dark)
        : m_dark(dark)
    {
    }
    bool m_dark;
};

enum class ThemeChoice { System, Light, Dark };

/// Sets palette, style (see espalier_style.h) and style sheet of the program; call again to change.
/// System follows the desktop, also while the program runs.
void applyTheme(QApplication& application, ThemeChoice choice);

/// The application's font at the size and weight of a style.
[[nodiscard]] QFont textFont(TextStyle style);

/// An icon of resources/icons ("search", "plus", "lock"), drawn in the colour of the text it stands
/// beside: primary where nothing else is given; disabled and selected follow by mode.
[[nodiscard]] QIcon themeIcon(const QString& name);
[[nodiscard]] QIcon themeIcon(const QString& name, Role role);
/// Paints an icon into `rect` in one colour: for delegates and graphics items.
void paintIcon(QPainter& painter, const QString& name, const QRectF& rect, const QColor& color);

/// Device-independent pixels of the grid.
namespace metrics {
constexpr int TopBar = 48, Header = 48, StatusBar = 28, Sidebar = 260, Inspector = 320;
constexpr int Control = 28, MainControl = 32, Chip = 20, ListRow = 48, TableRow = 28;
constexpr int PanelPadding = 16, ListPadding = 12, IconGap = 6, LabelGap = 8, RowGap = 8;
constexpr int FormLabel = 104, Radius = 6, Icon = 16;
} // namespace metrics

} // namespace espalier
