#include "ui/theme/theme.h"

#include <QApplication>
#include <array>

namespace espalier {
namespace {

struct Type {
    TextStyle style;
    double factor;
    QFont::Weight weight;
};

constexpr std::array types{Type{TextStyle::Caption, 0.85, QFont::Normal},
                           Type{TextStyle::CaptionStrong, 0.85, QFont::DemiBold},
                           Type{TextStyle::Small, 0.92, QFont::Normal},
                           Type{TextStyle::SmallMedium, 0.92, QFont::Medium},
                           Type{TextStyle::Body, 1, QFont::Normal},
                           Type{TextStyle::BodyMedium, 1, QFont::Medium},
                           Type{TextStyle::BodyStrong, 1, QFont::DemiBold},
                           Type{TextStyle::Heading, 1.15, QFont::DemiBold},
                           Type{TextStyle::Title, 1.54, QFont::DemiBold},
                           Type{TextStyle::Figure, 1.85, QFont::DemiBold}};

} // namespace

QFont textFont(TextStyle style)
{
    const Type& type = types[static_cast<std::size_t>(style)];
    Q_ASSERT(type.style == style);
    QFont font = QApplication::font();
    if (font.pixelSize() > 0)
        font.setPixelSize(qRound(font.pixelSize() * type.factor));
    else
        font.setPointSizeF(font.pointSizeF() * type.factor);
    font.setWeight(type.weight);
#if QT_VERSION >= QT_VERSION_CHECK(6, 7, 0)
    font.setFeature("tnum", 1);
#endif
    return font;
}

} // namespace espalier
