#include "ui/theme/theme_colors.h"

namespace espalier {
namespace {

// clang-format off
constexpr std::array roles{
    RoleColors{Role::Window,             0xfff1f4f2, 0xff1d2220},
    RoleColors{Role::Surface,            0xffffffff, 0xff151918},
    RoleColors{Role::Raised,             0xffffffff, 0xff262d2a},
    RoleColors{Role::Sunken,             0xfff7f9f8, 0xff121514},
    RoleColors{Role::Grid,               0xffdde3e0, 0xff272d2a},
    RoleColors{Role::Border,             0xffd8deda, 0xff333b37},
    RoleColors{Role::BorderControl,      0xff848f89, 0xff727d77},
    RoleColors{Role::BorderButton,       0xffc2cbc6, 0xff434c48},
    RoleColors{Role::BorderBlock,        0xffb9c3be, 0xff4b5550},
    RoleColors{Role::Button,             0xffffffff, 0xff2b3330},
    RoleColors{Role::Hover,              0xffe7ece9, 0xff2a312e},
    RoleColors{Role::Pressed,            0xffdae2dd, 0xff343c38},
    RoleColors{Role::TextPrimary,        0xff17201c, 0xffe6ece9},
    RoleColors{Role::TextSecondary,      0xff4c5852, 0xffa9b5af},
    RoleColors{Role::TextDisabled,       0xff65706a, 0xff8e9993},
    RoleColors{Role::Accent,             0xff1b6b52, 0xff5cbf9c},
    RoleColors{Role::AccentHover,        0xff165944, 0xff74cdae},
    RoleColors{Role::AccentPressed,      0xff114837, 0xff8ad9bd},
    RoleColors{Role::AccentText,         0xffffffff, 0xff08211a},
    RoleColors{Role::AccentInk,          0xff1b6b52, 0xff6bcba9},
    RoleColors{Role::Selection,          0xffdbece4, 0xff213f36},
    RoleColors{Role::SelectionInactive,  0xffe4e9e6, 0xff2d3431},
    RoleColors{Role::Focus,              0xff0f7a5a, 0xff7fddbd},
    RoleColors{Role::DropTarget,         0xffe3f2ea, 0xff1b362e},
    RoleColors{Role::Tooltip,            0xff212a26, 0xff333c38},
    RoleColors{Role::TooltipText,        0xfff4f7f5, 0xffedf2ef},
    RoleColors{Role::TooltipSecondary,   0xffb9c6bf, 0xffb9c6bf},
    RoleColors{Role::LevelError,         0xffb3261e, 0xfff58f86},
    RoleColors{Role::LevelWarning,       0xff8a5a00, 0xffe2b04a},
    RoleColors{Role::LevelHint,          0xff2b5fb3, 0xff82b1f2},
    RoleColors{Role::LevelDone,          0xff23733b, 0xff74cc8e},
    RoleColors{Role::LevelNote,          0xff56626c, 0xffa5b1bb},
    RoleColors{Role::ErrorFill,          0xfffbebe9, 0xff3a2321},
    RoleColors{Role::WarningFill,        0xfffbf2df, 0xff352b17},
    RoleColors{Role::MetricTraining,     0xff2563b0, 0xff6ea8f5},
    RoleColors{Role::MetricValidation,   0xffc2570c, 0xfff5a04a},
    RoleColors{Role::InkEnds,            0xff3b4842, 0xffc6d1cb},
    RoleColors{Role::InkDense,           0xff7a48b5, 0xffbe9af0},
    RoleColors{Role::InkConvolution,     0xff2a66b8, 0xff7fb0f2},
    RoleColors{Role::InkPooling,         0xff0b7883, 0xff57c3cf},
    RoleColors{Role::InkNormalization,   0xff876500, 0xffdcb64c},
    RoleColors{Role::InkMerge,           0xffa83f68, 0xffea90b2},
    RoleColors{Role::TileEnds,           0xffe6eae8, 0xff333a37},
    RoleColors{Role::TileDense,          0xfff0e9f7, 0xff362f44},
    RoleColors{Role::TileConvolution,    0xffe5edf7, 0xff28343f},
    RoleColors{Role::TilePooling,        0xffe1f0f1, 0xff23383a},
    RoleColors{Role::TileNormalization,  0xfff4edd9, 0xff39331f},
    RoleColors{Role::TileMerge,          0xfff6e7ed, 0xff402d36},
};

constexpr std::array series{
    SeriesColors{0xff5230a8, 0xffaba3f5},
    SeriesColors{0xff987f16, 0xffe4be3a},
    SeriesColors{0xff14564a, 0xff9df2dc},
    SeriesColors{0xffda5a8c, 0xffb35c88},
    SeriesColors{0xff318be0, 0xff3f76da},
    SeriesColors{0xff5e6a38, 0xfff8fbb0},
    SeriesColors{0xff22203e, 0xff82b2a0},
    SeriesColors{0xff591508, 0xffea6d64},
};

constexpr std::array<QRgb, 7> rightLight{
    0xfff1f6f4, 0xffcde5dc, 0xff97c8b8, 0xff57a490, 0xff237a67, 0xff145f50, 0xff0b463b};
constexpr std::array<QRgb, 7> rightDark{
    0xff19211e, 0xff1d3b34, 0xff1f5649, 0xff277362, 0xff3e937f, 0xff6bb7a3, 0xffa9dccb};
constexpr std::array<QRgb, 7> wrongLight{
    0xffffffff, 0xfffdefe4, 0xfffbd9bd, 0xfff6b98a, 0xffec935a, 0xffd96c35, 0xff9c3a10};
constexpr std::array<QRgb, 7> wrongDark{
    0xff151918, 0xff33241b, 0xff553321, 0xff7c4526, 0xffa65b2d, 0xffcf7c47, 0xfff2ae80};
constexpr std::array<QRgb, 5> firstBetterLight{
    0xfff4f5f4, 0xffdcd3f0, 0xffb9a6e2, 0xff8e72ce, 0xff5230a8};
constexpr std::array<QRgb, 5> firstBetterDark{
    0xff1d2220, 0xff332f52, 0xff514a86, 0xff7a71c0, 0xffaba3f5};
constexpr std::array<QRgb, 5> secondBetterLight{
    0xfff4f5f4, 0xffefe7c4, 0xffdccb84, 0xffbba23c, 0xff87700f};
constexpr std::array<QRgb, 5> secondBetterDark{
    0xff1d2220, 0xff3f3717, 0xff66581f, 0xff9a842a, 0xffe4be3a};
// clang-format on

constexpr bool isInOrder()
{
    for (std::size_t i = 0; i < roles.size(); ++i)
        if (roles[i].role != static_cast<Role>(i))
            return false;
    return roles.back().role == Role::TileMerge;
}
static_assert(isInOrder(), "one entry per role, in the order of Role");

} // namespace

std::span<const RoleColors> roleColors()
{
    return roles;
}

std::span<const SeriesColors> seriesColors()
{
    return series;
}

std::span<const QRgb> rampStops(Ramp ramp, bool dark)
{
    using Stops = std::span<const QRgb>;
    switch (ramp) {
    case Ramp::Right:
        return dark ? Stops(rightDark) : Stops(rightLight);
    case Ramp::Wrong:
        return dark ? Stops(wrongDark) : Stops(wrongLight);
    case Ramp::FirstBetter:
        return dark ? Stops(firstBetterDark) : Stops(firstBetterLight);
    case Ramp::SecondBetter:
        break;
    }
    return dark ? Stops(secondBetterDark) : Stops(secondBetterLight);
}

} // namespace espalier
