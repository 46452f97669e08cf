#pragma once

#include "core/base/issue.h"
#include "ui/theme/theme.h"

namespace espalier {

/// How a level of an Information list looks.
struct IssueLevelLook {
    QString icon;
    Role role;
};
[[nodiscard]] IssueLevelLook lookOf(IssueLevel level);

/// "Error", translated.
[[nodiscard]] QString levelName(IssueLevel level);

} // namespace espalier
