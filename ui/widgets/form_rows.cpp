#include "ui/theme/espalier_style.h"
#include "ui/widgets/widgets.h"

#include <QDialog>
#include <QGridLayout>
#include <QVBoxLayout>

namespace espalier {

namespace {

/// A dialog that is shown keeps its size, and a sentence of several lines would be cut.
void growDialog(const QWidget& form)
{
    auto* dialog = qobject_cast<QDialog*>(form.window());
    if (!dialog || !dialog->isVisible() || !dialog->layout())
        return;
    dialog->layout()->activate();
    const int needed = dialog->layout()->totalHeightForWidth(dialog->width());
    if (needed > dialog->height())
        dialog->resize(dialog->width(), needed);
}

} // namespace

FormRows::FormRows(QWidget* parent)
    : QWidget(parent)
{
    createGrid();
}

void FormRows::createGrid()
{
    m_grid = new QGridLayout(this);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(0);
    m_grid->setVerticalSpacing(metrics::RowGap);
    m_grid->setColumnMinimumWidth(0, metrics::FormLabel);
    m_grid->setColumnStretch(1, 1);
}

void FormRows::addRow(const QString& label, QWidget* field)
{
    const int row = m_grid->rowCount();
    auto* text = new TextLabel(label, TextStyle::Small, Role::TextSecondary, this);
    text->setBuddy(field);
    // A form that fits in its column has air between label and field.
    text->setContentsMargins(0, 0, metrics::LabelGap, 0);
    text->setMinimumHeight(qMin(int(metrics::Control), field->sizeHint().height()));
    if (field->accessibleName().isEmpty())
        field->setAccessibleName(label);
    const bool tall = field->sizeHint().height() > 2 * metrics::Control;
    m_grid->addWidget(text, row, 0, tall ? Qt::AlignTop : Qt::AlignVCenter);
    m_grid->addWidget(field, row, 1);
}

void FormRows::addWide(QWidget* widget)
{
    m_grid->addWidget(widget, m_grid->rowCount(), 0, 1, 2);
}

void FormRows::setError(QWidget* field, const QString& sentence)
{
    TextLabel* error = m_errors.value(field);
    if (!error && sentence.isEmpty())
        return;
    if (!error) {
        const int index = m_grid->indexOf(field);
        if (index < 0)
            return;
        error = new TextLabel({}, TextStyle::Small, Role::LevelError, this);
        error->setWordWrap(true);
        m_errors.insert(field, error);
        // Field and sentence share the cell of the field, so that no row moves.
        int row = 0, column = 0, rows = 0, columns = 0;
        m_grid->getItemPosition(index, &row, &column, &rows, &columns);
        auto* both = new QVBoxLayout;
        both->setSpacing(4);
        m_grid->removeWidget(field);
        both->addWidget(field);
        both->addWidget(error);
        m_grid->addLayout(both, row, column, rows, columns);
        if (QLayoutItem* label = column == 1 ? m_grid->itemAtPosition(row, 0) : nullptr)
            label->setAlignment(Qt::AlignTop);
    }
    error->setText(sentence);
    error->setVisible(!sentence.isEmpty());
    growDialog(*this);
    field->setAccessibleDescription(sentence);
    field->setProperty(fields::Error, !sentence.isEmpty());
    field->update();
}

void FormRows::clear()
{
    m_errors.clear();
    delete m_grid;
    qDeleteAll(findChildren<QWidget*>(Qt::FindDirectChildrenOnly));
    createGrid();
}

} // namespace espalier
