#include "core/training/run_state.h"

namespace espalier {

std::span<const EnumName<RunState>> enumNames(RunState)
{
    static constexpr EnumName<RunState> names[] = {
        {RunState::Created, u"created", u"Created"},
        {RunState::Queued, u"queued", u"Queued"},
        {RunState::Running, u"running", u"Running"},
        {RunState::Pausing, u"pausing", u"Pausing"},
        {RunState::Paused, u"paused", u"Paused"},
        {RunState::Completed, u"completed", u"Completed"},
        {RunState::Stopped, u"stopped", u"Stopped"},
        {RunState::Failed, u"failed", u"Failed"},
    };
    return names;
}

bool canEdit(RunState state)
{
    return state == RunState::Created;
}

bool canRun(RunState state)
{
    return state == RunState::Created;
}

bool canPause(RunState state)
{
    return state == RunState::Running;
}

bool canResume(RunState state)
{
    return state == RunState::Paused || state == RunState::Stopped || state == RunState::Failed;
}

bool canStop(RunState state)
{
    return state == RunState::Queued || isActive(state);
}

bool canExtend(RunState state)
{
    return state == RunState::Completed;
}

bool canDelete(RunState state)
{
    return !canStop(state);
}

bool isActive(RunState state)
{
    return state == RunState::Running || state == RunState::Pausing || state == RunState::Paused;
}

} // namespace espalier
