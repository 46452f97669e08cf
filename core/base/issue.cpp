#include "core/base/issue.h"

namespace espalier {

std::span<const EnumName<IssueLevel>> enumNames(IssueLevel)
{
    static constexpr EnumName<IssueLevel> names[] = {
        {IssueLevel::Error, u"error", u"Error"}, {IssueLevel::Warning, u"warning", u"Warning"},
        {IssueLevel::Hint, u"hint", u"Hint"},    {IssueLevel::Done, u"done", u"Done"},
        {IssueLevel::Note, u"note", u"Note"},
    };
    return names;
}

QString issueSentence(const Issue& issue)
{
    return issue.subject.isEmpty() ? issue.text : issue.subject + QStringLiteral(": ") + issue.text;
}

} // namespace espalier
