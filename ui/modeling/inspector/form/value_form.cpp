#include "ui/modeling/inspector/form/value_form.h"

#include "ui/modeling/inspector/form/field_editor.h"
#include "ui/modeling/inspector/form/field_row.h"
#include "ui/theme/theme.h"

#include <QVBoxLayout>
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
    QWidget* previous = nullptr;
    for (const FormField& field : fields) {
        FieldRow* row = old.value(field.key);
        if (row && row->fits(field, editable)) {
            old.remove(field.key);
            row->display(field);
        } else {
            row = createRow(field, editable);
        }
        if (const int index = int(m_rows.size()); m_layout->indexOf(row) != index)
            m_layout->insertWidget(index, row);
        m_rows.insert(field.key, row);
        QWidget* widget = row->editor()->widget();
        if (previous)
            setTabOrder(previous, widget);
        previous = widget;
    }
    for (FieldRow* row : std::as_const(old)) {
        m_layout->removeWidget(row);
        row->hide();
        row->deleteLater(); // it may be the one that is telling of an edit
    }
}

FieldRow* ValueForm::createRow(const FormField& field, bool editable)
{
    auto* row = new FieldRow(field, editable, this);
    const QString key = field.key;
    connect(row, &FieldRow::edited, this,
            [this, key](const QString& value) { Q_EMIT edited(key, value); });
    connect(row, &FieldRow::actionTriggered, this, [this, key] { Q_EMIT actionTriggered(key); });
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
