#include "ui/evaluation/predictions/newfiles/values_form.h"

#include "ui/evaluation/predictions/matrix/matrix_content.h"
#include "ui/widgets/one_line.h"
#include "ui/widgets/widgets.h"

#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QUrl>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace espalier {

ValuesForm::ValuesForm(const QList<FeatureDescription>& inputs, QWidget* parent)
    : QWidget(parent)
    , m_rows(new FormRows)
    , m_inputs(inputs)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_rows);
    for (const FeatureDescription& input : m_inputs)
        m_rows->addRow(oneLine(input.name), createField(input));
}

QWidget* ValuesForm::createField(const FeatureDescription& input)
{
    switch (input.encoding) {
    case Encoding::Image:
        return createImageField(input.name);
    case Encoding::Categorical:
    case Encoding::Binary: {
        auto* box = new QComboBox;
        for (const QString& name : input.classes)
            box->addItem(oneLine(name), name);
        m_fields.insert(input.name, box);
        return box;
    }
    case Encoding::Numeric:
    case Encoding::Text:
        break;
    }
    auto* edit = new QLineEdit;
    const qint64 count = input.shape.elementCount();
    edit->setPlaceholderText(count > 1 ? tr("%1 numbers, separated by spaces").arg(count)
                                       : tr("A number"));
    m_fields.insert(input.name, edit);
    return edit;
}

QWidget* ValuesForm::createImageField(const QString& name)
{
    auto* edit = new QLineEdit;
    edit->setPlaceholderText(tr("Path of an image"));
    edit->setAccessibleName(oneLine(name));
    auto* browse = createButton(ButtonKind::Normal, tr("Browse…"));
    auto* field = new QWidget;
    auto* layout = new QHBoxLayout(field);
    layout->setContentsMargins({});
    layout->setSpacing(8);
    layout->addWidget(edit, 1);
    layout->addWidget(browse);
    connect(browse, &QPushButton::clicked, this, [this, edit] {
        auto* dialog = new QFileDialog(this, tr("Choose an image"));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::ExistingFile);
        connect(dialog, &QFileDialog::fileSelected, edit, &QLineEdit::setText);
        dialog->open();
    });
    m_fields.insert(name, edit);
    return field;
}

QHash<QString, QVariant> ValuesForm::values() const
{
    QHash<QString, QVariant> values;
    for (const FeatureDescription& input : m_inputs) {
        QWidget* field = m_fields.value(input.name);
        if (const auto* box = qobject_cast<QComboBox*>(field))
            values.insert(input.name, box->currentData());
        else if (const auto* edit = qobject_cast<QLineEdit*>(field); !edit->text().isEmpty())
            values.insert(input.name, input.encoding == Encoding::Image
                                          ? QVariant(QUrl::fromLocalFile(edit->text()))
                                          : QVariant(edit->text()));
    }
    return values;
}

} // namespace espalier
