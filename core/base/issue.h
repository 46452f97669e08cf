#pragma once

#include "core/base/named_enum.h"

#include <QString>
#include <span>

namespace espalier {

enum class IssueLevel { Error, Warning, Hint, Done, Note };
[[nodiscard]] std::span<const EnumName<IssueLevel>> enumNames(IssueLevel);

/// One line of an Information list: what must still be done, about which thing.
struct Issue {
    IssueLevel level = IssueLevel::Note;
    /// Name of the thing that it is about ("Dense 2", "Training"); may be empty.
    QString subject;
    /// What to do, without the subject: "choose a feature".
    QString text;
    /// Id of the block it is about; 0 when it is about no block.
    qint64 blockId = 0;

    bool operator==(const Issue&) const = default;
};

/// "Input: choose a feature".
[[nodiscard]] QString issueSentence(const Issue& issue);

} // namespace espalier
