#pragma once

#include <QAbstractListModel>
#include <QList>
#include <QPointer>

class QAction;

namespace espalier {

/// The actions that fit what was typed, the best first. Those that cannot be used now stay in the
/// list, behind the others.
class CommandModel final : public QAbstractListModel {
    Q_OBJECT
public:
    enum CommandRole { CommandShortcutRole = Qt::UserRole, CommandReasonRole };

    using QAbstractListModel::QAbstractListModel;

    /// Without separators, invisible ones and those without text.
    void setActions(const QList<QAction*>& actions);
    void setQuery(const QString& query);
    [[nodiscard]] QAction* action(int row) const; ///< null when it has gone meanwhile

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;

private:
    void filter();

    QList<QPointer<QAction>> m_actions;
    QList<QPointer<QAction>> m_found;
    QString m_query;
};

/// "New experiment" of "&New experiment…".
[[nodiscard]] QString plainActionText(const QAction& action);

} // namespace espalier
