#include "ui/modeling/sidebar/new_experiment_dialog.h"

#include "core/graph/snippets.h"
#include "core/project/documents/project_document.h"
#include "ui/shell/preferences/preferences.h"
#include "ui/widgets/dataset_version_text.h"
#include "ui/widgets/widgets.h"

#include <QComboBox>
#include <QSet>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace espalier {

NewExperimentDialog::NewExperimentDialog(ProjectDocument& project, QWidget* parent)
    : FormDialog(tr("New experiment"), tr("Create"), parent)
    , m_project(project)
    , m_dataset(new QComboBox(this))
    , m_start(new QComboBox(this))
{
    addDatasets();
    addStarts();
    setName(freeExperimentName(project, tr("Experiment")));
}

void NewExperimentDialog::addDatasets()
{
    for (const DatasetRecord& dataset : m_project.datasets())
        if (dataset.saved)
            m_dataset->addItem(datasetVersionText(dataset), dataset.id.value());
    rows().addRow(tr("Dataset"), m_dataset);
    if (m_dataset->count() > 0)
        return;
    m_dataset->setPlaceholderText(tr("No saved version"));
    m_dataset->setEnabled(false);
    setAcceptable(false);
    auto* line = new TextLabel(tr("An experiment learns from a saved dataset version, and this "
                                  "project has none yet. Save a dataset version first."),
                               TextStyle::Body, Role::TextSecondary, this);
    line->setWordWrap(true);
    QPushButton* datasets = createButton(ButtonKind::Normal, tr("Go to Datasets"), {}, this);
    content().addWidget(line);
    content().addWidget(datasets, 0, Qt::AlignLeft);
    connect(datasets, &QPushButton::clicked, this, [this] {
        Q_EMIT datasetsRequested();
        reject();
    });
}

void NewExperimentDialog::addStarts()
{
    m_start->addItem(tr("Empty canvas"), QString());
    for (const Snippet& snippet : snippets()) {
        m_start->addItem(snippet.name, snippet.key);
        m_start->setItemData(m_start->count() - 1, snippet.help, Qt::ToolTipRole);
    }
    rows().addRow(tr("Start from"), m_start);
}

Status NewExperimentDialog::perform()
{
    const Snippet* snippet = findSnippet(m_start->currentData().toString());
    const auto record =
        m_project.createExperiment(name(), DatasetId(m_dataset->currentData().toLongLong()),
                                   snippet ? snippet->build() : ModelGraph(),
                                   Preferences::load().runDefaults());
    if (!record)
        return failureOf(record);
    Q_EMIT created(record->id);
    return {};
}

QString freeExperimentName(const ProjectDocument& project, const QString& base)
{
    QSet<QString> taken;
    for (const ExperimentRecord& experiment : project.experiments())
        taken.insert(experiment.name.toCaseFolded());
    QString name = base;
    for (int number = 2; taken.contains(name.toCaseFolded()); ++number)
        name = base + u' ' + QString::number(number);
    return name;
}

} // namespace espalier
