#pragma once

#include <QList>
#include <functional>
#include <memory>

namespace espalier {

class ProjectView;
struct ProjectContext;

/// Makes one view for an open project.
using ViewFactory = std::function<std::unique_ptr<ProjectView>(const ProjectContext&)>;

/// The views of the main window in the order of their tabs; another view is another line.
[[nodiscard]] QList<ViewFactory> projectViews();

} // namespace espalier
