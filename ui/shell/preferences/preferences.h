#pragma once

#include "core/training/run_settings.h"
#include "ui/theme/theme.h"

#include <QString>

namespace espalier {

/// What a person has chosen for the program as a whole; a value, kept in QSettings.
struct Preferences {
    ThemeChoice theme = ThemeChoice::System;
    QString workspace{};     ///< folder; empty: Workspace::defaultFolder()
    int threads = 0;         ///< of runs; 0: all that this process may use
    int checkpointEvery = 0; ///< besides best and last, every n-th epoch stays; 0: none

    [[nodiscard]] static Preferences load();
    void save() const;

    /// $ESPALIER_WORKSPACE wins, as on the command line.
    [[nodiscard]] QString workspaceFolder() const;
    /// What a new experiment starts with.
    [[nodiscard]] RunSettings runDefaults() const;

    bool operator==(const Preferences&) const = default;
};

} // namespace espalier
