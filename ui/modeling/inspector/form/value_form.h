#pragma once

#include "ui/modeling/inspector/form/form_field.h"

#include <QHash>
#include <QList>
#include <QWidget>

class QVBoxLayout;

namespace espalier {

class FieldRow;

/// Labelled fields derived from FormFields; switches share a line where there is room. Whoever
/// shows it validates what is edited and sets the fields anew: rows that are still of use stay,
/// with focus, cursor and the text that is being typed.
class ValueForm final : public QWidget {
    Q_OBJECT

public:
    explicit ValueForm(QWidget* parent = nullptr);

    /// `editable` false: values as plain text.
    void setFields(const QList<FormField>& fields, bool editable = true);
    /// A sentence under a field about a value that was not taken; stays until the next edit or
    /// until the value changes.
    void setRefusal(const QString& key, const QString& sentence);
    /// The editor of a field; null when there is none.
    [[nodiscard]] QWidget* fieldWidget(const QString& key) const;
    void focusField(const QString& key);

    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void edited(const QString& key, const QString& value);
    /// The link under a field was clicked.
    void actionTriggered(const QString& key);
    /// A field got the focus: what is edited from here on is one step.
    void editingStarted(const QString& key);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    using Line = QList<FieldRow*>;
    void arrange();
    [[nodiscard]] QList<Line> lines() const;
    [[nodiscard]] FieldRow* createRow(const FormField& field, bool editable);

    QVBoxLayout* m_layout;
    QHash<QString, FieldRow*> m_rows;
    QList<FieldRow*> m_order;
    QList<Line> m_lines; ///< as they stand in the layout
};

} // namespace espalier
