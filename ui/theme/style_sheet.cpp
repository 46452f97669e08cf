#include "ui/theme/theme.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace espalier {

// Only what QStyle cannot say; everything else is drawn by EspalierStyle.
QString Theme::styleSheet() const
{
    const auto hex = [this](Role role) { return color(role).name(); };
    return u"QToolTip { background: %1; color: %2; border: none; padding: 6px 8px; }\n"
           "QDialog, QComboBox QAbstractItemView { background: %3; }\n"
           "QStatusBar::item { border: none; }\n"_s.arg(hex(Role::Tooltip), hex(Role::TooltipText),
                                                        hex(Role::Raised));
}

} // namespace espalier
