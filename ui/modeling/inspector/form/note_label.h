#pragma once

#include "ui/theme/theme.h"

#include <QWidget>

namespace espalier {

class TextLabel;
struct FieldNote;
enum class IssueLevel;

/// Icon of a level and a sentence beside it.
class NoteLabel final : public QWidget {
    Q_OBJECT

public:
    explicit NoteLabel(const FieldNote& note, QWidget* parent = nullptr);

    void display(const FieldNote& note);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    IssueLevel m_level;
    TextLabel* m_text;
};

/// Icon and ink of a level, for sentences beside a field.
[[nodiscard]] QString levelIcon(IssueLevel level);
[[nodiscard]] Role levelRole(IssueLevel level);

} // namespace espalier
