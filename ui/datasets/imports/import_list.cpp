#include "ui/datasets/imports/import_list.h"

#include "ui/datasets/dataset_text.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/widgets.h"

#include <QGridLayout>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace espalier {

ImportRow::ImportRow(const ImportStatus& status, QWidget* parent)
    : QWidget(parent)
    , m_title(new TextLabel({}, TextStyle::BodyMedium, Role::TextPrimary, this))
    , m_line(new TextLabel({}, TextStyle::Small, Role::TextSecondary, this))
    , m_progress(new ProgressLine(this))
    , m_retry(createIconButton(u"refresh"_s, tr("Try again"), this))
    , m_cancel(createIconButton(u"close"_s, tr("Cancel"), this))
{
    m_title->setElided(true);
    m_line->setWordWrap(true);
    auto* layout = new QGridLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setHorizontalSpacing(4);
    layout->setVerticalSpacing(2);
    layout->addWidget(m_title, 0, 0);
    layout->addWidget(m_line, 1, 0);
    layout->addWidget(m_progress, 2, 0);
    layout->addWidget(m_retry, 0, 1, 2, 1, Qt::AlignTop);
    layout->addWidget(m_cancel, 0, 2, 2, 1, Qt::AlignTop);
    layout->setColumnStretch(0, 1);
    connect(m_retry, &QToolButton::clicked, this, &ImportRow::retryRequested);
    connect(m_cancel, &QToolButton::clicked, this, &ImportRow::cancelRequested);
    showStatus(status);
}

void ImportRow::showStatus(const ImportStatus& status)
{
    m_title->setText(importTitle(status));
    m_title->setToolTip(status.shownSources().join(u'\n'));
    const QString progress = importProgressText(status);
    if (status.error)
        m_line->setText(status.error->message);
    else if (status.done)
        m_line->setText(tr("%1 rows are read").arg(countText(status.progress.rows)));
    else
        m_line->setText(progress.isEmpty() ? tr("Starting…") : progress);
    m_line->setRole(status.error ? Role::LevelError : Role::TextSecondary);
    m_progress->setVisible(!status.error);
    m_progress->setValue(status.fraction().value_or(-1));
    m_retry->setVisible(status.error.has_value());
    m_cancel->setToolTip(status.error || status.done ? tr("Remove") : tr("Cancel"));
    m_cancel->setAccessibleName(m_cancel->toolTip());
}

QList<QWidget*> ImportRow::tabStops() const
{
    return {m_retry, m_cancel};
}

ImportList::ImportList(DatasetImports& imports, QWidget* parent)
    : QWidget(parent)
    , m_imports(imports)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(12);
    connect(&m_imports, &DatasetImports::progressChanged, this, &ImportList::refresh);
    connect(&m_imports, &DatasetImports::listChanged, this, [this] {
        for (const ImportId id : m_rows.keys())
            refresh(id);
    });
}

void ImportList::setImports(const QList<ImportId>& ids)
{
    for (const ImportId id : m_rows.keys()) {
        if (ids.contains(id))
            continue;
        ImportRow* row = m_rows.take(id);
        row->hide();
        row->deleteLater(); // its own button may have asked for it
    }
    for (const ImportId id : ids) {
        const auto status = m_imports.status(id);
        if (!status || m_rows.contains(id))
            continue;
        auto* row = new ImportRow(*status, this);
        connect(row, &ImportRow::retryRequested, this, [this, id] { Q_EMIT retryRequested(id); });
        connect(row, &ImportRow::cancelRequested, this, [this, id] { Q_EMIT cancelRequested(id); });
        m_layout->addWidget(row);
        m_rows.insert(id, row);
    }
    setVisible(!m_rows.isEmpty());
}

void ImportList::setTabOrderAfter(QWidget* before)
{
    for (int i = 0; i < m_layout->count(); ++i)
        if (auto* row = qobject_cast<ImportRow*>(m_layout->itemAt(i)->widget()))
            for (QWidget* stop : row->tabStops()) {
                setTabOrder(before, stop);
                before = stop;
            }
}

void ImportList::refresh(ImportId id)
{
    if (ImportRow* row = m_rows.value(id))
        if (const auto status = m_imports.status(id))
            row->showStatus(*status);
}

} // namespace espalier
