#include "ui/modeling/inspector/run_setting_fields.h"

#include <QCoreApplication>
#include <algorithm>
#include <tuple>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

FieldKind kindOf(RunSettingType type)
{
    switch (type) {
    case RunSettingType::Integer:
        return FieldKind::WholeNumber;
    case RunSettingType::Real:
        return FieldKind::Number;
    case RunSettingType::Boolean:
        return FieldKind::Switch;
    case RunSettingType::Choice:
    case RunSettingType::Text:
        break;
    }
    return FieldKind::Choice;
}

QList<FieldChoice> subsetChoices(const RunSettingSpec& spec, const QString& chosen,
                                 const QStringList& subsets)
{
    QList<FieldChoice> choices;
    for (const QString& subset : subsets)
        choices.append(
            {subset.compare(chosen, Qt::CaseInsensitive) == 0 ? chosen : subset, subset});
    if (!chosen.isEmpty() && !subsets.contains(chosen, Qt::CaseInsensitive))
        choices.append({chosen, QCoreApplication::translate("espalier::RunSettingFields",
                                                            "%1 (not in the dataset)")
                                    .arg(chosen)});
    if (!spec.none.isEmpty())
        choices.append({QString(), spec.none});
    return choices;
}

FormField fieldOf(const RunSettingSpec& spec, const RunSettings& settings,
                  const QStringList& subsets, const QList<Issue>& issues)
{
    FormField field{.key = spec.key,
                    .label = spec.label,
                    .help = spec.help,
                    .kind = kindOf(spec.type),
                    .minimum = spec.minimum,
                    .maximum = spec.maximum,
                    .value = spec.text(settings)};
    for (const RunSettingChoice& choice : spec.choices)
        field.choices.append({choice.key, choice.label});
    if (spec.type == RunSettingType::Text)
        field.choices = subsetChoices(spec, *field.value, subsets);
    else
        field.none = spec.none;
    for (const Issue& issue : issues)
        if (issue.blockId == 0 && issue.subject == spec.label && !issue.text.isEmpty())
            field.notes.append({issue.level, issue.text.at(0).toUpper() + issue.text.mid(1)});
    return field;
}

} // namespace

QList<RunSettingSection> runSettingSections(const RunSettings& settings, const QStringList& subsets,
                                            const QList<Issue>& issues)
{
    QList<RunSettingSection> sections;
    for (const RunSettingSpec& spec : runSettingSpecs(settings)) {
        if (sections.isEmpty() || sections.last().name != spec.section)
            sections.append({spec.section, {}, withDefaults(settings, spec.section) == settings});
        if (spec.inUse)
            sections.last().fields.append(fieldOf(spec, settings, subsets, issues));
    }
    return sections;
}

RunSettings withDefaults(const RunSettings& settings, const QString& section)
{
    const RunSettings defaults;
    RunSettings result = settings;
    for (const RunSettingSpec& spec : runSettingSpecs(defaults))
        if (spec.section == section)
            std::ignore = spec.set(result, spec.text(defaults));
    return result;
}

} // namespace espalier
