#include "ui/evaluation/predictions/newfiles/predict_dialog.h"

#include "ui/evaluation/predictions/examples/probability_bars.h"
#include "ui/evaluation/predictions/newfiles/file_delegate.h"
#include "ui/evaluation/predictions/newfiles/file_model.h"
#include "ui/evaluation/predictions/newfiles/values_form.h"
#include "ui/widgets/number_text.h"
#include "ui/widgets/widgets.h"

#include <QDragEnterEvent>
#include <QFileDialog>
#include <QImageReader>
#include <QListView>
#include <QMimeData>
#include <QPainter>
#include <QScrollArea>
#include <QStackedLayout>
#include <QUrl>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr QSize FilesSize(720, 560);
constexpr QSize FormSize(520, 480);
constexpr int ShownClasses = 8;

QStringList localPaths(const QMimeData& data)
{
    QStringList paths;
    for (const QUrl& url : data.urls())
        if (url.isLocalFile())
            paths.append(url.toLocalFile());
    return paths;
}

QString imageFilter()
{
    QStringList patterns;
    for (const QByteArray& format : QImageReader::supportedImageFormats())
        patterns.append(u"*."_s + QString::fromLatin1(format));
    return PredictDialog::tr("Images (%1)").arg(patterns.join(u' '));
}

} // namespace

PredictDialog::PredictDialog(const PredictSource& source, const QList<FeatureDescription>& inputs,
                             const QString& title, QWidget* parent)
    : QDialog(parent)
    , m_predictor(new FilePredictor(source, this))
    , m_files(new FileModel(this))
    , m_takesFiles(inputs.size() == 1 && inputs.first().encoding == Encoding::Image)
{
    setWindowTitle(tr("Predict"));
    setAcceptDrops(m_takesFiles);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 20);
    layout->setSpacing(12);
    layout->addWidget(new TextLabel(
        m_takesFiles ? tr("Predict new files") : tr("Predict a new example"), TextStyle::Title));
    auto* subtitle = new TextLabel(title, TextStyle::Body, Role::TextSecondary);
    subtitle->setElided(true);
    layout->addWidget(subtitle);
    layout->addWidget(m_takesFiles ? createFilesPart() : createFormPart(inputs), 1);
    layout->addWidget(createButtons());
    resize(m_takesFiles ? FilesSize : FormSize);
    connectSignals();
    if (m_takesFiles)
        showCounts();
}

PredictDialog::~PredictDialog() = default;

QWidget* PredictDialog::createFilesPart()
{
    m_list = new QListView;
    m_list->setModel(m_files);
    m_list->setItemDelegate(new FileDelegate(m_list));
    m_list->setAccessibleName(tr("Predicted files"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    auto* part = new QWidget;
    auto* layout = new QVBoxLayout(part);
    layout->setContentsMargins({});
    layout->setSpacing(8);
    m_progress = new ProgressLine;
    m_stack = new QStackedLayout;
    layout->addWidget(m_progress);
    layout->addLayout(m_stack, 1);
    m_stack->addWidget(new EmptyState(u"image"_s, tr("Drop images or a folder here"),
                                      tr("The network says what it sees in each of them.")));
    m_stack->addWidget(m_list);
    return part;
}

QWidget* PredictDialog::createFormPart(const QList<FeatureDescription>& inputs)
{
    m_form = new ValuesForm(inputs);
    m_ask = createButton(ButtonKind::Main, tr("Predict"));
    m_ask->setDefault(true);
    m_formMessage = new TextLabel({}, TextStyle::Body);
    m_formMessage->setWordWrap(true);
    m_bars = new ProbabilityBars;
    auto* content = new QWidget;
    auto* layout = new QVBoxLayout(content);
    layout->setContentsMargins({});
    layout->setSpacing(12);
    layout->addWidget(m_form);
    layout->addWidget(m_ask, 0, Qt::AlignRight);
    layout->addWidget(m_formMessage);
    layout->addWidget(m_bars);
    layout->addStretch(1);
    return createPanelScroll(content);
}

QWidget* PredictDialog::createButtons()
{
    auto* buttons = new QWidget;
    auto* layout = new QHBoxLayout(buttons);
    layout->setContentsMargins({});
    layout->setSpacing(8);
    if (m_takesFiles) {
        auto* files = createButton(ButtonKind::Normal, tr("Browse files…"), u"image"_s);
        auto* folder = createButton(ButtonKind::Normal, tr("Browse folder…"), u"folder"_s);
        files->setAutoDefault(false);
        folder->setAutoDefault(false);
        connect(files, &QPushButton::clicked, this, &PredictDialog::browseFiles);
        connect(folder, &QPushButton::clicked, this, &PredictDialog::browseFolder);
        layout->addWidget(files);
        layout->addWidget(folder);
        m_clear = createButton(ButtonKind::Quiet, tr("Clear"), u"close"_s);
        m_counts = new TextLabel({}, TextStyle::Small, Role::TextSecondary);
        layout->addWidget(m_clear);
        layout->addSpacing(8);
        layout->addWidget(m_counts);
    }
    layout->addStretch(1);
    auto* close = createButton(ButtonKind::Normal, tr("Close"));
    close->setAutoDefault(false);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    layout->addWidget(close);
    return buttons;
}

void PredictDialog::connectSignals()
{
    connect(m_predictor, &FilePredictor::found, this,
            [this](const QString& path, const QStringList& files) {
                if (files.isEmpty())
                    m_files->addFailure(path, tr("The folder holds no image: choose another one."));
                m_files->add(files);
                showCounts();
            });
    connect(m_predictor, &FilePredictor::predicted, this,
            [this](const QString& file, const Result<PredictedExample>& example,
                   const QImage& picture) {
                m_files->setResult(file, example, picture);
                showCounts();
            });
    connect(m_predictor, &FilePredictor::valuesPredicted, this, &PredictDialog::showFormResult);
    if (m_clear)
        connect(m_clear, &QPushButton::clicked, this, [this] {
            m_predictor->cancel();
            m_files->clear();
            showCounts();
        });
    if (m_ask)
        connect(m_ask, &QPushButton::clicked, this, &PredictDialog::predictForm);
}

void PredictDialog::addPaths(const QStringList& paths)
{
    if (m_takesFiles && !paths.isEmpty())
        m_predictor->addPaths(paths);
}

void PredictDialog::browseFiles()
{
    auto* dialog = new QFileDialog(this, tr("Choose images"), {}, imageFilter());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, &PredictDialog::addPaths);
    dialog->open();
}

void PredictDialog::browseFolder()
{
    auto* dialog = new QFileDialog(this, tr("Choose a folder of images"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::filesSelected, this, &PredictDialog::addPaths);
    dialog->open();
}

void PredictDialog::showCounts()
{
    const int files = m_files->rowCount();
    const int done = m_files->doneCount();
    if (files > 0)
        m_stack->setCurrentWidget(m_list);
    else
        m_stack->setCurrentIndex(0);
    m_clear->setVisible(files > 0);
    m_progress->setVisible(done < files);
    m_progress->setValue(files > 0 ? double(done) / files : 0);
    QString text;
    if (files > 0)
        text = done < files ? tr("%1 of %2 files").arg(countText(done), countText(files))
               : files == 1 ? tr("1 file")
                            : tr("%1 files").arg(countText(files));
    if (m_files->failedCount() > 0)
        text += tr(", %1 not readable").arg(countText(m_files->failedCount()));
    m_counts->setText(text);
}

void PredictDialog::predictForm()
{
    m_ask->setEnabled(false);
    m_predictor->predictValues(m_form->values());
}

void PredictDialog::showFormResult(const Result<PredictedExample>& example)
{
    m_ask->setEnabled(true);
    QList<ProbabilityBar> bars;
    if (example)
        for (const ClassProbability& entry : example->classes.mid(0, ShownClasses))
            bars.append({entry.name, entry.probability, bars.isEmpty()});
    m_bars->setBars(bars);
    m_formMessage->setRole(example ? Role::TextPrimary : Role::LevelError);
    if (!example)
        m_formMessage->setText(example.error().message);
    else
        m_formMessage->setText(bars.isEmpty() ? tr("Predicted: %1").arg(exampleText(*example, 0))
                                              : QString());
}

void PredictDialog::dragEnterEvent(QDragEnterEvent* event)
{
    if (localPaths(*event->mimeData()).isEmpty())
        return;
    event->acceptProposedAction();
    m_dropping = true;
    update();
}

void PredictDialog::dragLeaveEvent(QDragLeaveEvent* /*event*/)
{
    m_dropping = false;
    update();
}

void PredictDialog::dropEvent(QDropEvent* event)
{
    m_dropping = false;
    update();
    addPaths(localPaths(*event->mimeData()));
    event->acceptProposedAction();
}

void PredictDialog::paintEvent(QPaintEvent* event)
{
    QDialog::paintEvent(event);
    if (!m_dropping)
        return;
    const Theme& theme = Theme::of(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(theme.color(Role::DropTarget));
    painter.setPen(QPen(theme.color(Role::Accent), 1.5, Qt::DashLine));
    painter.drawRoundedRect(QRectF(rect()).adjusted(8, 8, -8, -8), metrics::Radius,
                            metrics::Radius);
}

} // namespace espalier
