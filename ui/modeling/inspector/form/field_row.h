#pragma once

#include "ui/modeling/inspector/form/form_field.h"

#include <QWidget>

class QPushButton;
class QVBoxLayout;

namespace espalier {

class FieldEditor;
class NoteLabel;
class TextLabel;

/// Label, editor, the sentences and the link under it: one row of a ValueForm.
class FieldRow final : public QWidget {
    Q_OBJECT

public:
    FieldRow(const FormField& field, bool editable, QWidget* parent);

    /// Whether the row can show `field`: same kind, same rule.
    [[nodiscard]] bool fits(const FormField& field, bool editable) const;
    void display(const FormField& field);
    void setRefusal(const QString& sentence);
    [[nodiscard]] FieldEditor* editor() const { return m_editor; }

    /// A switch that has nothing to say can share its line with others.
    [[nodiscard]] bool isNarrow() const { return m_narrow; }
    [[nodiscard]] int narrowWidth() const; ///< of the editor alone
    /// Whether the editor stands in the column of the editors, behind the place of the labels.
    void setIndented(bool indented);

Q_SIGNALS:
    void edited(const QString& value);
    void actionTriggered();
    void editingStarted();
    void narrowChanged();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void createLayout();
    void showNotes();
    void showProblem(const QList<FieldNote>& notes, const QStringList& texts);
    void showAction();
    void updateNarrow();

    FormField m_field;
    bool m_editable;
    QString m_refusal;
    bool m_narrow = false;
    FieldEditor* m_editor;
    TextLabel* m_label = nullptr;
    QVBoxLayout* m_column = nullptr;
    QList<NoteLabel*> m_notes;
    QPushButton* m_action = nullptr;
};

} // namespace espalier
