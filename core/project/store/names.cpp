#include "core/project/store/names.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr int LongestFolderName = 60;
constexpr int LongestList = 20;

bool isControl(QChar character)
{
    return character.category() == QChar::Other_Control;
}

/// Names of devices, which Windows takes for no file (learn.microsoft.com, "Naming Files").
bool isReserved(const QString& name)
{
    static const QStringList Devices{u"con"_s, u"prn"_s, u"aux"_s, u"nul"_s};
    const bool numbered = name.size() == 4 &&
                          (name.startsWith(u"com") || name.startsWith(u"lpt")) &&
                          name.back().isDigit();
    return numbered || Devices.contains(name);
}

} // namespace

Result<QString> tidyName(const QString& name, const QString& thing)
{
    const QString tidy = name.normalized(QString::NormalizationForm_C).trimmed();
    if (tidy.isEmpty())
        return failure(ErrorCode::InvalidInput,
                       u"The name of a %1 is empty: give it one."_s.arg(thing));
    if (!tidy.isValidUtf16() || std::ranges::any_of(tidy, isControl))
        return failure(ErrorCode::InvalidInput,
                       u"The name of a %1 holds a character that is no text: leave out line "
                       "breaks, tabs and the like."_s.arg(thing));
    return tidy;
}

QString nameKey(const QString& name)
{
    return name.normalized(QString::NormalizationForm_C).trimmed().toCaseFolded();
}

QString listOfNames(const QStringList& names)
{
    if (names.size() > LongestList)
        return u"%1 and %2 more"_s.arg(names.first(LongestList).join(u", "_s),
                                       QString::number(names.size() - LongestList));
    if (names.size() < 2)
        return names.value(0);
    return u"%1 and %2"_s.arg(names.first(names.size() - 1).join(u", "_s), names.last());
}

QString folderNameFor(const QString& name)
{
    QString folder;
    const QString letters = name.normalized(QString::NormalizationForm_KD).toLower();
    for (const QChar letter : letters) {
        const char16_t code = letter.unicode();
        const bool plain = (code >= u'a' && code <= u'z') || (code >= u'0' && code <= u'9');
        if (plain)
            folder += letter;
        else if (!letter.isMark() && !folder.isEmpty() && !folder.endsWith(u'-'))
            folder += u'-';
    }
    folder.truncate(LongestFolderName);
    while (folder.endsWith(u'-'))
        folder.chop(1);
    if (folder.isEmpty() || isReserved(folder))
        return folder.isEmpty() ? u"project"_s : u"project-"_s + folder;
    return folder;
}

} // namespace espalier
