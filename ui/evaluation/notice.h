#pragma once

#include "ui/theme/theme.h"

#include <QWidget>

class QLabel;

namespace espalier {

/// A sentence about a problem on a fill of its level, with the icon of the level.
class Notice final : public QWidget {
    Q_OBJECT

public:
    explicit Notice(QWidget* parent = nullptr);

    void showError(const QString& sentence);
    void showWarning(const QString& sentence);
    [[nodiscard]] QString text() const;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void present(const QString& sentence, Role fill, Role ink, const QString& icon);

    QLabel* m_label;
    Role m_fill = Role::ErrorFill;
    Role m_ink = Role::LevelError;
    QString m_icon;
};

} // namespace espalier
