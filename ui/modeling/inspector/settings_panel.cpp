#include "ui/modeling/inspector/settings_panel.h"

#include "core/project/documents/experiment_document.h"
#include "core/project/documents/project_document.h"
#include "ui/modeling/inspector/form/value_form.h"
#include "ui/modeling/inspector/run_setting_fields.h"
#include "ui/widgets/dataset_version_text.h"
#include "ui/widgets/widgets.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QStackedLayout>
#include <QVBoxLayout>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

SettingsPanel::SettingsPanel(ProjectDocument& project, QWidget* parent)
    : QWidget(parent)
    , m_project(project)
    , m_pages(new QStackedLayout(this))
    , m_empty(new EmptyState(u"settings"_s, tr("No experiment selected"),
                             tr("Select an experiment to see its settings."), nullptr, this))
{
    auto* content = new QWidget;
    m_column = new QVBoxLayout(content);
    m_column->setContentsMargins({});
    m_column->setSpacing(metrics::PanelPadding);
    m_column->addStretch(1);
    m_page = createPanelScroll(content, this);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(m_page);
    connect(&m_project, &ProjectDocument::datasetsChanged, this, &SettingsPanel::refresh);
}

void SettingsPanel::setDocument(ExperimentDocument* document)
{
    if (m_document)
        m_document->disconnect(this);
    m_document = document;
    ++m_visit;
    if (document) {
        connect(document, &ExperimentDocument::analysisChanged, this, &SettingsPanel::refresh);
        connect(document, &ExperimentDocument::settingsChanged, this, &SettingsPanel::refresh);
        connect(document, &ExperimentDocument::recordChanged, this, &SettingsPanel::refresh);
    }
    refresh();
}

void SettingsPanel::refresh()
{
    m_pages->setCurrentWidget(m_document ? m_page : m_empty);
    if (!m_document)
        return;
    const bool editable = m_document->isEditable();
    const QList<RunSettingSection> sections =
        runSettingSections(m_document->settings(), subsets(), m_document->issues());
    for (const RunSettingSection& section : sections) {
        Group& group = groupOf(section.name);
        const bool first = section.name == sections.first().name;
        group.form->setFields(first ? QList{datasetField()} + section.fields : section.fields,
                              editable);
        group.reset->setVisible(editable && !section.isDefault);
    }
}

SettingsPanel::Group& SettingsPanel::groupOf(const QString& section)
{
    if (!m_groups.contains(section))
        m_groups.insert(section, createGroup(section));
    return m_groups[section];
}

SettingsPanel::Group SettingsPanel::createGroup(const QString& section)
{
    Group group;
    group.widget = new QWidget(m_page);
    auto* rows = new QVBoxLayout(group.widget);
    rows->setContentsMargins({});
    rows->setSpacing(metrics::RowGap);
    if (!m_groups.isEmpty()) {
        rows->addWidget(new Hairline(Qt::Horizontal, group.widget));
        rows->addSpacing(metrics::RowGap);
    }
    auto* heading = new QHBoxLayout;
    group.reset =
        createIconButton(u"reset"_s, tr("Reset %1 to the defaults").arg(section), group.widget);
    heading->addWidget(
        new TextLabel(section, TextStyle::BodyStrong, Role::TextPrimary, group.widget), 1);
    heading->addWidget(group.reset);
    heading->addStrut(metrics::Control);
    group.form = new ValueForm(group.widget);
    rows->addLayout(heading);
    rows->addWidget(group.form);
    connect(group.reset, &QToolButton::clicked, this, [this, section] { reset(section); });
    connect(group.form, &ValueForm::editingStarted, this, [this] { ++m_visit; });
    connect(group.form, &ValueForm::edited, this,
            [this, section](const QString& key, const QString& value) {
                if (key == DatasetKey)
                    chooseDataset(section, value);
                else
                    edit(section, key, value);
            });
    m_column->insertWidget(m_column->count() - 1, group.widget);
    return group;
}

FormField SettingsPanel::datasetField() const
{
    FormField field{.key = DatasetKey.toString(),
                    .label = tr("Dataset"),
                    .help = tr("The saved dataset version that the experiment learns from."),
                    .kind = FieldKind::Choice};
    for (const DatasetRecord& dataset : m_project.datasets())
        if (dataset.saved)
            field.choices.append(
                {QString::number(dataset.id.value()), datasetVersionText(dataset)});
    field.placeholder =
        field.choices.isEmpty() ? tr("No saved version yet") : tr("Choose a version");
    field.value = QString::number(m_document->dataset().value());
    return field;
}

QStringList SettingsPanel::subsets() const
{
    QStringList names;
    if (const DatasetRecord* dataset = m_project.dataset(m_document->dataset()))
        std::ranges::transform(dataset->settings.subsets, std::back_inserter(names),
                               &SubsetSettings::name);
    return names;
}

void SettingsPanel::edit(const QString& section, const QString& key, const QString& value)
{
    if (!m_document)
        return;
    RunSettings settings = m_document->settings();
    const QList<RunSettingSpec> specs = runSettingSpecs(settings);
    const auto spec = std::ranges::find(specs, key, &RunSettingSpec::key);
    if (spec == specs.end())
        return;
    if (!spec->set(settings, value))
        return m_groups[section].form->setRefusal(
            key, tr("%1 takes %2, not “%3”.").arg(spec->label, spec->takes(), value));
    m_document->editSettings(tr("Change %1").arg(spec->label), settings,
                             key + u'/' + QString::number(m_visit));
}

void SettingsPanel::chooseDataset(const QString& section, const QString& value)
{
    if (!m_document)
        return;
    if (const Status status = m_document->setDataset(DatasetId(value.toLongLong())); !status) {
        refresh();
        m_groups[section].form->setRefusal(DatasetKey.toString(), status.error().message);
    }
}

void SettingsPanel::reset(const QString& section)
{
    if (m_document)
        m_document->editSettings(tr("Reset %1").arg(section),
                                 withDefaults(m_document->settings(), section));
}

} // namespace espalier
