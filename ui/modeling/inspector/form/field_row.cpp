#include "ui/modeling/inspector/form/field_row.h"

#include "ui/modeling/inspector/form/field_editor.h"
#include "ui/modeling/inspector/form/note_label.h"
#include "ui/widgets/widgets.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

FieldRow::FieldRow(const FormField& field, bool editable, QWidget* parent)
    : QWidget(parent)
    , m_field(field)
    , m_editable(editable)
    , m_editor(FieldEditor::create(field, editable, this))
{
    createLayout();
    QWidget* widget = m_editor->widget();
    widget->setObjectName(field.key);
    widget->setAccessibleName(field.label);
    widget->setToolTip(field.help);
    widget->installEventFilter(this);
    connect(m_editor, &FieldEditor::edited, this, [this](const QString& value) {
        setRefusal({});
        Q_EMIT edited(value);
    });
    display(field);
}

void FieldRow::createLayout()
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins({});
    row->setSpacing(metrics::LabelGap);
    const bool hasOwnLabel = m_editable && m_field.kind == FieldKind::Switch;
    m_label = new TextLabel(hasOwnLabel ? QString() : m_field.label, TextStyle::Small,
                            Role::TextSecondary, this);
    m_label->setFixedWidth(metrics::FormLabel - metrics::LabelGap);
    m_label->setWordWrap(true);
    m_label->setToolTip(m_field.help);
    if (!hasOwnLabel)
        m_label->setBuddy(m_editor->widget());
    if (m_editable)
        m_label->setMinimumHeight(hasOwnLabel ? 0 : metrics::Control);
    m_column = new QVBoxLayout;
    m_column->setSpacing(4);
    m_column->addWidget(m_editor->widget());
    row->addWidget(m_label, 0, Qt::AlignTop);
    row->addLayout(m_column, 1);
}

bool FieldRow::fits(const FormField& field, bool editable) const
{
    return m_editable == editable && m_field.kind == field.kind && m_field.label == field.label &&
           m_field.minimum == field.minimum && m_field.maximum == field.maximum &&
           m_field.unit == field.unit && m_field.none == field.none;
}

void FieldRow::display(const FormField& field)
{
    if (m_field.value != field.value)
        m_refusal.clear();
    m_field = field;
    m_editor->show(field);
    showNotes();
}

void FieldRow::setRefusal(const QString& sentence)
{
    if (m_refusal == sentence)
        return;
    m_refusal = sentence;
    showNotes();
}

void FieldRow::showNotes()
{
    QList<FieldNote> notes = m_field.notes;
    if (!m_refusal.isEmpty())
        notes.prepend({IssueLevel::Error, m_refusal});
    while (m_notes.size() < notes.size()) {
        m_notes.append(new NoteLabel({}, this));
        m_column->insertWidget(int(m_notes.size()), m_notes.last());
    }
    QStringList texts;
    for (qsizetype i = 0; i < m_notes.size(); ++i) {
        m_notes[i]->setVisible(i < notes.size());
        if (i >= notes.size())
            continue;
        m_notes[i]->display(notes[i]);
        texts.append(notes[i].text);
    }
    showProblem(notes, texts);
    showAction();
    updateNarrow();
}

void FieldRow::updateNarrow()
{
    const bool narrow = m_editable && m_field.kind == FieldKind::Switch && m_refusal.isEmpty() &&
                        m_field.notes.isEmpty() && m_field.action.isEmpty();
    if (narrow == m_narrow)
        return;
    m_narrow = narrow;
    Q_EMIT narrowChanged();
}

int FieldRow::narrowWidth() const
{
    return m_editor->widget()->sizeHint().width();
}

void FieldRow::setIndented(bool indented)
{
    m_label->setVisible(indented);
}

void FieldRow::showProblem(const QList<FieldNote>& notes, const QStringList& texts)
{
    QWidget* widget = m_editor->widget();
    widget->setAccessibleDescription((QStringList{m_field.help} + texts).join(QChar(u'\n')));
    const bool wrong =
        std::ranges::find(notes, IssueLevel::Error, &FieldNote::level) != notes.end();
    widget->setProperty("espalierError", wrong);
    widget->update();
}

void FieldRow::showAction()
{
    if (!m_action && !m_field.action.isEmpty()) {
        m_action = createButton(ButtonKind::Quiet, {}, u"reset"_s, this);
        connect(m_action, &QPushButton::clicked, this, &FieldRow::actionTriggered);
        m_column->addWidget(m_action, 0, Qt::AlignLeft);
    }
    if (m_action) {
        m_action->setText(m_field.action);
        m_action->setVisible(m_editable && !m_field.action.isEmpty());
    }
}

bool FieldRow::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::FocusIn)
        Q_EMIT editingStarted();
    return QWidget::eventFilter(watched, event);
}

} // namespace espalier
