#include "ui/evaluation/predictions/examples/example_dialog.h"

#include "ui/evaluation/predictions/examples/image_loader.h"
#include "ui/evaluation/predictions/examples/probability_bars.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/one_line.h"
#include "ui/widgets/widgets.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QShortcut>
#include <QVBoxLayout>
#include <algorithm>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr int PictureExtent = 336;
constexpr int ShownClasses = 8;

} // namespace

ExampleDialog::ExampleDialog(PredictionsPtr set, ExampleList examples, int position,
                             QWidget* parent)
    : QDialog(parent)
    , m_set(std::move(set))
    , m_examples(std::move(examples))
    , m_images(new ImageLoader(PictureExtent, this))
    , m_title(new TextLabel({}, TextStyle::Title))
    , m_place(new TextLabel({}, TextStyle::Small, Role::TextSecondary))
    , m_facts(new FormRows)
    , m_bars(new ProbabilityBars)
    , m_previous(createButton(ButtonKind::Normal, tr("Previous"), u"chevron-left"_s))
    , m_next(createButton(ButtonKind::Normal, tr("Next"), u"chevron-right"_s))
{
    setWindowTitle(tr("Example"));
    auto* content = new QHBoxLayout;
    content->setSpacing(24);
    if (imageFeature(*m_set->dataset))
        content->addWidget(createPicture(), 0, Qt::AlignTop);
    content->addWidget(createFacts(), 1);
    auto* close = createButton(ButtonKind::Normal, tr("Close"));
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_previous);
    buttons->addWidget(m_next);
    buttons->addWidget(m_place);
    buttons->addStretch(1);
    buttons->addWidget(close);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 20);
    layout->setSpacing(16);
    layout->addLayout(content, 1);
    layout->addLayout(buttons);
    connect(m_previous, &QAbstractButton::clicked, this, [this] { showExample(m_position - 1); });
    connect(m_next, &QAbstractButton::clicked, this, [this] { showExample(m_position + 1); });
    connect(close, &QAbstractButton::clicked, this, &QDialog::accept);
    // Shortcuts, because a focused button would take the arrows for itself.
    for (const Qt::Key key : {Qt::Key_Left, Qt::Key_Up})
        new QShortcut(key, this, [this] { showExample(m_position - 1); });
    for (const Qt::Key key : {Qt::Key_Right, Qt::Key_Down})
        new QShortcut(key, this, [this] { showExample(m_position + 1); });
    connect(m_images, &ImageLoader::loaded, this, &ExampleDialog::showPicture);
    m_images->setSource(m_set->dataset, imageFeature(*m_set->dataset).value_or(-1));
    showExample(position);
}

ExampleDialog::~ExampleDialog() = default;

QWidget* ExampleDialog::createPicture()
{
    m_picture = new QLabel;
    m_picture->setFixedSize(PictureExtent, PictureExtent);
    m_picture->setAlignment(Qt::AlignCenter);
    return m_picture;
}

QWidget* ExampleDialog::createFacts()
{
    auto* facts = new QWidget;
    auto* layout = new QVBoxLayout(facts);
    layout->setContentsMargins({});
    layout->setSpacing(12);
    layout->addWidget(m_title);
    layout->addWidget(m_facts);
    layout->addWidget(m_bars);
    layout->addStretch(1);
    auto* scroll = createPanelScroll(facts);
    scroll->setMinimumSize(340, PictureExtent);
    return scroll;
}

const Prediction& ExampleDialog::prediction() const
{
    return m_set->result.predictions[m_examples[size_t(m_position)]];
}

void ExampleDialog::showExample(int position)
{
    const int last = int(m_examples.size()) - 1;
    if (position < 0 || position > last || position == m_position)
        return;
    m_position = position;
    m_previous->setEnabled(position > 0);
    m_next->setEnabled(position < last);
    m_place->setText(tr("%1 of %2").arg(countText(position + 1), countText(last + 1)));
    m_title->setText(tr("Row %1").arg(countText(qint64(prediction().row) + 1)));
    showPicture();
    showFacts();
    Q_EMIT moved(position);
}

void ExampleDialog::showPicture()
{
    if (!m_picture)
        return;
    m_picture->setPixmap(m_images->find(prediction().row));
    m_picture->setAccessibleName(tr("Image of row %1").arg(countText(prediction().row + 1)));
}

void ExampleDialog::showFacts()
{
    const bool numbers = targetKindOf(m_set->target) == TargetKind::Numbers;
    const Prediction& shown = prediction();
    m_facts->clear();
    const auto add = [this](const QString& label, const QString& text) {
        auto* value = new TextLabel(text);
        value->setElided(true);
        m_facts->addRow(label, value);
    };
    add(tr("Actual"), actualText(*m_set, shown));
    add(tr("Predicted"), predictedText(*m_set, shown));
    if (numbers)
        add(tr("Error"), valueText(errorOf(shown)));
    add(tr("Loss"), preciseMetricText(double(shown.loss)));
    for (int i = 0; !m_picture && i < m_set->dataset->features().size(); ++i) {
        const QString& name = m_set->dataset->features().at(i).name;
        if (name != m_set->target.name)
            add(oneLine(name), oneLine(m_set->dataset->cellText(i, shown.row)));
    }
    QList<ProbabilityBar> bars;
    if (!numbers)
        for (const ClassShare& top :
             topClasses(*m_set, m_examples[size_t(m_position)], ShownClasses))
            bars.append({m_set->target.classes.value(top.index), top.probability,
                         top.index == shown.actual});
    m_bars->setBars(bars);
}

} // namespace espalier
