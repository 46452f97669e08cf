#include "ui/theme/espalier_style.h"
#include "ui/theme/style/style_bars.h"
#include "ui/theme/style/style_buttons.h"
#include "ui/theme/style/style_fields.h"
#include "ui/theme/style/style_menus.h"
#include "ui/theme/style/style_shapes.h"

#include <QAbstractItemView>
#include <QTableView>

// The sizes and manners of EspalierStyle; what it draws is in espalier_style.cpp.
namespace espalier {
namespace {

int lineHeight(const QStyleOption& option)
{
    return option.fontMetrics.height() + 8;
}

} // namespace

QSize EspalierStyle::sizeFromContents(ContentsType type, const QStyleOption* option,
                                      const QSize& size, const QWidget* widget) const
{
    const QSize base = QProxyStyle::sizeFromContents(type, option, size, widget);
    const auto* menu = qstyleoption_cast<const QStyleOptionMenuItem*>(option);
    if (const auto* button = qstyleoption_cast<const QStyleOptionButton*>(option);
        button && type == CT_PushButton)
        return style::buttonSize(*button, widget);
    if (const auto* tool = qstyleoption_cast<const QStyleOptionToolButton*>(option))
        return style::toolButtonSize(*tool);
    if (const auto* spin = qstyleoption_cast<const QStyleOptionSpinBox*>(option))
        return style::spinBoxSize(*spin, size);
    switch (type) {
    case CT_LineEdit: {
        const auto* frame = qstyleoption_cast<const QStyleOptionFrame*>(option);
        if (!frame || frame->lineWidth == 0)
            return base;
        return {size.width() + 14, qMax(int(metrics::Control), lineHeight(*option))};
    }
    case CT_ComboBox:
        return {size.width() + 40, qMax(int(metrics::Control), lineHeight(*option))};
    case CT_MenuItem:
        return menu ? style::menuItemSize(*menu, size) : base;
    case CT_MenuBarItem:
        return {size.width() + 16, qMax(int(metrics::Control), lineHeight(*option))};
    case CT_ItemViewItem:
        return {base.width(), qMax(int(metrics::TableRow), base.height())};
    case CT_HeaderSection:
        return {base.width() + 12, qMax(int(metrics::TableRow), base.height())};
    case CT_CheckBox:
    case CT_RadioButton:
        return {base.width(), qMax(20, base.height())};
    default:
        return base;
    }
}

int EspalierStyle::pixelMetric(PixelMetric metric, const QStyleOption* option,
                               const QWidget* widget) const
{
    switch (metric) {
    case PM_ButtonIconSize:
    case PM_SmallIconSize:
    case PM_ToolBarIconSize:
    case PM_ListViewIconSize:
    case PM_TabBarIconSize:
    case PM_LineEditIconSize:
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
    case PM_SliderThickness:
        return metrics::Icon;
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
    case PM_ToolBarFrameWidth:
        return 0;
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing:
    case PM_LineEditIconMargin:
        return 8;
    case PM_SliderLength:
    case PM_SliderControlThickness:
        return 14;
    // Square contents stay inside of a round frame.
    case PM_DefaultFrameWidth:
        return 2;
    case PM_ScrollBarExtent:
    case PM_ScrollView_ScrollBarOverlap:
        return style::ScrollBarExtent;
    case PM_ScrollView_ScrollBarSpacing:
        return 0;
    case PM_SplitterWidth:
    case PM_MenuPanelWidth:
        return 1;
    case PM_MenuHMargin:
    case PM_MenuVMargin:
        return 4;
    case PM_HeaderDefaultSectionSizeVertical:
        return metrics::TableRow;
    case PM_FocusFrameHMargin:
        // Items take their text margin from here.
        if (qobject_cast<const QTableView*>(widget))
            return 7;
        return 3;
    case PM_FocusFrameVMargin:
        return qobject_cast<const QAbstractItemView*>(widget) ? 2 : 3;
    case PM_ToolTipLabelFrameWidth:
        return 6;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int EspalierStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                             QStyleHintReturn* returned) const
{
    switch (hint) {
    case SH_Table_GridLineColor:
        return static_cast<int>(
            Theme::of(option ? option->palette : QPalette()).color(Role::Border).rgb());
    case SH_FocusFrame_Mask:
    case SH_UnderlineShortcut:
    case SH_EtchDisabledText:
    case SH_DialogButtonBox_ButtonsHaveIcons:
        return 0;
    case SH_FocusFrame_AboveWidget:
    case SH_ItemView_ShowDecorationSelected:
        return 1;
    case SH_Slider_AbsoluteSetButtons:
        return Qt::LeftButton;
    case SH_Widget_Animation_Duration:
        // Nothing takes longer; where the system wants no motion the base says 0.
        return qMin(100, QProxyStyle::styleHint(hint, option, widget, returned));
    default:
        return QProxyStyle::styleHint(hint, option, widget, returned);
    }
}

} // namespace espalier
