#pragma once

#include "core/base/result.h"

#include <QString>
#include <QTemporaryDir>

class QApplication;

namespace espalier {

/// Whether an installation is whole: everything that only shows when it is used (plugins of Qt,
/// archives, the database, a step of training, each view of the window) is used once, in a folder
/// of its own that is removed again. Settings and projects of the person are not touched.
///
/// One line per check on standard output. Blocks; make a QApplication first, off screen where there
/// is no display.
class SelfTest final {
public:
    explicit SelfTest(QApplication& application);

    /// All checks, also those after one that fails. False when one has failed.
    [[nodiscard]] bool run();

private:
    /// What a check found, or why it failed.
    using Finding = Result<QString>;

    [[nodiscard]] Finding imageFormats() const;
    [[nodiscard]] Finding tlsBackend() const;
    [[nodiscard]] Finding archive() const;
    [[nodiscard]] Finding project();
    [[nodiscard]] Finding training();
    [[nodiscard]] Finding views();

    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }

    QApplication& m_application;
    QTemporaryDir m_folder;
    QString m_project; ///< folder; made by project(), used by those after it
};

} // namespace espalier
