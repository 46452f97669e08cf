#include "ui/shell/frame/column_splitter.h"

#include "ui/theme/theme.h"

#include <QPainter>
#include <QSplitterHandle>

namespace espalier {

namespace {

/// Qt lets a handle of one pixel be grabbed within five.
class HairlineHandle final : public QSplitterHandle {
public:
    using QSplitterHandle::QSplitterHandle;

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.fillRect(contentsRect(), Theme::of(palette()).color(Role::Border));
    }
};

} // namespace

ColumnSplitter::ColumnSplitter(Qt::Orientation orientation, QWidget* parent)
    : QSplitter(orientation, parent)
{
    setHandleWidth(1);
    setChildrenCollapsible(false);
}

QSplitterHandle* ColumnSplitter::createHandle()
{
    return new HairlineHandle(orientation(), this);
}

} // namespace espalier
