#pragma once

#include "core/base/issue.h"

#include <QWidget>

namespace espalier {

class TextLabel;

/// A sentence across a page that stays until it is closed: what went wrong and what to do.
class Banner final : public QWidget {
    Q_OBJECT
public:
    explicit Banner(QWidget* parent = nullptr);

    void say(const QString& sentence); ///< empty takes it away
    [[nodiscard]] QString sentence() const;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    TextLabel* m_text;
};

} // namespace espalier
