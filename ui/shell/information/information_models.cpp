#include "ui/shell/information/information_models.h"

#include "ui/shell/information/issue_level.h"

#include <QLocale>
#include <algorithm>

namespace espalier {

namespace {

IssueLevel levelOf(LogLevel level)
{
    switch (level) {
    case LogLevel::Error:
        return IssueLevel::Error;
    case LogLevel::Warning:
        return IssueLevel::Warning;
    case LogLevel::Info:
    case LogLevel::Debug:
        break;
    }
    return IssueLevel::Note;
}

} // namespace

void IssueModel::setIssues(const QList<Issue>& issues)
{
    if (issues == m_issues)
        return;
    const auto common = std::min(issues.size(), m_issues.size());
    if (issues.size() < m_issues.size()) {
        beginRemoveRows({}, int(common), int(m_issues.size()) - 1);
        m_issues.resize(common);
        endRemoveRows();
    }
    for (qsizetype row = 0; row < common; ++row)
        if (m_issues.at(row) != issues.at(row)) {
            m_issues[row] = issues.at(row);
            Q_EMIT dataChanged(index(int(row)), index(int(row)));
        }
    if (issues.size() > common) {
        beginInsertRows({}, int(common), int(issues.size()) - 1);
        m_issues = issues;
        endInsertRows();
    }
}

int IssueModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_issues.size());
}

QVariant IssueModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Issue& issue = m_issues.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return issueSentence(issue);
    case Qt::AccessibleTextRole:
        return levelName(issue.level) + QStringLiteral(": ") + issueSentence(issue);
    case IssueLevelRole:
        return int(issue.level);
    case IssueSubjectRole:
        return issue.subject;
    case IssueTextRole:
        return issue.text;
    case IssueAsideRole:
        return levelName(issue.level);
    default:
        return {};
    }
}

void LogModel::setEntries(const QList<LogEntry>& entries)
{
    const QList<LogEntry> newest(entries.crbegin(), entries.crend());
    const qsizetype fresh =
        m_entries.isEmpty() ? newest.size() : newest.indexOf(m_entries.constFirst());
    const qsizetype kept = newest.size() - fresh;
    if (fresh < 0 || kept > m_entries.size()) {
        beginResetModel();
        m_entries = newest;
        endResetModel();
        return;
    }
    if (kept < m_entries.size()) {
        beginRemoveRows({}, int(kept), int(m_entries.size()) - 1);
        m_entries.resize(kept);
        endRemoveRows();
    }
    if (fresh > 0) {
        beginInsertRows({}, 0, int(fresh) - 1);
        m_entries = newest;
        endInsertRows();
    }
}

int LogModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_entries.size());
}

QVariant LogModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const LogEntry& entry = m_entries.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
    case IssueTextRole:
        return entry.message;
    case IssueLevelRole:
        return int(levelOf(entry.level));
    case IssueAsideRole:
        return QLocale().toString(entry.time.time(), QStringLiteral("HH:mm:ss"));
    default:
        return {};
    }
}

} // namespace espalier
