#include "app/cli/command_table.h"
#include "app/cli/text_format.h"

#include <QJsonArray>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace espalier::cli {

namespace {

QJsonObject projectJson(const ProjectInfo& project)
{
    return {{u"name"_s, project.name},
            {u"folder"_s, project.folder},
            {u"modified"_s, project.modified.toString(Qt::ISODate)},
            {u"datasets"_s, project.datasets},
            {u"experiments"_s, project.experiments}};
}

Status createProject(CommandContext& context)
{
    const auto project = context.workspace->createProject(context.argument(0));
    if (!project)
        return failureOf(project);
    context.output.result(projectJson(*project),
                          u"Created the project '%1' in %2."_s.arg(project->name, project->folder));
    return {};
}

Status listProjects(CommandContext& context)
{
    const QList<ProjectInfo> projects = context.workspace->projects();
    QJsonArray json;
    TextTable table({{u"Project"_s},
                     {u"Datasets"_s, Align::Right},
                     {u"Experiments"_s, Align::Right},
                     {u"Modified"_s}});
    for (const ProjectInfo& project : projects) {
        json.append(projectJson(project));
        table.addRow({project.name, countText(project.datasets), countText(project.experiments),
                      project.modified.toString(u"yyyy-MM-dd HH:mm"_s)});
    }
    context.output.result(json, projects.isEmpty() ? u"No project yet."_s : table.toString());
    return {};
}

Status deleteProject(CommandContext& context)
{
    const auto project = context.workspace->project(context.argument(0));
    if (!project)
        return failureOf(project);
    if (const Status deleted = context.workspace->deleteProject(project->name); !deleted)
        return deleted;
    context.output.result(QJsonObject{{u"deleted"_s, project->name}},
                          u"Deleted the project '%1'."_s.arg(project->name));
    return {};
}

} // namespace

QList<Command> projectCommands()
{
    const ArgumentSpec name{u"NAME"_s};
    const OptionSpec yes{u"yes"_s,
                         OptionKind::Switch,
                         {},
                         u"say that it may go for good, with its data and checkpoints."_s,
                         true};
    return {
        {.noun = u"project"_s,
         .verb = u"create"_s,
         .help = u"Makes a project."_s,
         .arguments = {name},
         .needs = Needs::Workspace,
         .run = createProject},
        {.noun = u"project"_s,
         .verb = u"list"_s,
         .help = u"Lists the projects of the workspace."_s,
         .needs = Needs::Workspace,
         .run = listProjects},
        {.noun = u"project"_s,
         .verb = u"delete"_s,
         .help = u"Deletes a project with all that is in it."_s,
         .arguments = {name},
         .options = {yes},
         .needs = Needs::Workspace,
         .run = deleteProject},
    };
}

} // namespace espalier::cli
