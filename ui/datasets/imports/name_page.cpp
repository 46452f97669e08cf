#include "ui/datasets/imports/name_page.h"

#include "ui/datasets/dataset_text.h"
#include "ui/datasets/imports/import_list.h"
#include "ui/datasets/imports/source_text.h"
#include "ui/widgets/one_line.h"
#include "ui/widgets/widgets.h"

#include <QLineEdit>
#include <QVBoxLayout>
#include <algorithm>

namespace espalier {

NamePage::NamePage(DatasetImports& imports, QWidget* parent)
    : QWidget(parent)
    , m_imports(imports)
    , m_rows(new FormRows(this))
    , m_list(new ImportList(imports, this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(16);
    layout->addWidget(m_rows);
    layout->addWidget(m_list);
    layout->addStretch();
}

void NamePage::setImports(const QList<ImportId>& ids, const QStringList& taken)
{
    m_taken = taken;
    QList<ImportId> shown;
    for (const Field& field : std::as_const(m_fields))
        shown.append(field.id);
    m_list->setImports(ids);
    if (shown != ids) {
        m_rows->clear();
        m_fields.clear();
        for (const ImportId id : ids)
            if (const auto status = m_imports.status(id))
                addField(*status, ids.size() == 1);
        if (!m_fields.isEmpty())
            m_list->setTabOrderAfter(m_fields.last().edit);
    }
    check();
}

void NamePage::addField(const ImportStatus& status, bool alone)
{
    QStringList taken = m_taken;
    for (const Field& field : std::as_const(m_fields))
        taken.append(field.edit->text());
    auto* edit = new QLineEdit(freeName(status.suggestedName(), taken));
    m_rows->addRow(alone ? tr("Name") : tr("Name of %1").arg(oneLine(status.suggestedName())),
                   edit);
    m_fields.append({status.id, edit});
    connect(edit, &QLineEdit::textChanged, this, &NamePage::check);
}

void NamePage::focusField()
{
    if (m_fields.isEmpty())
        return;
    m_fields.first().edit->setFocus();
    m_fields.first().edit->selectAll();
}

QString NamePage::name(ImportId id) const
{
    const auto found = std::ranges::find(m_fields, id, &Field::id);
    return found == m_fields.end() ? QString() : found->edit->text().trimmed();
}

QString NamePage::problemOf(const Field& field) const
{
    QStringList taken = m_taken;
    for (const Field& other : m_fields)
        if (other.id != field.id)
            taken.append(other.edit->text().trimmed());
    return nameProblem(field.edit->text(), taken);
}

bool NamePage::isComplete() const
{
    return !m_fields.isEmpty() && std::ranges::all_of(m_fields, [this](const Field& field) {
        return problemOf(field).isEmpty();
    });
}

void NamePage::check()
{
    for (const Field& field : std::as_const(m_fields))
        m_rows->setError(field.edit, problemOf(field));
    Q_EMIT changed();
}

} // namespace espalier
