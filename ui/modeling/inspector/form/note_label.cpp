#include "ui/modeling/inspector/form/note_label.h"

#include "ui/modeling/inspector/form/form_field.h"
#include "ui/widgets/widgets.h"

#include <QHBoxLayout>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr int IconSize = 14;

struct LevelLook {
    const char16_t* icon;
    Role role;
};

LevelLook lookOf(IssueLevel level)
{
    switch (level) {
    case IssueLevel::Error:
        return {u"error", Role::LevelError};
    case IssueLevel::Warning:
        return {u"warning", Role::LevelWarning};
    case IssueLevel::Hint:
        return {u"hint", Role::LevelHint};
    case IssueLevel::Done:
        return {u"done", Role::LevelDone};
    case IssueLevel::Note:
        break;
    }
    return {u"note", Role::LevelNote};
}

} // namespace

QString levelIcon(IssueLevel level)
{
    return QString::fromUtf16(lookOf(level).icon);
}

Role levelRole(IssueLevel level)
{
    return lookOf(level).role;
}

NoteLabel::NoteLabel(const FieldNote& note, QWidget* parent)
    : QWidget(parent)
    , m_level(note.level)
    , m_text(new TextLabel({}, TextStyle::Small, Role::TextSecondary, this))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(IconSize + metrics::IconGap, 0, 0, 0);
    m_text->setWordWrap(true);
    row->addWidget(m_text);
    display(note);
}

void NoteLabel::display(const FieldNote& note)
{
    m_level = note.level;
    const bool problem = m_level == IssueLevel::Error || m_level == IssueLevel::Warning;
    m_text->setRole(problem ? levelRole(m_level) : Role::TextSecondary);
    m_text->setText(note.text);
    update();
}

void NoteLabel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintIcon(painter, levelIcon(m_level), QRectF(0, 1, IconSize, IconSize),
              Theme::of(palette()).color(levelRole(m_level)));
}

} // namespace espalier
