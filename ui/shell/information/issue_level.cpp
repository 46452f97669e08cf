#include "ui/shell/information/issue_level.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace espalier {

IssueLevelLook lookOf(IssueLevel level)
{
    switch (level) {
    case IssueLevel::Error:
        return {u"error"_s, Role::LevelError};
    case IssueLevel::Warning:
        return {u"warning"_s, Role::LevelWarning};
    case IssueLevel::Hint:
        return {u"hint"_s, Role::LevelHint};
    case IssueLevel::Done:
        return {u"done"_s, Role::LevelDone};
    case IssueLevel::Note:
        return {u"note"_s, Role::LevelNote};
    }
    return {};
}

QString levelName(IssueLevel level)
{
    switch (level) {
    case IssueLevel::Error:
        return QCoreApplication::translate("espalier::IssueLevel", "Error");
    case IssueLevel::Warning:
        return QCoreApplication::translate("espalier::IssueLevel", "Warning");
    case IssueLevel::Hint:
        return QCoreApplication::translate("espalier::IssueLevel", "Hint");
    case IssueLevel::Done:
        return QCoreApplication::translate("espalier::IssueLevel", "Done");
    case IssueLevel::Note:
        return QCoreApplication::translate("espalier::IssueLevel", "Note");
    }
    return {};
}

} // namespace espalier
