#include "ui/theme/theme.h"

#include <QApplication>
#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>
#include <optional>

using namespace Qt::StringLiterals;

namespace espalier {
namespace {

/// The shape of the file, all of it in `color`; `side` in device pixels.
QPixmap rendered(const QString& name, int side, const QColor& color)
{
    const QString key = u"icon/%1/%2/%3"_s.arg(name).arg(side).arg(color.rgba(), 0, 16);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    pixmap = QPixmap(side, side);
    pixmap.fill(Qt::transparent);
    QSvgRenderer renderer(u":/icons/%1.svg"_s.arg(name));
    if (renderer.isValid()) {
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        renderer.render(&painter, QRectF(0, 0, side, side));
        painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
        painter.fillRect(pixmap.rect(), color);
    }
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

QRect squareIn(const QRect& rect)
{
    const int side = qMin(rect.width(), rect.height());
    QRect square(0, 0, side, side);
    square.moveCenter(rect.center());
    return square;
}

class ThemeIconEngine final : public QIconEngine {
public:
    ThemeIconEngine(QString name, std::optional<Role> role)
        : m_name(std::move(name))
        , m_role(role)
    {
    }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override
    {
        paintIcon(*painter, m_name, squareIn(rect), color(mode));
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State) override
    {
        return rendered(m_name, qMin(size.width(), size.height()), color(mode));
    }

    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state, qreal) override
    {
        return pixmap(size, mode, state);
    }

    QSize actualSize(const QSize& size, QIcon::Mode, QIcon::State) override
    {
        const int side = qMin(size.width(), size.height());
        return {side, side};
    }

    QIconEngine* clone() const override { return new ThemeIconEngine(m_name, m_role); }
    QString key() const override { return u"espalier"_s; }
    QString iconName() override { return m_name; }
    bool isNull() override { return !QFile::exists(u":/icons/%1.svg"_s.arg(m_name)); }

private:
    QColor color(QIcon::Mode mode) const
    {
        const Theme& theme = Theme::of(QApplication::palette());
        if (mode == QIcon::Disabled)
            return theme.color(Role::TextDisabled);
        return theme.color(m_role.value_or(Role::TextPrimary));
    }

    QString m_name;
    std::optional<Role> m_role;
};

} // namespace

QIcon themeIcon(const QString& name)
{
    return QIcon(new ThemeIconEngine(name, std::nullopt));
}

QIcon themeIcon(const QString& name, Role role)
{
    return QIcon(new ThemeIconEngine(name, role));
}

void paintIcon(QPainter& painter, const QString& name, const QRectF& rect, const QColor& color)
{
    // The scale of the painter counts too: a zoomed canvas stays crisp.
    const QTransform& transform = painter.deviceTransform();
    const double scale = qMax(0.01, std::hypot(transform.m11(), transform.m12()));
    const int side = qBound(1, qRound(rect.width() * scale), 1024);
    const QPixmap pixmap = rendered(name, side, color);
    painter.save();
    painter.setRenderHint(QPainter::SmoothPixmapTransform,
                          transform.type() > QTransform::TxTranslate);
    painter.drawPixmap(rect, pixmap, QRectF(pixmap.rect()));
    painter.restore();
}

} // namespace espalier
