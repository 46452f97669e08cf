#include "ui/datasets/sidebar/dataset_tree_delegate.h"

#include "ui/datasets/sidebar/dataset_tree_model.h"
#include "ui/theme/theme.h"

#include <QAbstractItemView>
#include <QMouseEvent>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

using Kind = DatasetTreeModel::Kind;

constexpr int TextLeft = 22;    ///< of datasets and imports, behind the chevron
constexpr int VersionLeft = 26; ///< of versions
constexpr int ButtonSide = 28;
constexpr int StateIcon = 14;
constexpr int ImportRow = 58;
constexpr int ProgressHeight = 4;

Kind kindOf(const QModelIndex& index)
{
    return index.data(DatasetTreeModel::KindRole).value<Kind>();
}

} // namespace

QRect DatasetTreeDelegate::buttonRect(const QRect& row)
{
    return {row.right() - ButtonSide - 2, row.top() + (metrics::ListRow - ButtonSide) / 2,
            ButtonSide, ButtonSide};
}

QString DatasetTreeDelegate::buttonIcon(const QStyleOptionViewItem& option,
                                        const QModelIndex& index)
{
    if (kindOf(index) == Kind::Import)
        return u"close"_s;
    const bool wanted = option.state & (QStyle::State_Selected | QStyle::State_MouseOver);
    return kindOf(index) == Kind::Version && wanted ? u"more"_s : QString();
}

void DatasetTreeDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                                const QModelIndex& index) const
{
    const Theme& theme = Theme::of(option.palette);
    const auto* view = qobject_cast<const QAbstractItemView*>(option.widget);
    QRect row = option.rect;
    row.setLeft(0); // over the indentation of the tree
    if (view)
        row.setRight(view->viewport()->width() - 1);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const bool selected = option.state & QStyle::State_Selected;
    if (selected || (option.state & QStyle::State_MouseOver)) {
        const bool active = !view || view->hasFocus() || view->isActiveWindow();
        painter->setPen(Qt::NoPen);
        painter->setBrush(theme.color(!selected ? Role::Hover
                                      : active  ? Role::Selection
                                                : Role::SelectionInactive));
        painter->drawRoundedRect(row, metrics::Radius, metrics::Radius);
    }
    if (index.model()->hasChildren(index))
        paintIcon(*painter,
                  option.state & QStyle::State_Open ? u"chevron-down"_s : u"chevron-right"_s,
                  QRectF(row.left() + 3, row.top() + 8, metrics::Icon, metrics::Icon),
                  theme.color(Role::TextSecondary));
    paintTexts(*painter, row, option, index);
    if (const QVariant fraction = index.data(DatasetTreeModel::FractionRole); fraction.isValid())
        paintProgress(*painter, row, option, fraction.toDouble());
    if (const QString icon = buttonIcon(option, index); !icon.isEmpty())
        paintIcon(*painter, icon, QRectF(buttonRect(row)).adjusted(6, 6, -6, -6),
                  theme.color(Role::TextSecondary));
    painter->restore();
}

void DatasetTreeDelegate::paintTexts(QPainter& painter, const QRect& row,
                                     const QStyleOptionViewItem& option, const QModelIndex& index)
{
    const Theme& theme = Theme::of(option.palette);
    const bool selected = option.state & QStyle::State_Selected;
    const bool hasError = index.data(DatasetTreeModel::HasErrorRole).toBool();
    const bool hasButton = !buttonIcon(option, index).isEmpty();
    const int left = row.left() + (kindOf(index) == Kind::Version ? VersionLeft : TextLeft);
    const int right = row.right() - (hasButton ? ButtonSide + 6 : 8);

    painter.setFont(textFont(selected ? TextStyle::BodyStrong : TextStyle::BodyMedium));
    painter.setPen(theme.color(Role::TextPrimary));
    const QRect name(left, row.top() + 6, right - left, 18);
    painter.drawText(
        name, Qt::AlignVCenter,
        painter.fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, name.width()));

    QRect line(left, row.top() + 25, right - left, 16);
    const QColor color = theme.color(hasError ? Role::LevelError : Role::TextSecondary);
    if (const QString icon = index.data(DatasetTreeModel::IconRole).toString(); !icon.isEmpty()) {
        paintIcon(painter, icon, QRectF(line.left(), line.top() + 1, StateIcon, StateIcon), color);
        line.setLeft(line.left() + StateIcon + 4);
    }
    painter.setFont(textFont(TextStyle::Small));
    painter.setPen(color);
    const QString second = index.data(DatasetTreeModel::SecondLineRole).toString();
    painter.drawText(line, Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(second, Qt::ElideRight, line.width()));
}

void DatasetTreeDelegate::paintProgress(QPainter& painter, const QRect& row,
                                        const QStyleOptionViewItem& option, double fraction)
{
    const Theme& theme = Theme::of(option.palette);
    const QRectF track(row.left() + TextLeft, row.top() + 45,
                       row.width() - TextLeft - ButtonSide - 6, ProgressHeight);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.color(Role::Pressed));
    painter.drawRoundedRect(track, 2, 2);
    QRectF part = track;
    part.setWidth(track.width() * (fraction < 0 ? 0.08 : fraction));
    painter.setBrush(theme.color(Role::Accent));
    painter.drawRoundedRect(part, 2, 2);
}

QSize DatasetTreeDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const
{
    const bool progress = index.data(DatasetTreeModel::FractionRole).isValid();
    return {metrics::Sidebar / 2, progress ? ImportRow : metrics::ListRow};
}

void DatasetTreeDelegate::updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                                               const QModelIndex&) const
{
    editor->setGeometry(
        option.rect.adjusted(TextLeft - 6, 2, -2, 2 + metrics::Control - option.rect.height()));
    editor->setAccessibleName(tr("Name of the dataset"));
}

bool DatasetTreeDelegate::editorEvent(QEvent* event, QAbstractItemModel* model,
                                      const QStyleOptionViewItem& option, const QModelIndex& index)
{
    if (event->type() != QEvent::MouseButtonRelease)
        return QStyledItemDelegate::editorEvent(event, model, option, index);
    const auto* mouse = static_cast<QMouseEvent*>(event);
    if (mouse->button() != Qt::LeftButton || buttonIcon(option, index).isEmpty() ||
        !buttonRect(option.rect).contains(mouse->position().toPoint()))
        return false;
    if (kindOf(index) == Kind::Import)
        Q_EMIT cancelRequested(index);
    else
        Q_EMIT menuRequested(index, mouse->globalPosition().toPoint());
    return true;
}

} // namespace espalier
