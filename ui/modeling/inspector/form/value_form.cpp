#include "ui/modeling/inspector/form/value_form.h"

#include "ui/modeling/inspector/form/field_editor.h"
#include "ui/modeling/inspector/form/field_row.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

namespace espalier {

ValueForm::ValueForm(QWidget* parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins({});
    m_layout->setSpacing(metrics::RowGap);
}

void ValueForm::setFields(const QList<FormField>& fields, bool editable)
{
    QHash<QString, FieldRow*> old = std::exchange(m_rows, {});
    m_order.clear();
    QWidget* previous = nullptr;
    for (const FormField& field : fields) {
        FieldRow* row = old.value(field.key);
        if (row && row->fits(field, editable)) {
            old.remove(field.key);
            row->display(field);
        } else {
            row = createRow(field, editable);
        }
        m_rows.insert(field.key, row);
        m_order.append(row);
        QWidget* widget = row->editor()->widget();
        if (previous)
            setTabOrder(previous, widget);
        previous = widget;
    }
    for (FieldRow* row : std::as_const(old)) {
        row->hide();
        row->deleteLater(); // it may be the one that is telling of an edit
    }
    arrange();
}

QList<ValueForm::Line> ValueForm::lines() const
{
    const int room = width() - metrics::FormLabel;
    QList<Line> lines;
    int used = 0;
    for (FieldRow* row : m_order) {
        const int needed = row->narrowWidth() + metrics::PanelPadding;
        const bool joins = row->isNarrow() && !lines.isEmpty() && lines.last().last()->isNarrow() &&
                           used + needed <= room;
        if (joins)
            lines.last().append(row);
        else
            lines.append({row});
        used = joins ? used + needed : row->narrowWidth();
    }
    return lines;
}

void ValueForm::arrange()
{
    const QList<Line> wanted = lines();
    if (wanted == m_lines)
        return;
    while (QLayoutItem* item = m_layout->takeAt(0))
        delete item;
    for (const Line& line : wanted) {
        line.first()->setIndented(true);
        if (line.size() == 1) {
            m_layout->addWidget(line.first());
            continue;
        }
        auto* side = new QHBoxLayout;
        side->setSpacing(metrics::PanelPadding);
        for (FieldRow* row : line) {
            row->setIndented(row == line.first());
            side->addWidget(row);
        }
        side->addStretch(1);
        m_layout->addLayout(side);
    }
    m_lines = wanted;
}

// As narrow as the widest row alone: what shares a line parts where there is no room.
QSize ValueForm::minimumSizeHint() const
{
    int widest = 0;
    for (const FieldRow* row : m_order)
        widest = std::max(widest, row->minimumSizeHint().width());
    return {widest, QWidget::minimumSizeHint().height()};
}

void ValueForm::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

FieldRow* ValueForm::createRow(const FormField& field, bool editable)
{
    auto* row = new FieldRow(field, editable, this);
    const QString key = field.key;
    connect(row, &FieldRow::edited, this,
            [this, key](const QString& value) { Q_EMIT edited(key, value); });
    connect(row, &FieldRow::actionTriggered, this, [this, key] { Q_EMIT actionTriggered(key); });
    connect(row, &FieldRow::narrowChanged, this, &ValueForm::arrange);
    connect(row, &FieldRow::editingStarted, this, [this, key] { Q_EMIT editingStarted(key); });
    return row;
}

void ValueForm::setRefusal(const QString& key, const QString& sentence)
{
    if (FieldRow* row = m_rows.value(key))
        row->setRefusal(sentence);
}

QWidget* ValueForm::fieldWidget(const QString& key) const
{
    const FieldRow* row = m_rows.value(key);
    return row ? row->editor()->widget() : nullptr;
}

void ValueForm::focusField(const QString& key)
{
    if (QWidget* widget = fieldWidget(key))
        widget->setFocus(Qt::OtherFocusReason);
}

} // namespace espalier
