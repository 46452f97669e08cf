#include "ui/evaluation/predictions/matrix/matrix_painter.h"
#include "ui/widgets/one_line.h"

#include <QFontMetrics>
#include <QHash>
#include <QPainter>
#include <QStaticText>
#include <algorithm>

namespace espalier {

namespace {

constexpr int CellPadding = 3;
constexpr double SmallestText = 0.75;

class Painting final {
public:
    Painting(QPainter& painter, const MatrixPicture& picture)
        : m_painter(painter)
        , m_picture(picture)
        , m_geometry(picture.geometry)
        , m_theme(Theme::of(picture.palette))
    {
    }

    void paint(const QRect& part)
    {
        m_painter.fillRect(part, m_theme.color(Role::Surface));
        const auto shown = m_geometry.cellsIn(part);
        if (!shown)
            return;
        const auto [first, last] = *shown;
        m_painter.save();
        // Rings reach a little over their cell.
        m_painter.setClipRect(part & QRect(m_geometry.names.width() - 1,
                                           m_geometry.names.height() - 1, part.right() + 1,
                                           part.bottom() + 1));
        paintCells(first, last);
        paintSums(first, last);
        m_painter.restore();
        paintRowNames(first.row, last.row, part);
        paintColumnNames(first.column, last.column, part);
        paintCorner();
    }

private:
    template <typename Do>
    static void forEach(MatrixCell first, MatrixCell last, Do&& paint)
    {
        for (int row = first.row; row <= last.row; ++row)
            for (int column = first.column; column <= last.column; ++column)
                paint(MatrixCell{row, column});
    }

    void paintCells(MatrixCell first, MatrixCell last)
    {
        m_painter.setFont(textFont(TextStyle::Small));
        forEach(first, last, [&](MatrixCell at) { paintCell(at); });
        // Rings reach over the neighbours, so they come last.
        m_painter.setRenderHint(QPainter::Antialiasing);
        forEach(first, last, [&](MatrixCell at) {
            if (m_picture.selection.contains(at))
                paintRinged(at, Role::TextPrimary, 3);
        });
        if (m_picture.hovered && !m_picture.selection.contains(*m_picture.hovered))
            ring(m_geometry.cellRect(*m_picture.hovered), 1, Role::TextSecondary, 0.5);
        if (m_picture.focused)
            paintFocused(*m_picture.focused);
        m_painter.setRenderHint(QPainter::Antialiasing, false);
    }

    void paintCell(MatrixCell at)
    {
        const HeatValue value = m_picture.content.value(at);
        const QRect rect = m_geometry.cellRect(at).adjusted(0, 0, -1, -1);
        const QColor fill = heatColor(value, m_theme);
        m_painter.fillRect(rect, fill);
        if (value.text.isEmpty())
            return;
        const QStaticText& text = laidOut(value.text);
        const QSizeF size = text.size();
        if (size.width() > rect.width() - 2 * CellPadding) {
            paintFitting(rect, value.text, Theme::textOn(fill));
            return;
        }
        m_painter.setPen(Theme::textOn(fill));
        const QSizeF gap = (QSizeF(rect.size()) - size) / 2;
        m_painter.drawStaticText(rect.topLeft() + QPointF(gap.width(), gap.height()).toPoint(),
                                 text);
    }

    /// In the font of the cells. There are far fewer different counts than cells, and laying out
    /// a text takes longer than drawing it.
    const QStaticText& laidOut(const QString& text)
    {
        const auto known = m_laidOut.constFind(text);
        if (known != m_laidOut.cend())
            return *known;
        QStaticText laidOut(text);
        laidOut.setTextFormat(Qt::PlainText);
        laidOut.prepare({}, m_painter.font());
        return *m_laidOut.insert(text, laidOut);
    }

    /// In the font of the painter, smaller where the cell is too narrow.
    void paintFitting(const QRect& rect, const QString& text, const QColor& color)
    {
        const QFont font = m_painter.font();
        const double room = rect.width() - 2 * CellPadding;
        const double width = QFontMetricsF(font).horizontalAdvance(text);
        m_painter.setPen(color);
        if (width > room) {
            QFont smaller = font;
            smaller.setPixelSize(std::max(
                1, int(QFontInfo(font).pixelSize() * std::max(SmallestText, room / width))));
            m_painter.setFont(smaller);
        }
        m_painter.drawText(
            rect, Qt::AlignCenter,
            QFontMetrics(m_painter.font()).elidedText(text, Qt::ElideRight, rect.width()));
        m_painter.setFont(font);
    }

    /// The fill shrinks behind a gap, so that the ring stands on the surface.
    void paintRinged(MatrixCell at, Role role, int gap)
    {
        const QRect rect = m_geometry.cellRect(at).adjusted(0, 0, -1, -1);
        m_painter.fillRect(rect.adjusted(-1, -1, 1, 1), m_theme.color(Role::Surface));
        const HeatValue value = m_picture.content.value(at);
        const QColor fill = heatColor(value, m_theme);
        m_painter.setPen(Qt::NoPen);
        m_painter.setBrush(fill);
        m_painter.drawRoundedRect(rect.adjusted(gap, gap, -gap, -gap), 2, 2);
        QFont font = textFont(TextStyle::Small);
        if (m_picture.selection.contains(at))
            font.setWeight(QFont::DemiBold);
        m_painter.setFont(font);
        if (!value.text.isEmpty())
            paintFitting(rect, value.text, Theme::textOn(fill));
        ring(m_geometry.cellRect(at), 2, role, 0);
    }

    void paintFocused(MatrixCell at)
    {
        const bool selected = m_picture.selection.contains(at);
        paintRinged(at, Role::Focus, selected ? 6 : 3);
        if (selected)
            ring(m_geometry.cellRect(at), 2, Role::TextPrimary, 3.5);
    }

    /// `inset` moves the middle of the line into the cell.
    void ring(const QRect& cell, double width, Role role, double inset)
    {
        m_painter.setPen(QPen(m_theme.color(role), width));
        m_painter.setBrush(Qt::NoBrush);
        m_painter.drawRoundedRect(QRectF(cell).adjusted(inset, inset, -1 - inset, -1 - inset), 3,
                                  3);
    }

    void paintSums(MatrixCell first, MatrixCell last)
    {
        if (!m_picture.content.hasSums())
            return;
        constexpr int Right = Qt::AlignRight | Qt::AlignVCenter;
        m_painter.setFont(textFont(TextStyle::Small));
        m_painter.setPen(m_theme.color(Role::TextSecondary));
        for (int row = first.row; row <= last.row; ++row)
            m_painter.drawText(m_geometry.rowSumRect(row), Right, m_picture.content.rowSum(row));
        for (int column = first.column; column <= last.column; ++column)
            paintFitting(m_geometry.columnSumRect(column), m_picture.content.columnSum(column),
                         m_theme.color(Role::TextSecondary));
        QFont bold = textFont(TextStyle::Small);
        bold.setWeight(QFont::DemiBold);
        m_painter.setFont(bold);
        m_painter.setPen(m_theme.color(Role::TextPrimary));
        m_painter.drawText(m_geometry.totalRect(), Right, m_picture.content.total());
    }

    void setNameStyle(bool strong)
    {
        m_painter.setPen(m_theme.color(strong ? Role::TextPrimary : Role::TextSecondary));
    }

    void paintRowNames(int first, int last, const QRect& part)
    {
        m_painter.save();
        m_painter.setClipRect(part & QRect(0, m_geometry.names.height(), m_geometry.names.width(),
                                           part.bottom() + 1));
        for (int row = first; row <= last; ++row) {
            const bool strong = m_picture.selection.touchesRow(row);
            paintRowName(m_geometry.rowNameRect(row), m_picture.content.classes().at(row), strong);
        }
        if (m_picture.content.hasSums() && last == m_geometry.size - 1) {
            const QRect below = m_geometry.columnSumRect(0);
            paintRowName({0, below.y(), m_geometry.names.width(), below.height()},
                         QCoreApplication::translate("MatrixView", "Sum"), false);
        }
        m_painter.restore();
    }

    void paintRowName(const QRect& rect, const QString& name, bool strong)
    {
        QFont font = textFont(TextStyle::Small);
        font.setWeight(strong ? QFont::DemiBold : font.weight());
        m_painter.setFont(font);
        setNameStyle(strong);
        m_painter.drawText(
            rect, Qt::AlignLeft | Qt::AlignVCenter,
            QFontMetrics(font).elidedText(oneLine(name), Qt::ElideRight, rect.width() - 8));
    }

    void paintColumnNames(int first, int last, const QRect& part)
    {
        m_painter.save();
        m_painter.setClipRect(
            part & QRect(m_geometry.names.width(), 0, part.right() + 1, m_geometry.names.height()));
        for (int column = first; column <= last; ++column) {
            QFont font = textFont(TextStyle::Caption);
            const bool strong = m_picture.selection.touchesColumn(column);
            font.setWeight(strong ? QFont::DemiBold : font.weight());
            m_painter.setFont(font);
            setNameStyle(strong);
            const QRect rect = m_geometry.columnNameRect(column).adjusted(0, 0, -1, -6);
            if (m_picture.names == NameLayout::Turned)
                paintTurned(rect, m_picture.content.classes().at(column));
            else
                paintWrapped(rect, m_picture.content.classes().at(column));
        }
        if (m_picture.content.hasSums() && last == m_geometry.size - 1) {
            m_painter.setFont(textFont(TextStyle::Caption));
            m_painter.setPen(m_theme.color(Role::TextSecondary));
            const QRect beside = m_geometry.rowSumRect(0);
            m_painter.drawText(QRect(beside.x(), 0, beside.width(), m_geometry.names.height() - 6),
                               Qt::AlignRight | Qt::AlignBottom,
                               QCoreApplication::translate("MatrixView", "Sum"));
        }
        m_painter.restore();
    }

    void paintWrapped(const QRect& rect, const QString& name)
    {
        const QFontMetrics metrics(m_painter.font());
        const QStringList lines = wrappedName(name, metrics, rect.width());
        int y = rect.bottom() + 1 - int(lines.size()) * metrics.height();
        for (const QString& line : lines) {
            m_painter.drawText(QRect(rect.x(), y, rect.width(), metrics.height()),
                               Qt::AlignHCenter | Qt::AlignVCenter, line);
            y += metrics.height();
        }
    }

    void paintTurned(const QRect& rect, const QString& name)
    {
        m_painter.save();
        m_painter.translate(rect.x(), rect.bottom() + 1);
        m_painter.rotate(-90);
        m_painter.drawText(QRect(0, 0, rect.height(), rect.width()),
                           Qt::AlignLeft | Qt::AlignVCenter,
                           QFontMetrics(m_painter.font())
                               .elidedText(oneLine(name), Qt::ElideRight, rect.height()));
        m_painter.restore();
    }

    void paintCorner()
    {
        m_painter.setFont(textFont(TextStyle::Caption));
        m_painter.setPen(m_theme.color(Role::TextSecondary));
        m_painter.drawText(QRect(0, 0, m_geometry.names.width(), m_geometry.names.height() - 6),
                           Qt::AlignLeft | Qt::AlignBottom,
                           QCoreApplication::translate("MatrixView", "Actual ↓\nPredicted →"));
    }

    QPainter& m_painter;
    const MatrixPicture& m_picture;
    const MatrixGeometry& m_geometry;
    const Theme& m_theme;
    QHash<QString, QStaticText> m_laidOut;
};

} // namespace

void paintMatrix(QPainter& painter, const MatrixPicture& picture, const QRect& part)
{
    Painting(painter, picture).paint(part);
}

QColor heatColor(const HeatValue& value, const Theme& theme)
{
    return value.text.isEmpty() ? theme.color(Role::Sunken) : theme.ramp(value.ramp, value.level);
}

} // namespace espalier
