#pragma once

#include "ui/modeling/inspector/form/form_field.h"

#include <QObject>

class QWidget;

namespace espalier {

/// What edits the value of one FormField. Owns nothing: the widget belongs to its parent widget,
/// the editor to the widget.
class FieldEditor : public QObject {
    Q_OBJECT

public:
    /// The editor for the kind of `field`, or a plain text where it is not editable.
    [[nodiscard]] static FieldEditor* create(const FormField& field, bool editable,
                                             QWidget* parent);

    [[nodiscard]] virtual QWidget* widget() const = 0;
    /// Shows the value; one that is just being typed stays as it is.
    virtual void show(const FormField& field) = 0;

Q_SIGNALS:
    /// A person chose or typed; `value` may be one that is refused.
    void edited(const QString& value);

protected:
    using QObject::QObject;
};

} // namespace espalier
