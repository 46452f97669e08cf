#pragma once

#include <QList>
#include <QString>
#include <QStringList>
#include <functional>

namespace espalier::trials {

/// Something that changes a workspace; done in a child (see inChild()), gives its exit status.
using Work = std::function<int(const QString& workspace)>;

struct Operation {
    QString name;
    Work work;
    Work again; ///< what a person does when it did not get through
    /// What it changes or makes, as Examination::state names it, `*` at the end for anything; all
    /// else stays as it was, whatever happens.
    QStringList touches;
    Work settle; ///< before a look at the workspace, where one is needed
};

/// Everything that changes a project: import, edit, save, duplicate, run, resume, delete, …
[[nodiscard]] QList<Operation> operations();

/// Makes the workspace that all operations begin with, a project “P” with something of everything,
/// from the data in `dataFolder`, which it makes, too. An Error text says what did not work.
[[nodiscard]] QString prepareWorkspace(const QString& workspace, const QString& dataFolder);

} // namespace espalier::trials
