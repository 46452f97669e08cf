#include "tests/ui/shell/test_view.h"

#include "ui/theme/theme.h"

#include <QMimeData>
#include <QUrl>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

QLineEdit* field(const QString& name)
{
    auto* edit = new QLineEdit;
    edit->setAccessibleName(name);
    return edit;
}

} // namespace

TestView::TestView(const QString& title, QObject* parent)
    : ProjectView(parent)
    , sidebarField(field(title + u" list"_s))
    , centreField(field(title + u" work"_s))
    , inspectorField(field(title + u" inspector"_s))
    , main(new QAction(themeIcon(u"play"_s), u"Run"_s, this))
    , extra(new QAction(u"Tidy "_s + title, this))
    , stack(new QUndoStack(this))
    , m_title(title)
{
    extra->setShortcut(QKeySequence(u"Ctrl+T"_s));
}

bool TestView::acceptDrop(const QMimeData& data)
{
    const QList<QUrl> urls = data.urls();
    const bool takesIt = !takes.isEmpty() && std::ranges::any_of(urls, [this](const QUrl& url) {
        return url.path().endsWith(takes);
    });
    drops += takesIt ? 1 : 0;
    return takesIt;
}

void TestView::setIssues(const QList<Issue>& issues)
{
    issueList = issues;
    Q_EMIT issuesChanged();
}

} // namespace espalier
