#pragma once

#include "core/training/run_settings.h"
#include "ui/modeling/inspector/form/form_field.h"

#include <QHash>
#include <QPointer>
#include <QStringList>
#include <QWidget>

class QStackedLayout;
class QToolButton;
class QVBoxLayout;

namespace espalier {

class ExperimentDocument;
class ProjectDocument;
class ValueForm;
struct RunSettingSection;

/// The Settings tab: dataset version, subsets and run settings of an experiment.
class SettingsPanel final : public QWidget {
    Q_OBJECT

public:
    /// Key of the field for the dataset version; no run setting has it.
    static constexpr QStringView DatasetKey = u"#dataset";

    explicit SettingsPanel(ProjectDocument& project, QWidget* parent = nullptr);

    void setDocument(ExperimentDocument* document);

private:
    struct Group {
        QWidget* widget = nullptr;
        QToolButton* reset = nullptr;
        ValueForm* form = nullptr;
    };

    void refresh();
    [[nodiscard]] Group& groupOf(const QString& section);
    [[nodiscard]] Group createGroup(const QString& section);
    [[nodiscard]] FormField datasetField() const;
    [[nodiscard]] QStringList subsets() const;
    void edit(const QString& section, const QString& key, const QString& value);
    void chooseDataset(const QString& section, const QString& value);
    void reset(const QString& section);

    ProjectDocument& m_project;
    QPointer<ExperimentDocument> m_document;
    QHash<QString, Group> m_groups;
    int m_visit = 0;

    QStackedLayout* m_pages;
    QWidget* m_empty;
    QWidget* m_page;
    QVBoxLayout* m_column = nullptr;
};

} // namespace espalier
