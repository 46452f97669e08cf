#include "ui/shell/projects/project_list.h"

#include "ui/shell/projects/project_list_model.h"
#include "ui/theme/theme.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr int Picture = 48;
constexpr int PictureGap = 16;
constexpr int MenuSize = 28;
constexpr int LocateWidth = 64;
constexpr int TextRight = 38; ///< of the right column, from the content's edge

QRect contentOf(const QRect& row)
{
    return row.adjusted(ProjectDelegate::Inset, 0, -ProjectDelegate::Inset, 0);
}

QRect pictureRect(const QRect& row)
{
    return {contentOf(row).left(), row.top() + (row.height() - Picture) / 2, Picture, Picture};
}

QString iconOf(const QModelIndex& index)
{
    if (index.data(ProjectListModel::MissingRole).toBool())
        return u"folder"_s;
    switch (project_thumbnail::Kind(index.data(ProjectListModel::KindRole).toInt())) {
    case project_thumbnail::Kind::Images:
        return u"image"_s;
    case project_thumbnail::Kind::Table:
        return u"table"_s;
    case project_thumbnail::Kind::Empty:
        break;
    }
    return u"folder"_s;
}

void paintPicture(QPainter* painter, const QRect& place, const QModelIndex& index,
                  const Theme& theme)
{
    QPainterPath clip;
    clip.addRoundedRect(place, metrics::Radius, metrics::Radius);
    const QImage image = index.data(ProjectListModel::ThumbnailRole).value<QImage>();
    painter->fillPath(clip, theme.color(Role::SelectionInactive));
    if (image.isNull()) {
        const QRectF icon(place.center().x() - 9, place.center().y() - 9, 20, 20);
        paintIcon(*painter, iconOf(index), icon, theme.color(Role::TextSecondary));
        return;
    }
    painter->save();
    painter->setClipPath(clip);
    painter->setRenderHint(QPainter::SmoothPixmapTransform);
    painter->drawImage(place, image);
    painter->restore();
}

void drawLine(QPainter* painter, const QRect& place, int flags, TextStyle style, const QColor& ink,
              const QString& text)
{
    const QFont font = textFont(style);
    painter->setFont(font);
    painter->setPen(ink);
    painter->drawText(place, flags | Qt::AlignVCenter,
                      QFontMetrics(font).elidedText(text, Qt::ElideMiddle, place.width()));
}

void paintLocate(QPainter* painter, const QRect& row, const Theme& theme)
{
    const QRect button = ProjectDelegate::locateRect(row);
    painter->setPen(theme.color(Role::BorderButton));
    painter->setBrush(theme.color(Role::Button));
    painter->drawRoundedRect(QRectF(button).adjusted(0.5, 0.5, -0.5, -0.5), metrics::Radius,
                             metrics::Radius);
    drawLine(painter, button, Qt::AlignHCenter, TextStyle::BodyMedium,
             theme.color(Role::TextPrimary), ProjectList::tr("Locate"));
}

void paintTexts(QPainter* painter, const QRect& row, const QModelIndex& index, const Theme& theme)
{
    const bool missing = index.data(ProjectListModel::MissingRole).toBool();
    const QRect content = contentOf(row);
    const QRect right = content.adjusted(0, 0, -TextRight, 0);
    const QString counts = index.data(ProjectListModel::CountsRole).toString();
    const int asideWidth =
        missing ? LocateWidth : QFontMetrics(textFont(TextStyle::Body)).horizontalAdvance(counts);
    const int left = content.left() + Picture + PictureGap;
    const QRect name(left, row.top() + 16, right.right() - asideWidth - 24 - left, 22);
    const QRect below(name.left(), name.bottom(), name.width(), 20);
    drawLine(painter, name, Qt::AlignLeft, TextStyle::Heading,
             theme.color(missing ? Role::TextSecondary : Role::TextPrimary),
             index.data(Qt::DisplayRole).toString());
    const QString folder = shortFolder(index.data(ProjectListModel::FolderRole).toString());
    if (missing) {
        const QColor warning = theme.color(Role::LevelWarning);
        paintIcon(*painter, u"warning"_s, QRectF(below.left(), below.top() + 3, 14, 14), warning);
        drawLine(painter, below.adjusted(18, 0, 0, 0), Qt::AlignLeft, TextStyle::Small, warning,
                 ProjectList::tr("Folder not found: %1").arg(folder));
        return paintLocate(painter, row, theme);
    }
    drawLine(painter, below, Qt::AlignLeft, TextStyle::Small, theme.color(Role::TextSecondary),
             folder);
    drawLine(painter, QRect(content.left(), name.top(), right.width(), 22), Qt::AlignRight,
             TextStyle::Body, theme.color(Role::TextPrimary), counts);
    drawLine(painter, QRect(content.left(), below.top(), right.width(), 20), Qt::AlignRight,
             TextStyle::Small, theme.color(Role::TextSecondary),
             index.data(ProjectListModel::DateRole).toString());
}

QPoint mouseIn(const QStyleOptionViewItem& option)
{
    return option.widget ? static_cast<const ProjectList*>(option.widget)
                               ->viewport()
                               ->mapFromGlobal(QCursor::pos())
                         : QPoint();
}

} // namespace

void ProjectDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const Theme& theme = Theme::of(option.palette);
    const bool hovered = option.state & QStyle::State_MouseOver;
    const bool focused = option.state & QStyle::State_HasFocus;
    if (hovered || focused) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(theme.color(hovered ? Role::Hover : Role::Selection));
        painter->drawRoundedRect(option.rect, 8, 8);
    }
    paintPicture(painter, pictureRect(option.rect), index, theme);
    paintTexts(painter, option.rect, index, theme);
    const QRect menu = menuRect(option.rect);
    if (hovered && menu.contains(mouseIn(option))) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(theme.color(Role::Pressed));
        painter->drawRoundedRect(menu, metrics::Radius, metrics::Radius);
    }
    paintIcon(*painter, u"more"_s,
              QRectF(menu.center().x() - 7, menu.center().y() - 7, metrics::Icon, metrics::Icon),
              theme.color(Role::TextSecondary));
    painter->restore();
}

QSize ProjectDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return {0, RowHeight};
}

QRect ProjectDelegate::menuRect(const QRect& row)
{
    return {contentOf(row).right() - MenuSize / 2 - 7, row.center().y() - MenuSize / 2 + 1,
            MenuSize, MenuSize};
}

QRect ProjectDelegate::locateRect(const QRect& row)
{
    return {contentOf(row).right() - TextRight - LocateWidth + 1,
            row.center().y() - metrics::Control / 2 + 1, LocateWidth, metrics::Control};
}

ProjectList::ProjectList(QWidget* parent)
    : QListView(parent)
{
    setAccessibleName(tr("Recent projects"));
    setItemDelegate(new ProjectDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setMouseTracking(true);
    setUniformItemSizes(true);
    viewport()->setAutoFillBackground(false);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
}

QSize ProjectList::sizeHint() const
{
    const int rows = model() ? model()->rowCount() : 0;
    return {744, rows * ProjectDelegate::RowHeight};
}

void ProjectList::openOrLocate(const QModelIndex& index)
{
    if (index.data(ProjectListModel::MissingRole).toBool())
        Q_EMIT locateRequested(index);
    else
        Q_EMIT openRequested(index);
}

void ProjectList::mouseReleaseEvent(QMouseEvent* event)
{
    QListView::mouseReleaseEvent(event);
    const QModelIndex index = indexAt(event->pos());
    if (event->button() != Qt::LeftButton || !index.isValid() || index != currentIndex())
        return;
    const QRect row = visualRect(index);
    if (ProjectDelegate::menuRect(row).contains(event->pos()))
        Q_EMIT menuRequested(index, event->globalPosition().toPoint());
    else
        openOrLocate(index);
}

void ProjectList::mouseMoveEvent(QMouseEvent* event)
{
    QListView::mouseMoveEvent(event);
    viewport()->update();
}

void ProjectList::keyPressEvent(QKeyEvent* event)
{
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) &&
        currentIndex().isValid())
        return openOrLocate(currentIndex());
    QListView::keyPressEvent(event);
}

void ProjectList::contextMenuEvent(QContextMenuEvent* event)
{
    const bool byMouse = event->reason() == QContextMenuEvent::Mouse;
    const QModelIndex index = byMouse ? indexAt(event->pos()) : currentIndex();
    if (!index.isValid())
        return;
    Q_EMIT menuRequested(index, byMouse ? event->globalPos()
                                        : viewport()->mapToGlobal(visualRect(index).center()));
}

} // namespace espalier
