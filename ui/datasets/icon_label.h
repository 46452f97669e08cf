#pragma once

#include "ui/theme/theme.h"

#include <QWidget>

namespace espalier {

/// A 16 px icon in one colour that follows the theme; says nothing to a screen reader.
class IconLabel final : public QWidget {
    Q_OBJECT
public:
    explicit IconLabel(const QString& icon, Role role, QWidget* parent = nullptr);
    void setIcon(const QString& icon);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_icon;
    Role m_role;
};

} // namespace espalier
