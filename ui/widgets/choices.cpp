#include "ui/theme/espalier_style.h"
#include "ui/widgets/widgets.h"

#include <QButtonGroup>
#include <QHBoxLayout>

namespace espalier {
namespace {

constexpr int TabGap = 24;

QPushButton* createChoice(const QString& text, const char* kind, QWidget* parent)
{
    auto* button = new QPushButton(text, parent);
    button->setCheckable(true);
    button->setAutoDefault(false);
    button->setProperty(buttons::Property, QByteArray(kind));
    return button;
}

QHBoxLayout* createRow(QWidget* parent)
{
    auto* row = new QHBoxLayout(parent);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    return row;
}

} // namespace

SegmentedControl::SegmentedControl(const QStringList& labels, QWidget* parent)
    : QWidget(parent)
{
    QHBoxLayout* row = createRow(this);
    // The group gives the arrows and one stop for Tab.
    auto* group = new QButtonGroup(this);
    for (const QString& label : labels) {
        QPushButton* button = createChoice(label, buttons::Segment, this);
        Qt::Edges edges;
        edges.setFlag(Qt::LeftEdge, m_buttons.isEmpty());
        edges.setFlag(Qt::RightEdge, m_buttons.size() == labels.size() - 1);
        button->setProperty(buttons::Edges, edges.toInt());
        group->addButton(button, static_cast<int>(m_buttons.size()));
        row->addWidget(button);
        m_buttons.append(button);
    }
    if (!m_buttons.isEmpty())
        m_buttons.first()->setChecked(true);
    setSizePolicy(QSizePolicy::Minimum, QSizePolicy::Fixed);
    connect(group, &QButtonGroup::idToggled, this, [this](int id, bool checked) {
        if (!checked || id == m_current)
            return;
        m_current = id;
        Q_EMIT currentIndexChanged(id);
    });
}

void SegmentedControl::setCurrentIndex(int index)
{
    if (index >= 0 && index < m_buttons.size())
        m_buttons[index]->setChecked(true);
}

void SegmentedControl::setSegmentEnabled(int index, bool enabled, const QString& reason)
{
    if (index < 0 || index >= m_buttons.size())
        return;
    m_buttons[index]->setEnabled(enabled);
    m_buttons[index]->setToolTip(enabled ? QString() : reason);
}

TabStrip::TabStrip(QWidget* parent)
    : QWidget(parent)
    , m_group(new QButtonGroup(this))
{
    createRow(this)->setSpacing(TabGap);
    setSizePolicy(QSizePolicy::Minimum, QSizePolicy::Expanding);
    connect(
        m_group, &QButtonGroup::buttonToggled, this, [this](QAbstractButton* button, bool checked) {
            const int index = static_cast<int>(m_tabs.indexOf(static_cast<QPushButton*>(button)));
            if (!checked || index == m_current)
                return;
            m_current = index;
            Q_EMIT currentChanged(index);
        });
}

int TabStrip::addTab(const QString& text)
{
    QPushButton* tab = createChoice(text, buttons::Tab, this);
    tab->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    m_tabs.append(tab);
    layout()->addWidget(tab);
    m_group->addButton(tab);
    if (m_current < 0)
        tab->setChecked(true);
    return count() - 1;
}

void TabStrip::clear()
{
    m_current = -1;
    qDeleteAll(std::exchange(m_tabs, {}));
}

int TabStrip::count() const
{
    return static_cast<int>(m_tabs.size());
}

void TabStrip::setCurrentIndex(int index)
{
    if (index >= 0 && index < count())
        m_tabs[index]->setChecked(true);
}

void TabStrip::setTabText(int index, const QString& text)
{
    if (index >= 0 && index < count())
        m_tabs[index]->setText(text);
}

} // namespace espalier
