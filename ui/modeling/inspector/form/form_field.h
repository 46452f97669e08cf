#pragma once

#include "core/base/issue.h"

#include <QList>
#include <QString>
#include <optional>

namespace espalier {

enum class FieldKind { WholeNumber, Number, Switch, Choice, Text };

struct FieldChoice {
    QString value; ///< "same"
    QString label; ///< "Same"

    bool operator==(const FieldChoice&) const = default;
};

/// A sentence under a field. Errors and warnings have the colour of their level.
struct FieldNote {
    IssueLevel level = IssueLevel::Note;
    QString text;

    bool operator==(const FieldNote&) const = default;
};

/// One row of a ValueForm, derived from a table of the core; a value. Values are texts as the
/// tables take them: "64", "0.001", "on" and "off", the value of a choice.
struct FormField {
    QString key;   ///< unique in its form: "optimizer.learning_rate"
    QString label; ///< "Learning rate"
    QString help;  ///< one sentence
    FieldKind kind = FieldKind::Text;
    double minimum = 0; ///< of numbers, for their steps
    double maximum = 0;
    QList<FieldChoice> choices{};
    QString unit{};        ///< behind a number: " %"
    QString none{};        ///< shown for 0: "Never"
    QString placeholder{}; ///< while nothing is chosen

    std::optional<QString> value{}; ///< nothing: several blocks differ in it
    QList<FieldNote> notes{};
    QString action{}; ///< text of a link under the field; empty: none

    /// The value as people read it.
    [[nodiscard]] QString shownValue() const;
};

} // namespace espalier
