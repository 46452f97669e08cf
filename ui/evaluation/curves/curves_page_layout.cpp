#include "core/base/files.h"
#include "core/project/documents/project_document.h"
#include "ui/evaluation/curves/curve_export.h"
#include "ui/evaluation/curves/curve_legend.h"
#include "ui/evaluation/curves/curves_page.h"
#include "ui/evaluation/curves/metric_chart.h"
#include "ui/theme/theme.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/widgets.h"

#include <QAction>
#include <QCheckBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QLocale>
#include <QMenu>
#include <QPainter>
#include <QSettings>
#include <QSlider>
#include <QStackedLayout>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr int ToolRow = 44;
constexpr int SliderWidth = 72;
constexpr int MostSmoothing = 99; // hundredths
constexpr int DefaultSmoothing = 60;
constexpr int PictureMargin = 16;
constexpr int PictureHead = 56; // title and legend

QHBoxLayout* createRow(QWidget* row, int left, int right)
{
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(left, 0, right, 0);
    layout->setSpacing(metrics::LabelGap);
    return layout;
}

} // namespace

void CurvesPage::createActions()
{
    m_logScale = new QAction(themeIcon(u"log-scale"_s), tr("Logarithmic scale"), this);
    m_logScale->setCheckable(true);
    m_resetZoom = new QAction(themeIcon(u"reset"_s), tr("Show everything"), this);
    m_resetZoom->setToolTip(tr("Show everything (double click in the chart)"));
    for (const auto& [suffix, text] :
         {std::pair(u"png"_s, tr("Save as PNG…")), std::pair(u"svg"_s, tr("Save as SVG…")),
          std::pair(u"csv"_s, tr("Save as CSV…"))}) {
        auto* action = new QAction(text, this);
        connect(action, &QAction::triggered, this, [this, suffix = suffix] { saveAs(suffix); });
        m_saveActions.append(action);
    }
}

void CurvesPage::createControls()
{
    m_strip = new TabStrip;
    m_more = new QToolButton;
    m_more->setText(tr("More"));
    m_more->setAccessibleName(tr("More metrics"));
    m_more->setToolTip(tr("More metrics"));
    m_more->setPopupMode(QToolButton::InstantPopup);
    m_more->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_more->setMenu(new QMenu(m_more));
    m_slider = new QSlider(Qt::Horizontal);
    m_slider->setRange(0, MostSmoothing);
    m_slider->setFixedWidth(SliderWidth);
    m_slider->setValue(QSettings().value(SmoothingKey, DefaultSmoothing).toInt());
    m_slider->setAccessibleName(tr("Smoothing"));
    m_slider->setToolTip(tr("How strongly curves are smoothed; the original stays, faint. Curves "
                            "of fewer than %1 epochs are shown as they are.")
                             .arg(MetricCurves::LeastSmoothed));
    m_sliderValue = new TextLabel({}, TextStyle::Small);
    m_sliderValue->setMinimumWidth(28);
    const auto showValue = [this] {
        m_sliderValue->setText(locale().toString(m_slider->value() / 100.0, 'f', 2));
    };
    connect(m_slider, &QSlider::valueChanged, m_sliderValue, showValue);
    showValue();
    m_legend = new CurveLegend;
    m_patience = new TextLabel({}, TextStyle::Small, Role::TextSecondary);
    m_showBatches = new QCheckBox(tr("Batch curve"));
    m_showBatches->setChecked(QSettings().value(BatchesKey, true).toBool());
    m_epochs = new MetricChart;
    m_batches = new MetricChart;
}

QWidget* CurvesPage::createToolRow()
{
    auto* row = new QWidget;
    row->setFixedHeight(ToolRow);
    QHBoxLayout* layout = createRow(row, metrics::PanelPadding, metrics::PanelPadding);
    layout->addWidget(m_strip);
    layout->addWidget(m_more);
    layout->addStretch();
    auto* label = new TextLabel(tr("Smoothing"), TextStyle::Small, Role::TextSecondary);
    label->setBuddy(m_slider);
    layout->addWidget(label);
    layout->addWidget(m_slider);
    layout->addWidget(m_sliderValue);
    auto* line = new Hairline(Qt::Vertical);
    line->setFixedHeight(20);
    layout->addWidget(line);
    layout->addWidget(createIconButton(m_logScale));
    layout->addWidget(createIconButton(m_resetZoom));
    QToolButton* save = createIconButton(u"download"_s, tr("Save the curves"));
    auto* menu = new QMenu(save);
    menu->addActions(m_saveActions);
    save->setMenu(menu);
    save->setPopupMode(QToolButton::InstantPopup);
    layout->addWidget(save);
    return row;
}

QWidget* CurvesPage::createLegendRow()
{
    auto* row = new QWidget;
    QHBoxLayout* layout = createRow(row, 36, 0);
    layout->addWidget(m_legend);
    layout->addWidget(m_patience);
    layout->addStretch();
    layout->addWidget(m_showBatches);
    return row;
}

QWidget* CurvesPage::createBatchPart()
{
    m_batchPart = new QWidget;
    auto* layout = new QVBoxLayout(m_batchPart);
    layout->setContentsMargins({});
    layout->setSpacing(4);
    layout->addWidget(new Hairline(Qt::Horizontal));
    auto* title = new QWidget;
    QHBoxLayout* titleLayout = createRow(title, 36, 0);
    titleLayout->setContentsMargins(36, 6, 0, 0);
    m_batchEpoch = new TextLabel({}, TextStyle::BodyStrong);
    m_batchText = new TextLabel({}, TextStyle::Small, Role::TextSecondary);
    m_batchRange = new SegmentedControl({tr("One epoch"), tr("All epochs")});
    m_batchRange->setAccessibleName(tr("Steps to show"));
    m_batchRange->setToolTip(tr("A click on an epoch above shows its steps"));
    titleLayout->addWidget(m_batchEpoch);
    titleLayout->addWidget(m_batchText);
    titleLayout->addStretch();
    titleLayout->addWidget(m_batchRange);
    layout->addWidget(title);
    layout->addWidget(m_batches, 1);
    return m_batchPart;
}

void CurvesPage::createLayout()
{
    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(createToolRow());
    layout->addWidget(new Hairline(Qt::Horizontal));
    auto* body = new QVBoxLayout;
    body->setContentsMargins(metrics::PanelPadding, metrics::LabelGap, metrics::PanelPadding,
                             metrics::LabelGap);
    body->setSpacing(metrics::LabelGap);
    body->addWidget(createLegendRow());
    body->addWidget(m_epochs, 5);
    body->addWidget(createBatchPart(), 3);
    layout->addLayout(body, 1);
    auto* modeling = new QAction(tr("Modeling"), this);
    connect(modeling, &QAction::triggered, this, &CurvesPage::modelingRequested);
    m_empty = new EmptyState(u"log-scale"_s, tr("Nothing has run yet"),
                             tr("Curves appear with the first batch of a run."), modeling);
    m_stack = new QStackedLayout(this);
    m_stack->addWidget(content);
    m_stack->addWidget(m_empty);
}

void CurvesPage::saveAs(const QString& suffix)
{
    const ExperimentRecord* now = record();
    if (!now)
        return;
    auto* dialog = new QFileDialog(this, tr("Save the curves of %1").arg(now->name));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(u"%1 (*.%2)"_s.arg(suffix.toUpper(), suffix));
    dialog->setDefaultSuffix(suffix);
    dialog->selectFile(suffix == u"csv"_s ? now->name + u".csv"_s
                                          : now->name + u' ' + MetricCurves::label(*now, m_metric) +
                                                u'.' + suffix);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, suffix](const QString& path) { write(path, suffix); });
    dialog->open();
}

void CurvesPage::write(const QString& path, const QString& suffix)
{
    const ExperimentRecord* now = record();
    if (!now)
        return;
    const auto paint = [this](QPainter& painter) { paintPicture(painter); };
    const QByteArray content = suffix == u"csv"_s   ? curvesCsv(*now)
                               : suffix == u"png"_s ? pngPicture(pictureSize(), paint)
                                                    : svgPicture(pictureSize(), now->name, paint);
    const Status written = writeFileAtomically(path, content);
    const QString file = QFileInfo(path).fileName();
    Q_EMIT message(written ? Issue{IssueLevel::Done, now->name, tr("saved as %1").arg(file), 0}
                           : Issue{IssueLevel::Error, now->name, written.error().message, 0});
}

QSize CurvesPage::pictureSize() const
{
    const int batches = m_batchPart->isVisibleTo(this) ? m_batches->height() + 24 : 0;
    return {m_epochs->width() + 2 * PictureMargin,
            PictureHead + m_epochs->height() + batches + 2 * PictureMargin};
}

void CurvesPage::paintPicture(QPainter& painter)
{
    const ExperimentRecord* now = record();
    const Theme& theme = Theme::of(palette());
    const QSize size = pictureSize();
    painter.fillRect(QRect({}, size), theme.color(Role::Surface));
    painter.setFont(textFont(TextStyle::Heading));
    painter.setPen(theme.color(Role::TextPrimary));
    painter.drawText(QRectF(PictureMargin, 8, size.width(), 24), Qt::AlignVCenter,
                     now->name + u" · "_s + MetricCurves::label(*now, m_metric));
    m_legend->paintItems(painter, QPointF(PictureMargin + 36, 38));
    QRectF target(QPointF(PictureMargin, PictureHead + 8), QSizeF(m_epochs->viewport()->size()));
    m_epochs->paintInto(painter, target);
    if (!m_batchPart->isVisibleTo(this))
        return;
    target.translate(0, target.height() + 24);
    painter.setFont(textFont(TextStyle::BodyStrong));
    painter.setPen(theme.color(Role::TextPrimary));
    painter.drawText(QRectF(PictureMargin + 36, target.top() - 24, size.width(), 20),
                     Qt::AlignVCenter, m_batchEpoch->text());
    m_batches->paintInto(painter, {target.topLeft(), QSizeF(m_batches->viewport()->size())});
}

} // namespace espalier
