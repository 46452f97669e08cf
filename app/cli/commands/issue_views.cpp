#include "app/cli/commands/issue_views.h"

#include "app/cli/text_format.h"

#include <QJsonObject>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier::cli {

QJsonArray issuesJson(const QList<Issue>& issues)
{
    QJsonArray json;
    for (const Issue& issue : issues)
        json.append(QJsonObject{{u"level"_s, enumKey(issue.level)},
                                {u"subject"_s, issue.subject},
                                {u"text"_s, issue.text},
                                {u"block"_s, issue.blockId}});
    return json;
}

QString issuesText(const QList<Issue>& issues)
{
    TextTable table({{}, {}});
    for (const Issue& issue : issues)
        table.addRow({enumLabel(issue.level), issueSentence(issue)});
    return table.toString();
}

qint64 countOf(const QList<Issue>& issues, IssueLevel level)
{
    return std::count_if(issues.cbegin(), issues.cend(),
                         [level](const Issue& issue) { return issue.level == level; });
}

} // namespace espalier::cli
