#pragma once

#include <QList>
#include <QString>
#include <QWidget>

namespace espalier {

/// Names and numbers beside what the pointer rests on, and what is wrong with
/// it. Never takes the pointer or the focus.
class BlockTooltip final : public QWidget {
    Q_OBJECT

public:
    struct Row {
        QString name;
        QString value;
    };
    explicit BlockTooltip(QWidget* parent);

    void setContent(const QList<Row>& rows, const QStringList& problems);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QList<Row> m_rows;
    QStringList m_problems;
};

} // namespace espalier
