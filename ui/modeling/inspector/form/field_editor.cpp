#include "ui/modeling/inspector/form/field_editor.h"

#include "ui/modeling/inspector/form/number_box.h"
#include "ui/theme/theme.h"
#include "ui/widgets/widgets.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

QString mixedText()
{
    return QCoreApplication::translate("FieldEditor", "Mixed values");
}

QString placeholderOf(const FormField& field)
{
    return field.value ? field.placeholder : mixedText();
}

class NumberEditor final : public FieldEditor {
public:
    NumberEditor(const FormField& field, QWidget* parent)
        : m_box(new NumberBox(parent))
    {
        setParent(m_box);
        m_box->setWhole(field.kind == FieldKind::WholeNumber);
        m_box->setRange(field.minimum, field.maximum);
        m_box->setUnit(field.unit);
        m_box->setNone(field.none);
        connect(m_box, &NumberBox::edited, this, &FieldEditor::edited);
        connect(m_box, &QAbstractSpinBox::editingFinished, m_box, &NumberBox::revert);
    }

    [[nodiscard]] QWidget* widget() const override { return m_box; }
    void show(const FormField& field) override
    {
        m_box->setValue(field.value, placeholderOf(field));
    }

private:
    NumberBox* m_box;
};

class SwitchEditor final : public FieldEditor {
public:
    SwitchEditor(const FormField& field, QWidget* parent)
        : m_box(new QCheckBox(field.label, parent))
    {
        setParent(m_box);
        connect(m_box, &QCheckBox::clicked, this, [this] {
            Q_EMIT edited(m_box->checkState() == Qt::Unchecked ? u"off"_s : u"on"_s);
        });
    }

    [[nodiscard]] QWidget* widget() const override { return m_box; }
    void show(const FormField& field) override
    {
        m_box->setTristate(!field.value);
        m_box->setCheckState(!field.value              ? Qt::PartiallyChecked
                             : *field.value == u"on"_s ? Qt::Checked
                                                       : Qt::Unchecked);
    }

private:
    QCheckBox* m_box;
};

class ChoiceEditor final : public FieldEditor {
public:
    ChoiceEditor(const FormField&, QWidget* parent)
        : m_box(new QComboBox(parent))
    {
        setParent(m_box);
        m_box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        m_box->setMinimumContentsLength(8);
        m_box->setMaxVisibleItems(16);
        connect(m_box, &QComboBox::activated, this,
                [this](int index) { Q_EMIT edited(m_box->itemData(index).toString()); });
    }

    [[nodiscard]] QWidget* widget() const override { return m_box; }
    void show(const FormField& field) override
    {
        if (m_choices != field.choices) {
            m_choices = field.choices;
            m_box->clear();
            for (const FieldChoice& choice : m_choices)
                m_box->addItem(choice.label, choice.value);
        }
        m_box->setPlaceholderText(placeholderOf(field));
        m_box->setCurrentIndex(field.value ? m_box->findData(*field.value) : -1);
        m_box->setEnabled(!m_choices.isEmpty());
        const QString choice = m_box->currentText();
        m_box->setToolTip(choice.size() > ShownLength ? choice + u'\n' + field.help : field.help);
    }

private:
    static constexpr int ShownLength = 16; ///< longer texts are cut in a narrow Inspector
    QComboBox* m_box;
    QList<FieldChoice> m_choices;
};

class TextEditor final : public FieldEditor {
public:
    TextEditor(const FormField&, QWidget* parent)
        : m_box(new QLineEdit(parent))
    {
        setParent(m_box);
        connect(m_box, &QLineEdit::editingFinished, this, [this] {
            if (!m_box->isModified())
                return;
            m_box->setModified(false);
            Q_EMIT edited(m_box->text());
            m_box->setText(m_value);
        });
    }

    [[nodiscard]] QWidget* widget() const override { return m_box; }
    void show(const FormField& field) override
    {
        m_box->setPlaceholderText(placeholderOf(field));
        if (const QString value = field.value.value_or(QString()); value != m_value) {
            m_value = value;
            m_box->setText(value);
        }
    }

private:
    QLineEdit* m_box;
    QString m_value;
};

class PlainText final : public FieldEditor {
public:
    PlainText(const FormField&, QWidget* parent)
        : m_label(new TextLabel({}, TextStyle::Body, Role::TextPrimary, parent))
    {
        setParent(m_label);
        m_label->setWordWrap(true);
        m_label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }

    [[nodiscard]] QWidget* widget() const override { return m_label; }
    void show(const FormField& field) override
    {
        m_label->setText(field.value ? field.shownValue() : mixedText());
    }

private:
    TextLabel* m_label;
};

} // namespace

QString FormField::shownValue() const
{
    const QString text = value.value_or(QString());
    for (const FieldChoice& choice : choices)
        if (choice.value == text)
            return choice.label;
    switch (kind) {
    case FieldKind::Switch:
        return text == u"on"_s ? QCoreApplication::translate("FieldEditor", "On")
                               : QCoreApplication::translate("FieldEditor", "Off");
    case FieldKind::WholeNumber:
    case FieldKind::Number:
        return !none.isEmpty() && text.toDouble() == 0 ? none : text + unit;
    case FieldKind::Choice:
    case FieldKind::Text:
        break;
    }
    return text.isEmpty() ? u"–"_s : text;
}

FieldEditor* FieldEditor::create(const FormField& field, bool editable, QWidget* parent)
{
    if (!editable)
        return new PlainText(field, parent);
    switch (field.kind) {
    case FieldKind::WholeNumber:
    case FieldKind::Number:
        return new NumberEditor(field, parent);
    case FieldKind::Switch:
        return new SwitchEditor(field, parent);
    case FieldKind::Choice:
        return new ChoiceEditor(field, parent);
    case FieldKind::Text:
        break;
    }
    return new TextEditor(field, parent);
}

} // namespace espalier
