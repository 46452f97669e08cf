#pragma once

#include "core/base/issue.h"

#include <QJsonArray>
#include <QList>
#include <QString>

namespace espalier::cli {

/// [{"level","subject","text","block"}]: an Information list.
[[nodiscard]] QJsonArray issuesJson(const QList<Issue>& issues);
[[nodiscard]] QString issuesText(const QList<Issue>& issues);
[[nodiscard]] qint64 countOf(const QList<Issue>& issues, IssueLevel level);

} // namespace espalier::cli
