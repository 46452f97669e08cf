#pragma once

#include <QList>

class QWidget;

namespace espalier {

/// Whether Tab may stop at a widget now.
[[nodiscard]] bool takesFocus(const QWidget& widget);

/// What Tab goes through below `root`, in the order in which it is read: that of the layouts, and
/// where there is none from top to bottom. Qt's own chain is that of creation, in which a form that
/// is made anew for each selection would come last.
[[nodiscard]] QList<QWidget*> focusOrder(const QWidget& root);

/// For focusNextPrevChild() of windows: gives the focus to the next in focusOrder(), from the last
/// to the first. False: there is none.
bool focusNextIn(const QWidget& window, bool next);

} // namespace espalier
