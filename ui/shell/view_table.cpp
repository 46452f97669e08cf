#include "ui/shell/view_table.h"

#include "ui/shell/project_view.h"

namespace espalier {

namespace {

template <typename View>
std::unique_ptr<ProjectView> make(const ProjectContext& context)
{
    return std::make_unique<View>(context, nullptr);
}

} // namespace

QList<ViewFactory> projectViews()
{
    return {};
}

} // namespace espalier
