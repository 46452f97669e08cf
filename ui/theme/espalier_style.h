#pragma once

#include <QProxyStyle>

namespace espalier {

/// What the dynamic property ButtonProperty of a button may say; without it a QPushButton is
/// normal, or the main one where it is the default of its dialog.
namespace buttons {
inline constexpr const char* Property = "espalierButton";
inline constexpr const char* Main = "main";
inline constexpr const char* Normal = "normal";
inline constexpr const char* Quiet = "quiet";
inline constexpr const char* Tab = "tab";
inline constexpr const char* Segment = "segment"; ///< its neighbours at Edges
/// Of a segment: a Qt::Edges as int, where it has round corners.
inline constexpr const char* Edges = "espalierEdges";
} // namespace buttons

/// Draws every standard control from the theme's table over Fusion's geometry. Stateless: what it
/// draws follows from the option alone; applyTheme installs it.
class EspalierStyle final : public QProxyStyle {
    Q_OBJECT
public:
    EspalierStyle();

    void polish(QWidget* widget) override;
    using QProxyStyle::polish;
    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;
    void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option,
                            QPainter* painter, const QWidget* widget) const override;
    [[nodiscard]] QSize sizeFromContents(ContentsType type, const QStyleOption* option,
                                         const QSize& size, const QWidget* widget) const override;
    [[nodiscard]] int pixelMetric(PixelMetric metric, const QStyleOption* option,
                                  const QWidget* widget) const override;
    [[nodiscard]] int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                                QStyleHintReturn* returned) const override;
};

} // namespace espalier
