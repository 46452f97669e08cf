#include "ui/widgets/list_row_delegate.h"

#include "ui/theme/theme.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QListView>
#include <QMouseEvent>
#include <QPainter>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace espalier {
namespace {

constexpr int Padding = 8, Gap = 2, StateIcon = 14, Lead = 26, CheckLead = 24, Dots = 24;
constexpr int ProgressHeight = 4, ProgressRow = 8;

bool isOn(const QStyleOptionViewItem& option, QStyle::StateFlag flag)
{
    return option.state.testFlag(flag);
}

bool hasCheck(const QModelIndex& index)
{
    return index.data(Qt::CheckStateRole).isValid();
}

double progressOf(const QModelIndex& index)
{
    const QVariant progress = index.data(ListRowDelegate::ProgressRole);
    return progress.isValid() ? progress.toDouble() : -1;
}

/// The places of one row; mirrored for right-to-left by `visual`.
struct Row {
    Row(const QStyleOptionViewItem& option, const QModelIndex& index);

    [[nodiscard]] QRect visual(const QRect& part) const
    {
        return QStyle::visualRect(direction, fill, part);
    }

    Qt::LayoutDirection direction;
    QRect fill;   ///< what hover and selection paint
    QRect lead;   ///< tick box or state icon
    QRect first;  ///< name and metric
    QRect second; ///< second line
    QRect dots;
};

Row::Row(const QStyleOptionViewItem& option, const QModelIndex& index)
    : direction(option.direction)
    , fill(option.rect.adjusted(metrics::ListPadding, Gap / 2, -metrics::ListPadding, -Gap / 2))
{
    int left = fill.left() + Padding;
    if (qobject_cast<const QTreeView*>(option.widget)) {
        // The fill is as wide as the view, the text follows the indentation.
        fill.setLeft(metrics::ListPadding);
        left = option.rect.left() + Padding / 2;
    }
    const bool check = hasCheck(index);
    const int middle = fill.center().y();
    const int side = check ? int(metrics::Icon) : StateIcon;
    if (check || !index.data(ListRowDelegate::StateIconRole).toString().isEmpty()) {
        lead = QRect(left, middle - side / 2 + 1, side, side);
        left += check ? CheckLead : Lead;
    }
    const int width = fill.right() - Padding + 1 - left;
    const int firstHeight = QFontMetrics(textFont(TextStyle::BodyStrong)).height();
    const int secondHeight = QFontMetrics(textFont(TextStyle::Small)).height();
    const bool two = !index.data(ListRowDelegate::SecondLineRole).toString().isEmpty();
    const int progress = progressOf(index) >= 0 ? ProgressRow : 0;
    const int content = firstHeight + (two ? secondHeight : 0) + progress;
    const int top = fill.top() + (fill.height() - content) / 2;
    first = QRect(left, top, width, firstHeight);
    second = QRect(left, top + firstHeight, width, secondHeight);
    dots = QRect(fill.right() - Padding / 2 - Dots + 1, middle - Dots / 2 + 1, Dots, Dots);
}

class RowPainter {
public:
    RowPainter(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index,
               bool dots)
        : m_painter(painter)
        , m_option(option)
        , m_index(index)
        , m_theme(Theme::of(option.palette))
        , m_row(option, index)
        , m_dots(dots)
    {
    }

    void paint()
    {
        paintFill();
        if (m_dots) {
            paintIcon(m_painter, u"more"_s, m_row.visual(m_row.dots).adjusted(4, 4, -4, -4),
                      ink(Role::TextPrimary));
            m_row.first.setRight(m_row.dots.left() - metrics::IconGap);
            m_row.second.setRight(m_row.dots.left() - metrics::IconGap);
        }
        hasCheck(m_index) ? paintCheck() : paintState(m_row.lead);
        paintFirstLine();
        paintSecondLine();
        paintProgress();
        paintFocus();
    }

private:
    [[nodiscard]] QString text(int role) const { return m_index.data(role).toString(); }

    [[nodiscard]] QColor ink(Role role) const
    {
        return m_theme.color(isOn(m_option, QStyle::State_Enabled) ? role : Role::TextDisabled);
    }

    [[nodiscard]] QColor inkOf(int role, Role otherwise) const
    {
        const QVariant value = m_index.data(role);
        return ink(value.isValid() ? static_cast<Role>(value.toInt()) : otherwise);
    }

    void paintFill()
    {
        const bool selected = isOn(m_option, QStyle::State_Selected);
        if (!selected && !isOn(m_option, QStyle::State_MouseOver))
            return;
        // Quieter while the focus is elsewhere; the field of a rename belongs to the list.
        const QWidget* focus = QApplication::focusWidget();
        const bool active = m_option.widget && focus && isOn(m_option, QStyle::State_Active) &&
                            (m_option.widget == focus || m_option.widget->isAncestorOf(focus));
        const Role role = !selected ? Role::Hover
                          : active  ? Role::Selection
                                    : Role::SelectionInactive;
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(m_theme.color(role));
        m_painter.drawRoundedRect(m_row.fill, metrics::Radius, metrics::Radius);
    }

    void paintCheck()
    {
        const QRect box = m_row.visual(m_row.lead);
        const bool checked = m_index.data(Qt::CheckStateRole).toInt() == Qt::Checked;
        const QVariant color = m_index.data(ListRowDelegate::TickColorRole);
        if (checked && color.isValid() && isOn(m_option, QStyle::State_Enabled)) {
            const auto fill = color.value<QColor>();
            m_painter.setPen(Qt::NoPen);
            m_painter.setBrush(fill);
            m_painter.drawRoundedRect(box, 4, 4);
            return paintIcon(m_painter, u"check"_s, box.adjusted(2, 2, -2, -2),
                             Theme::textOn(fill));
        }
        QStyleOptionViewItem check = m_option;
        check.rect = box;
        check.state &= ~(QStyle::State_On | QStyle::State_MouseOver | QStyle::State_Sunken);
        check.state.setFlag(checked ? QStyle::State_On : QStyle::State_Off);
        const QStyle* style = m_option.widget ? m_option.widget->style() : QApplication::style();
        style->drawPrimitive(QStyle::PE_IndicatorItemViewItemCheck, &check, &m_painter,
                             m_option.widget);
    }

    void paintState(const QRect& place)
    {
        const QString icon = text(ListRowDelegate::StateIconRole);
        if (!icon.isEmpty())
            paintIcon(m_painter, icon, m_row.visual(place),
                      inkOf(ListRowDelegate::StateInkRole, Role::TextSecondary));
    }

    /// Right-aligned `after`, `before` cut to what is left.
    void paintLine(const QRect& line, const QString& before, const QFont& beforeFont,
                   const QColor& beforeInk, const QString& after, const QFont& afterFont,
                   const QColor& afterInk)
    {
        QRect room = line;
        if (!after.isEmpty() && !m_dots) {
            const int width = QFontMetrics(afterFont).horizontalAdvance(after);
            const QRect place(line.right() - width + 1, line.top(), width, line.height());
            m_painter.setFont(afterFont);
            m_painter.setPen(afterInk);
            m_painter.drawText(m_row.visual(place), int(Qt::AlignVCenter | Qt::AlignLeft), after);
            room.setRight(place.left() - metrics::IconGap);
        }
        m_painter.setFont(beforeFont);
        m_painter.setPen(beforeInk);
        const auto alignment = QStyle::visualAlignment(m_row.direction, Qt::AlignLeft);
        m_painter.drawText(
            m_row.visual(room), int(Qt::AlignVCenter | alignment),
            QFontMetrics(beforeFont).elidedText(before, Qt::ElideRight, room.width()));
    }

    void paintFirstLine()
    {
        const bool selected = isOn(m_option, QStyle::State_Selected);
        paintLine(m_row.first, text(Qt::DisplayRole),
                  textFont(selected ? TextStyle::BodyStrong : TextStyle::BodyMedium),
                  ink(Role::TextPrimary), text(ListRowDelegate::MetricRole),
                  textFont(selected ? TextStyle::BodyMedium : TextStyle::Body),
                  ink(Role::TextPrimary));
    }

    void paintSecondLine()
    {
        QRect line = m_row.second;
        if (hasCheck(m_index) && !text(ListRowDelegate::StateIconRole).isEmpty()) {
            paintState({line.left(), line.center().y() - StateIcon / 2 + 1, StateIcon, StateIcon});
            line.setLeft(line.left() + StateIcon + 4);
        }
        const QFont small = textFont(TextStyle::Small);
        paintLine(line, text(ListRowDelegate::SecondLineRole), small,
                  inkOf(ListRowDelegate::SecondLineInkRole, Role::TextSecondary),
                  text(ListRowDelegate::MetricDetailRole), small, ink(Role::TextSecondary));
    }

    void paintProgress()
    {
        const double progress = progressOf(m_index);
        if (progress < 0)
            return;
        QRectF track(m_row.second.left(), m_row.second.bottom() + ProgressRow - ProgressHeight + 1,
                     m_row.second.width(), ProgressHeight);
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(m_theme.color(Role::Pressed));
        m_painter.drawRoundedRect(m_row.visual(track.toRect()), 2, 2);
        track.setWidth(track.width() * qMin(1.0, progress));
        m_painter.setBrush(m_theme.color(Role::Accent));
        m_painter.drawRoundedRect(m_row.visual(track.toRect()), 2, 2);
    }

    void paintFocus()
    {
        if (!isOn(m_option, QStyle::State_HasFocus) ||
            !isOn(m_option, QStyle::State_KeyboardFocusChange))
            return;
        m_painter.setPen(QPen(m_theme.color(Role::Focus), 2));
        m_painter.setBrush(Qt::NoBrush);
        m_painter.drawRoundedRect(m_row.fill, metrics::Radius, metrics::Radius);
    }

    QPainter& m_painter;
    const QStyleOptionViewItem& m_option;
    const QModelIndex& m_index;
    const Theme& m_theme;
    Row m_row;
    bool m_dots;
};

} // namespace

void ListRowDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const
{
    QStyleOptionViewItem item = option;
    if (!index.flags().testFlag(Qt::ItemIsEnabled))
        item.state &= ~QStyle::State_Enabled;
    const bool dots = m_hasMenu && isOn(item, QStyle::State_Enabled) &&
                      (isOn(item, QStyle::State_Selected) || isOn(item, QStyle::State_MouseOver));
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    RowPainter(*painter, item, index, dots).paint();
    painter->restore();
}

QSize ListRowDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const
{
    const int text = QFontMetrics(textFont(TextStyle::BodyStrong)).height() +
                     QFontMetrics(textFont(TextStyle::Small)).height();
    const int progress = progressOf(index) >= 0 ? ProgressRow : 0;
    return {160, qMax(int(metrics::ListRow), text + 12) + progress + Gap};
}

bool ListRowDelegate::editorEvent(QEvent* event, QAbstractItemModel* model,
                                  const QStyleOptionViewItem& option, const QModelIndex& index)
{
    if (event->type() != QEvent::MouseButtonRelease && event->type() != QEvent::MouseButtonPress)
        return QStyledItemDelegate::editorEvent(event, model, option, index);
    const auto* mouse = static_cast<QMouseEvent*>(event);
    const Row row(option, index);
    const bool released = event->type() == QEvent::MouseButtonRelease;
    if (mouse->button() != Qt::LeftButton)
        return false;
    if (m_hasMenu && row.visual(row.dots).contains(mouse->position().toPoint())) {
        if (released && option.widget)
            Q_EMIT menuRequested(index, mouse->globalPosition().toPoint());
        return released;
    }
    const bool checkable = index.flags().testFlag(Qt::ItemIsUserCheckable) &&
                           index.flags().testFlag(Qt::ItemIsEnabled) && hasCheck(index);
    // A generous target: the whole left end of the row.
    const QRect box = row.lead.adjusted(-Padding, -Padding, 4, Padding);
    if (!checkable || !row.visual(box).contains(mouse->position().toPoint()))
        return false;
    if (released) {
        const bool checked = index.data(Qt::CheckStateRole).toInt() == Qt::Checked;
        model->setData(index, checked ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
    }
    return true;
}

void ListRowDelegate::updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                                           const QModelIndex& index) const
{
    const Row row(option, index);
    QRect place = row.first.adjusted(-9, 0, 0, 0);
    place.setHeight(metrics::Control);
    place.moveTop(row.fill.center().y() - metrics::Control / 2);
    editor->setGeometry(row.visual(place));
}

ListRowDelegate* setUpListRows(QListView& view)
{
    auto* delegate = new ListRowDelegate(&view);
    view.setItemDelegate(delegate);
    view.setFrameShape(QFrame::NoFrame);
    view.viewport()->setAutoFillBackground(false);
    view.viewport()->setAttribute(Qt::WA_Hover);
    view.setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    view.setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    view.setSelectionMode(QAbstractItemView::SingleSelection);
    view.setEditTriggers(QAbstractItemView::EditKeyPressed);
    return delegate;
}

} // namespace espalier
