#include "ui/evaluation/predictions/newfiles/file_delegate.h"

#include "ui/evaluation/predictions/examples/example_list.h"
#include "ui/evaluation/predictions/newfiles/file_model.h"
#include "ui/theme/theme.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/one_line.h"

#include <QApplication>
#include <QPainter>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr int RowHeight = 88;
constexpr int RowPadding = 12;
constexpr int Picture = 56;
constexpr int Line = 20;
constexpr int ShownClasses = 3;
constexpr int BarHeight = 4;
constexpr int NumberWidth = 56;

void paintPicture(QPainter& painter, const QRect& row, const QPixmap& picture, const Theme& theme)
{
    const QRect box(row.left() + RowPadding, row.top() + (row.height() - Picture) / 2, Picture,
                    Picture);
    if (picture.isNull()) {
        painter.fillRect(box, theme.color(Role::Hover));
        paintIcon(painter, u"image"_s, QRectF(box).adjusted(18, 18, -18, -18),
                  theme.color(Role::TextDisabled));
        return;
    }
    QRect target({}, picture.deviceIndependentSize().toSize());
    target.moveCenter(box.center());
    painter.drawPixmap(target, picture);
}

void paintClasses(QPainter& painter, const QRect& room, const QList<ClassProbability>& classes,
                  const Theme& theme)
{
    const int nameWidth = room.width() * 2 / 5;
    for (int i = 0; i < std::min<int>(ShownClasses, int(classes.size())); ++i) {
        const ClassProbability& entry = classes.at(i);
        const QRect line(room.left(), room.top() + i * Line, room.width(), Line);
        painter.setFont(textFont(i == 0 ? TextStyle::BodyStrong : TextStyle::Body));
        painter.setPen(theme.color(i == 0 ? Role::TextPrimary : Role::TextSecondary));
        painter.drawText(
            line.adjusted(0, 0, nameWidth - room.width(), 0), Qt::AlignVCenter,
            painter.fontMetrics().elidedText(oneLine(entry.name), Qt::ElideRight, nameWidth - 8));
        painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, metricText(entry.probability));
        QRectF bar(line.left() + nameWidth, line.center().y() - 1,
                   room.width() - nameWidth - NumberWidth, BarHeight);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.color(Role::Pressed));
        painter.drawRoundedRect(bar, 2, 2);
        bar.setWidth(bar.width() * std::clamp(entry.probability, 0.0, 1.0));
        painter.setBrush(theme.color(i == 0 ? Role::Accent : Role::BorderControl));
        painter.drawRoundedRect(bar, 2, 2);
    }
}

void paintLine(QPainter& painter, const QRect& room, const QString& text, const QColor& color)
{
    painter.setFont(textFont(TextStyle::Body));
    painter.setPen(color);
    painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextWordWrap, text);
}

} // namespace

void FileDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) const
{
    const auto* model = qobject_cast<const FileModel*>(index.model());
    if (!model)
        return;
    QStyleOptionViewItem row = option;
    initStyleOption(&row, index);
    row.text.clear();
    const QStyle* style = option.widget ? option.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &row, painter, option.widget);

    const PredictedFile& file = model->file(index.row());
    const Theme& theme = Theme::of(option.palette);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    paintPicture(*painter, option.rect, file.picture, theme);
    QRect room = option.rect.adjusted(2 * RowPadding + Picture, 10, -RowPadding, -10);
    const int nameWidth = room.width() * 2 / 5;
    painter->setFont(textFont(TextStyle::Small));
    painter->setPen(theme.color(Role::TextSecondary));
    painter->drawText(room.adjusted(0, 0, nameWidth - room.width(), 0),
                      Qt::AlignLeft | Qt::AlignVCenter,
                      painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideMiddle,
                                                        nameWidth - 16));
    room.setLeft(room.left() + nameWidth);
    if (!file.example)
        paintLine(*painter, room, tr("Waits"), theme.color(Role::TextDisabled));
    else if (!*file.example)
        paintLine(*painter, room, file.example->error().message, theme.color(Role::LevelError));
    else if (!(*file.example)->classes.isEmpty())
        paintClasses(*painter, room.adjusted(0, 4, 0, 0), (*file.example)->classes, theme);
    else
        paintLine(*painter, room, exampleText(**file.example, 0), theme.color(Role::TextPrimary));
    painter->setPen(theme.color(Role::Border));
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    painter->restore();
}

QSize FileDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& /*index*/) const
{
    return {option.rect.width(), RowHeight};
}

} // namespace espalier
