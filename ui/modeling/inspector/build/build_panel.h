#pragma once

#include <QString>
#include <QWidget>

class QAction;
class QLineEdit;
class QSortFilterProxyModel;
class QStackedLayout;

namespace espalier {

class BlockListView;
class EmptyState;
class TextLabel;

/// The Build tab: everything that can be added to a network, with a search box. Which sections are
/// open is remembered.
class BuildPanel final : public QWidget {
    Q_OBJECT

public:
    explicit BuildPanel(QWidget* parent = nullptr);

    /// A sentence why nothing can be added now; empty: it can.
    void setReason(const QString& reason);

Q_SIGNALS:
    void blockChosen(const QString& type);
    void snippetChosen(const QString& key);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void createLayout();
    void choose(const QModelIndex& index);
    void search(const QString& text);
    void restoreFolds();
    void rememberFolds() const;

    QLineEdit* m_search;
    BlockListView* m_view;
    QSortFilterProxyModel* m_filter;
    QAction* m_clear;
    EmptyState* m_nothing;
    TextLabel* m_reason;
    QStackedLayout* m_pages = nullptr;
};

} // namespace espalier
