#include "ui/evaluation/predictions/matrix/matrix_view.h"

#include "ui/evaluation/predictions/matrix/matrix_painter.h"
#include "ui/widgets/one_line.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QTextDocument>
#include <QToolTip>
#include <algorithm>

namespace espalier {

namespace {

constexpr int SumHeight = 28;
constexpr int MinimumRows = 4;

QSize sumRoom(const MatrixContent& content)
{
    if (!content.hasSums())
        return {};
    const QFontMetrics metrics(textFont(TextStyle::Small));
    return {std::max(48, metrics.horizontalAdvance(content.total()) + 16), SumHeight};
}

} // namespace

MatrixView::MatrixView(QWidget* parent)
    : QAbstractScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Confusion matrix"));
    viewport()->setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
}

MatrixView::~MatrixView() = default;

void MatrixView::setContent(std::shared_ptr<const MatrixContent> content)
{
    const bool sameClasses = m_content && content && m_content->classes() == content->classes();
    m_content = std::move(content);
    if (!sameClasses) {
        m_focus = m_anchor = {};
        m_hovered.reset();
        changeSelection(MatrixSelection(m_content ? m_content->size() : 0));
    }
    updateGeometryOfCells();
    setFocusCell(m_focus);
    updateGeometry();
    viewport()->update();
}

void MatrixView::setSelection(const MatrixSelection& selection)
{
    if (m_content && selection.size() == m_content->size())
        changeSelection(selection);
}

void MatrixView::clearSelection()
{
    changeSelection(MatrixSelection(m_selection.size()));
}

QSize MatrixView::sizeHint() const
{
    if (!m_content)
        return {320, 240};
    const MatrixGeometry smallest =
        MatrixGeometry::fitting(m_content->size(), m_geometry.names, m_geometry.sums, {});
    return smallest.contentSize().boundedTo({900, 480});
}

QSize MatrixView::minimumSizeHint() const
{
    return {m_geometry.names.width() + 3 * MatrixGeometry::SmallestCell,
            m_geometry.names.height() + MinimumRows * MatrixGeometry::LowestCell};
}

void MatrixView::updateGeometryOfCells()
{
    if (!m_content) {
        m_geometry = {};
        return;
    }
    const QFontMetrics left(textFont(TextStyle::Small));
    const QFontMetrics top(textFont(TextStyle::Caption));
    const QStringList& names = m_content->classes();
    const QSize room = viewport()->size();
    const auto fit = [&](NameLayout layout) {
        return MatrixGeometry::fitting(m_content->size(), nameRoom(names, left, top, layout),
                                       sumRoom(*m_content), room);
    };
    m_geometry = fit(NameLayout::Wrapped);
    m_names = nameLayout(names, top, m_geometry.cell.width() - 2);
    if (m_names == NameLayout::Turned)
        m_geometry = fit(NameLayout::Turned);

    const QSize beyond = (m_geometry.contentSize() - room).expandedTo({0, 0});
    horizontalScrollBar()->setRange(0, beyond.width());
    horizontalScrollBar()->setPageStep(room.width());
    horizontalScrollBar()->setSingleStep(m_geometry.cell.width());
    verticalScrollBar()->setRange(0, beyond.height());
    verticalScrollBar()->setPageStep(room.height());
    verticalScrollBar()->setSingleStep(m_geometry.cell.height());
    m_geometry.offset = {horizontalScrollBar()->value(), verticalScrollBar()->value()};
}

void MatrixView::paintEvent(QPaintEvent* event)
{
    QPainter painter(viewport());
    if (!m_content) {
        painter.fillRect(event->rect(), Theme::of(palette()).color(Role::Surface));
        return;
    }
    const bool ring = m_ring && hasFocus();
    paintMatrix(painter,
                {*m_content, m_geometry, m_selection, m_names, m_hovered,
                 ring ? std::optional<MatrixCell>(m_focus) : std::nullopt, palette()},
                viewport()->rect());
}

void MatrixView::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    updateGeometryOfCells();
}

void MatrixView::scrollContentsBy(int /*dx*/, int /*dy*/)
{
    m_geometry.offset = {horizontalScrollBar()->value(), verticalScrollBar()->value()};
    setHovered(std::nullopt);
    viewport()->update();
}

void MatrixView::changeEvent(QEvent* event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        updateGeometryOfCells();
}

bool MatrixView::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::Leave)
        setHovered(std::nullopt);
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        showHoverText(help->globalPos(), help->pos());
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void MatrixView::showHoverText(QPoint globalPoint, QPoint point)
{
    if (!m_content)
        return;
    QString text;
    QRect valid;
    if (const auto cell = m_geometry.cellAt(point)) {
        text = m_content->description(*cell);
        valid = m_geometry.cellRect(*cell);
    } else if (const auto row = m_geometry.rowNameAt(point)) {
        text = oneLine(m_content->classes().at(*row));
        valid = m_geometry.rowNameRect(*row);
    } else if (const auto column = m_geometry.columnNameAt(point)) {
        text = oneLine(m_content->classes().at(*column));
        valid = m_geometry.columnNameRect(*column);
    }
    // A class name may look like markup.
    if (!text.isEmpty() && Qt::mightBeRichText(text))
        text = Qt::convertFromPlainText(text);
    QToolTip::showText(globalPoint, text, viewport(), valid);
}

void MatrixView::setHovered(std::optional<MatrixCell> cell)
{
    if (cell == m_hovered)
        return;
    const auto before = std::exchange(m_hovered, cell);
    for (const auto& changed : {before, m_hovered})
        if (changed)
            updateCell(*changed);
    if (m_content && m_content->size() > 0)
        Q_EMIT lookedAt(m_hovered.value_or(m_focus));
}

void MatrixView::updateCell(MatrixCell cell)
{
    viewport()->update(m_geometry.cellRect(cell).adjusted(-4, -4, 4, 4));
}

void MatrixView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !m_content || m_content->size() == 0)
        return;
    m_ring = false;
    const QPoint point = event->position().toPoint();
    const bool keep = event->modifiers().testFlag(Qt::ControlModifier);
    const auto row = m_geometry.rowNameAt(point);
    const auto column = m_geometry.columnNameAt(point);
    if (const auto cell = m_geometry.cellAt(point))
        press(*cell, event->modifiers());
    else if (row || column)
        selectNames(row, column, keep);
    else if (QRect({}, m_geometry.names).contains(point))
        selectNames(std::nullopt, std::nullopt, keep);
    else
        clearSelection();
}

void MatrixView::press(MatrixCell cell, Qt::KeyboardModifiers modifiers)
{
    m_dragging = true;
    if (modifiers.testFlag(Qt::ShiftModifier)) {
        m_kept = MatrixSelection(m_content->size());
        setFocusCell(cell);
        setBlock(m_anchor, cell);
        return;
    }
    const bool toggles = modifiers.testFlag(Qt::ControlModifier);
    m_kept = toggles ? m_selection : MatrixSelection(m_content->size());
    m_anchor = cell;
    setFocusCell(cell);
    MatrixSelection selection = m_kept;
    selection.toggle(cell);
    // Control on a selected cell takes it away; a drag from there must not bring it back.
    m_dragging = selection.contains(cell);
    changeSelection(selection);
}

void MatrixView::selectNames(std::optional<int> row, std::optional<int> column, bool keep)
{
    const int last = m_content->size() - 1;
    const MatrixCell from{row.value_or(0), column.value_or(0)};
    m_kept = keep ? m_selection : MatrixSelection(m_content->size());
    m_anchor = from;
    setFocusCell(from);
    setBlock(from, {row.value_or(last), column.value_or(last)});
}

void MatrixView::setBlock(MatrixCell corner, MatrixCell opposite)
{
    MatrixSelection selection = m_kept;
    selection.addBlock(corner, opposite);
    changeSelection(selection);
}

void MatrixView::mouseMoveEvent(QMouseEvent* event)
{
    if (!m_content || m_content->size() == 0)
        return;
    const QPoint point = event->position().toPoint();
    if (m_dragging && event->buttons().testFlag(Qt::LeftButton)) {
        const MatrixCell cell = m_geometry.nearestCell(point);
        if (cell != m_focus) {
            setFocusCell(cell);
            ensureVisible(cell);
            setBlock(m_anchor, cell);
        }
    }
    setHovered(m_geometry.cellAt(point));
}

void MatrixView::mouseReleaseEvent(QMouseEvent* /*event*/)
{
    m_dragging = false;
}

void MatrixView::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (m_content && m_geometry.cellAt(event->position().toPoint()))
        Q_EMIT activated();
}

void MatrixView::keyPressEvent(QKeyEvent* event)
{
    if (!m_content || m_content->size() == 0 || !handleKey(*event)) {
        QAbstractScrollArea::keyPressEvent(event);
        return;
    }
    m_ring = true;
    updateCell(m_focus);
}

bool MatrixView::handleKey(const QKeyEvent& event)
{
    if (const auto cell = movedFocus(event)) {
        moveFocus(*cell, event.modifiers().testFlag(Qt::ShiftModifier));
        return true;
    }
    MatrixSelection selection = m_selection;
    if (event.matches(QKeySequence::SelectAll))
        selection.selectAll();
    else if (event.key() == Qt::Key_Space)
        selection.toggle(m_focus);
    else if (event.key() == Qt::Key_Escape && !selection.isEmpty())
        selection.clear();
    else if (event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter) {
        selection.clear();
        selection.set(m_focus, true);
    } else
        return false;
    m_anchor = m_focus;
    changeSelection(selection);
    if (event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter)
        Q_EMIT activated();
    return true;
}

std::optional<MatrixCell> MatrixView::movedFocus(const QKeyEvent& event) const
{
    const int last = m_content->size() - 1;
    const int page =
        std::max(1, (viewport()->height() - m_geometry.names.height()) / m_geometry.cell.height());
    const bool far = event.modifiers().testFlag(Qt::ControlModifier);
    MatrixCell cell = m_focus;
    switch (event.key()) {
    case Qt::Key_Left:
        cell.column = far ? 0 : cell.column - 1;
        break;
    case Qt::Key_Right:
        cell.column = far ? last : cell.column + 1;
        break;
    case Qt::Key_Up:
        cell.row = far ? 0 : cell.row - 1;
        break;
    case Qt::Key_Down:
        cell.row = far ? last : cell.row + 1;
        break;
    case Qt::Key_PageUp:
        cell.row -= page;
        break;
    case Qt::Key_PageDown:
        cell.row += page;
        break;
    case Qt::Key_Home:
        cell = {far ? 0 : cell.row, 0};
        break;
    case Qt::Key_End:
        cell = {far ? last : cell.row, last};
        break;
    default:
        return std::nullopt;
    }
    return MatrixCell{std::clamp(cell.row, 0, last), std::clamp(cell.column, 0, last)};
}

void MatrixView::moveFocus(MatrixCell cell, bool extend)
{
    if (extend && m_selection.isEmpty())
        m_anchor = m_focus;
    setFocusCell(cell);
    ensureVisible(cell);
    if (!extend) {
        m_anchor = cell;
        return;
    }
    m_kept = MatrixSelection(m_content->size());
    setBlock(m_anchor, cell);
}

void MatrixView::changeSelection(const MatrixSelection& selection)
{
    if (selection == m_selection)
        return;
    m_selection = selection;
    viewport()->update();
    Q_EMIT selectionChanged();
}

void MatrixView::setFocusCell(MatrixCell cell)
{
    if (!m_content || m_content->size() == 0) {
        setAccessibleDescription({});
        return;
    }
    updateCell(std::exchange(m_focus, cell));
    updateCell(m_focus);
    setAccessibleDescription(m_content->description(m_focus));
    Q_EMIT lookedAt(m_focus);
}

void MatrixView::ensureVisible(MatrixCell cell)
{
    const QRect rect = m_geometry.cellRect(cell);
    const QSize room = viewport()->size();
    const auto shift = [](int start, int end, int low, int high) {
        return start < low ? start - low : std::max(0, std::min(end - high, start - low));
    };
    horizontalScrollBar()->setValue(
        horizontalScrollBar()->value() +
        shift(rect.left(), rect.right() + 1, m_geometry.names.width(), room.width()));
    verticalScrollBar()->setValue(
        verticalScrollBar()->value() +
        shift(rect.top(), rect.bottom() + 1, m_geometry.names.height(), room.height()));
}

void MatrixView::focusInEvent(QFocusEvent* event)
{
    const bool byKeyboard = event->reason() == Qt::TabFocusReason ||
                            event->reason() == Qt::BacktabFocusReason ||
                            event->reason() == Qt::ShortcutFocusReason;
    // A window that comes to the front again leaves the ring as it was.
    m_ring = byKeyboard || (m_ring && event->reason() != Qt::MouseFocusReason);
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void MatrixView::focusOutEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

} // namespace espalier
