#pragma once

#include <QList>

class QWidget;

namespace espalier {

/// Moves the focus from the area that has it to the one `by` places on, around the end: to what
/// had the focus there last, else to the first widget that takes it. Areas with none are skipped.
void focusNextArea(const QList<QWidget*>& areas, int by);

} // namespace espalier
