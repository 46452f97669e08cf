#pragma once

#include "core/base/result.h"

#include <QString>
#include <QStringList>

namespace espalier {

/// The name as it is kept: one spelling of each letter (NFC), no blanks around it. `thing` stands
/// in the Error ("experiment"): the name is empty, or holds control characters.
[[nodiscard]] Result<QString> tidyName(const QString& name, const QString& thing);

/// Equal for names that count as the same: any case of letters.
[[nodiscard]] QString nameKey(const QString& name);

/// "a, b and c", for an Error; the first twenty of many.
[[nodiscard]] QString listOfNames(const QStringList& names);

/// A folder name that every file system takes, from any name: "fünf/Äpfel" becomes "funf-apfel".
[[nodiscard]] QString folderNameFor(const QString& name);

} // namespace espalier
