#include "ui/shell/preferences/preferences.h"

#include "core/base/system.h"
#include "core/project/workspace.h"

#include <QSettings>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr int MostEpochsBetween = 1000;

ThemeChoice themeOf(const QString& name)
{
    if (name == u"light")
        return ThemeChoice::Light;
    return name == u"dark" ? ThemeChoice::Dark : ThemeChoice::System;
}

QString nameOf(ThemeChoice theme)
{
    switch (theme) {
    case ThemeChoice::Light:
        return u"light"_s;
    case ThemeChoice::Dark:
        return u"dark"_s;
    case ThemeChoice::System:
        break;
    }
    return u"system"_s;
}

} // namespace

Preferences Preferences::load()
{
    const QSettings settings;
    Preferences preferences;
    preferences.theme = themeOf(settings.value(u"preferences/theme"_s).toString());
    preferences.workspace = settings.value(u"preferences/workspace"_s).toString();
    preferences.threads =
        std::clamp(settings.value(u"preferences/threads"_s).toInt(), 0, usableProcessors());
    preferences.checkpointEvery =
        std::clamp(settings.value(u"preferences/checkpointEvery"_s).toInt(), 0, MostEpochsBetween);
    return preferences;
}

void Preferences::save() const
{
    QSettings settings;
    settings.setValue(u"preferences/theme"_s, nameOf(theme));
    settings.setValue(u"preferences/workspace"_s, workspace);
    settings.setValue(u"preferences/threads"_s, threads);
    settings.setValue(u"preferences/checkpointEvery"_s, checkpointEvery);
}

QString Preferences::workspaceFolder() const
{
    const bool chosenOutside = !qEnvironmentVariableIsEmpty("ESPALIER_WORKSPACE");
    return chosenOutside || workspace.isEmpty() ? Workspace::defaultFolder() : workspace;
}

RunSettings Preferences::runDefaults() const
{
    RunSettings settings;
    settings.threads = threads;
    settings.checkpoints.every = checkpointEvery;
    return settings;
}

} // namespace espalier
