#include "app/cli/commands/project_access.h"

#include "app/cli/text_format.h"

using namespace Qt::StringLiterals;

namespace espalier::cli {

Result<ProjectInfo> chosenProject(const CommandContext& context)
{
    if (context.isSet(u"project"_s))
        return context.workspace->project(context.option(u"project"_s));
    const QList<ProjectInfo> projects = context.workspace->projects();
    if (projects.size() == 1)
        return projects.first();
    if (projects.isEmpty())
        return failure(
            ErrorCode::NotFound,
            u"There is no project in %1 yet; make one with: espalier-cli project create NAME"_s.arg(
                context.workspace->folder()));
    QStringList names;
    for (const ProjectInfo& project : projects)
        names.append(project.name);
    return failure(
        ErrorCode::InvalidInput,
        u"There are several projects; choose one with --project: %1."_s.arg(namesText(names)));
}

Result<std::unique_ptr<ProjectStore>> openProject(const CommandContext& context)
{
    const auto project = chosenProject(context);
    if (!project)
        return failureOf(project);
    return ProjectStore::open(project->folder);
}

Result<OpenedDataset> openDatasetArgument(const CommandContext& context)
{
    auto store = openProject(context);
    if (!store)
        return failureOf(store);
    auto record = (*store)->dataset(context.argument(0));
    if (!record)
        return failureOf(record);
    return OpenedDataset{std::move(*store), std::move(*record)};
}

Result<OpenedExperiment> openExperimentArgument(const CommandContext& context)
{
    auto store = openProject(context);
    if (!store)
        return failureOf(store);
    auto record = (*store)->experiment(context.argument(0));
    if (!record)
        return failureOf(record);
    return OpenedExperiment{std::move(*store), std::move(*record)};
}

} // namespace espalier::cli
