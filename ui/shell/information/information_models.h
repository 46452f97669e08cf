#pragma once

#include "core/base/issue.h"
#include "core/base/logging.h"

#include <QAbstractListModel>
#include <QList>

namespace espalier {

/// Roles of the rows that IssueDelegate paints. Qt::DisplayRole is the whole sentence.
enum IssueRole {
    IssueLevelRole = Qt::UserRole, ///< int of IssueLevel
    IssueSubjectRole,
    IssueTextRole,
    IssueAsideRole ///< secondary, at the right: name of the level, time
};

/// The Information list: issues of the view in front and messages.
class IssueModel final : public QAbstractListModel {
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;

    void setIssues(const QList<Issue>& issues);
    [[nodiscard]] const QList<Issue>& issues() const { return m_issues; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    QList<Issue> m_issues;
};

/// The last lines of the log, the newest first.
class LogModel final : public QAbstractListModel {
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;

    /// `entries` oldest first. Rows that are there already stay.
    void setEntries(const QList<LogEntry>& entries);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    QList<LogEntry> m_entries; ///< newest first
};

} // namespace espalier
