#pragma once

#include "core/base/issue.h"
#include "core/training/run_settings.h"
#include "ui/modeling/inspector/form/form_field.h"

#include <QList>
#include <QStringList>

namespace espalier {

/// One heading of the run settings with what stands under it.
struct RunSettingSection {
    QString name;
    QList<FormField> fields;
    bool isDefault = true; ///< nothing in it was changed
};

/// All sections in the order of the table, with the settings that are in use. `subsets` are those
/// of the dataset version; issues go to the field that is their subject.
[[nodiscard]] QList<RunSettingSection> runSettingSections(const RunSettings& settings,
                                                          const QStringList& subsets,
                                                          const QList<Issue>& issues);

/// Every setting of a section takes its default.
[[nodiscard]] RunSettings withDefaults(const RunSettings& settings, const QString& section);

} // namespace espalier
