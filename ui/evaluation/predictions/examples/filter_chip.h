#pragma once

#include <QAbstractButton>

namespace espalier {

/// Says by what a list is filtered; a click takes the filter away.
class FilterChip final : public QAbstractButton {
    Q_OBJECT

public:
    explicit FilterChip(QWidget* parent = nullptr);

    void setFilterText(const QString& text);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;

private:
    bool m_ring = false;
};

} // namespace espalier
