#include "ui/shell/view_table.h"

#include "ui/datasets/datasets_view.h"
#include "ui/evaluation/evaluation_view.h"
#include "ui/modeling/modeling_view.h"

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
    return {make<DatasetsView>, make<ModelingView>, make<EvaluationView>};
}

} // namespace espalier
