#pragma once

#include <QProxyStyle>

namespace espalier {

/// What the dynamic property of a button may say; without it a QPushButton is normal, or the main
/// one where it is the default of its dialog.
namespace buttons {
inline constexpr const char* Property = "espalierButton";
inline constexpr const char* Main = "main";
inline constexpr const char* Normal = "normal";
inline constexpr const char* Quiet = "quiet";
inline constexpr const char* Tab = "tab";
inline constexpr const char* Segment = "segment";
/// Of a segment: a Qt::Edges as int, where it has round corners.
inline constexpr const char* Edges = "espalierEdges";
} // namespace buttons

namespace fields {
/// A field with this property true has an outline in the colour of errors (FormRows sets it).
inline constexpr const char* Error = "espalierError";
} // namespace fields

/// Draws every standard control from the theme's table over Fusion's geometry. What it draws
/// follows from the option alone; applyTheme installs it. Boxes, spin boxes and sliders leave the
/// wheel to the panel around them until they have the focus.
class EspalierStyle final : public QProxyStyle {
    Q_OBJECT
public:
    EspalierStyle();

    using QProxyStyle::polish;
    void polish(QWidget* widget) override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override;
    void drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                     const QWidget* widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option,
                            QPainter* painter, const QWidget* widget) const override;
    [[nodiscard]] QRect subControlRect(ComplexControl control, const QStyleOptionComplex* option,
                                       SubControl part, const QWidget* widget) const override;
    [[nodiscard]] QRect subElementRect(SubElement element, const QStyleOption* option,
                                       const QWidget* widget) const override;
    [[nodiscard]] QSize sizeFromContents(ContentsType type, const QStyleOption* option,
                                         const QSize& size, const QWidget* widget) const override;
    [[nodiscard]] int pixelMetric(PixelMetric metric, const QStyleOption* option,
                                  const QWidget* widget) const override;
    [[nodiscard]] int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                                QStyleHintReturn* returned) const override;

private:
    bool drawItemPrimitive(PrimitiveElement element, const QStyleOption& option, QPainter& painter,
                           const QWidget* widget) const;
    void drawFocusFrame(const QStyleOption& option, QPainter& painter, const QWidget* widget) const;

    QObject* m_wheelGuard;
};

} // namespace espalier
