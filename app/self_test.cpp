#include "app/self_test.h"

#include "core/dataset/export/zip_export.h"
#include "core/dataset/import/sample_clothes.h"
#include "core/graph/snippets.h"
#include "core/project/experiment_run.h"
#include "core/project/workspace.h"
#include "core/training/pause_gate.h"
#include "ui/shell/main_window.h"
#include "ui/shell/project_view.h"
#include "ui/shell/workbench.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QBuffer>
#include <QImageReader>
#include <QImageWriter>
#include <QSet>
#include <QSettings>
#include <QSqlDatabase>
#include <QSslSocket>
#include <QTextStream>
#include <QThreadPool>
#include <algorithm>
#include <cmath>
#include <memory>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr int Examples = 60;
constexpr int Epochs = 2;
constexpr QSize WindowSize(1280, 800);

Status writeAndReadImage(const QByteArray& format)
{
    const QImage image = drawGarment(0, 1);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    if (!image.save(&buffer, format.constData()))
        return failure(ErrorCode::Unsupported,
                       u"%1 cannot be written."_s.arg(QString::fromLatin1(format)));
    if (QImage::fromData(bytes, format.constData()).size() != image.size())
        return failure(ErrorCode::Unsupported,
                       u"%1 cannot be read."_s.arg(QString::fromLatin1(format)));
    return {};
}

Result<ModelGraph> network()
{
    const Snippet* snippet = findSnippet(u"CNN"_s);
    if (!snippet)
        return failure(ErrorCode::Internal, u"The CNN snippet is missing."_s);
    ModelGraph graph = snippet->build();
    const bool chosen =
        graph.setParameter(graph.blockByName(u"Input"_s)->id, u"feature"_s, u"image"_s) &&
        graph.setParameter(graph.blockByName(u"Target"_s)->id, u"feature"_s, u"category"_s);
    if (!chosen)
        return failure(ErrorCode::Internal, u"The CNN snippet takes no features."_s);
    return graph;
}

int distinctColors(const QImage& image)
{
    QSet<QRgb> colors;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            colors.insert(image.pixel(x, y));
    return int(colors.size());
}

/// From here on the window keeps its settings and thumbnails in `folder`.
void redirectSettings(const QString& folder)
{
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder + u"/settings"_s);
    qputenv("XDG_CACHE_HOME", (folder + u"/cache"_s).toUtf8());
}

} // namespace

SelfTest::SelfTest(QApplication& application)
    : m_application(application)
{
    redirectSettings(m_folder.path());
}

bool SelfTest::run()
{
    const std::pair<QString, std::function<Finding()>> checks[] = {
        {u"Images"_s, [this] { return imageFormats(); }},
        {u"TLS"_s, [this] { return tlsBackend(); }},
        {u"Archives"_s, [this] { return archive(); }},
        {u"Project"_s, [this] { return project(); }},
        {u"Training"_s, [this] { return training(); }},
        {u"Views"_s, [this] { return views(); }},
    };
    QTextStream out(stdout);
    if (!m_folder.isValid()) {
        out << u"FAIL  Folder: no temporary folder can be made: %1"_s.arg(m_folder.errorString())
            << Qt::endl;
        return false;
    }
    bool passed = true;
    for (const auto& [name, check] : checks) {
        const Finding finding = check();
        passed = passed && finding;
        out << (finding ? u"ok    "_s : u"FAIL  "_s) << name << u": "_s
            << (finding ? *finding : finding.error().message) << Qt::endl;
    }
    return passed;
}

SelfTest::Finding SelfTest::imageFormats() const
{
    const QList<QByteArray> read = QImageReader::supportedImageFormats();
    const QList<QByteArray> written = QImageWriter::supportedImageFormats();
    const QList<QByteArray> needed{"png", "jpg", "gif", "bmp", "webp", "svg"};
    for (const QByteArray& format : needed) {
        if (!read.contains(format))
            return failure(ErrorCode::Unsupported,
                           u"There is no reader for %1."_s.arg(QString::fromLatin1(format)));
        if (!written.contains(format))
            continue;
        if (const Status status = writeAndReadImage(format); !status)
            return failureOf(status);
    }
    if (themeIcon(u"mark"_s, Role::Accent).pixmap(32).toImage().allGray())
        return failure(ErrorCode::Internal, u"The icons of the program cannot be drawn."_s);
    return QString::fromLatin1(needed.join(", "));
}

SelfTest::Finding SelfTest::tlsBackend() const
{
    if (!QSslSocket::supportsSsl())
        return failure(
            ErrorCode::Unsupported,
            u"No secure connection can be made: the plugin or its library is missing."_s);
    return u"%1, %2"_s.arg(QSslSocket::activeBackend(), QSslSocket::sslLibraryVersionString());
}

SelfTest::Finding SelfTest::archive() const
{
    const QString drawn = path(u"drawn.zip"_s);
    const QString again = path(u"again.zip"_s);
    qint64 rows = 0;
    const Status status =
        writeSampleClothes(drawn, {.examples = Examples})
            .and_then([&] { return importSources({drawn}, path(u"data"_s)); })
            .and_then([](const ImportedSource& source) { return PackedStore::open(source.folder); })
            .and_then([](const std::shared_ptr<const PackedStore>& store) {
                return Dataset::open(store, defaultSettings(store->manifest()));
            })
            .and_then([&](const std::shared_ptr<const Dataset>& dataset) {
                return exportZip(*dataset, again);
            })
            .and_then([&] { return importSources({again}, path(u"data"_s)); })
            .map([&](const ImportedSource& source) { rows = source.manifest.rows; });
    if (!status)
        return failureOf(status);
    if (rows != Examples)
        return failure(ErrorCode::Internal,
                       u"%1 of %2 rows came back from an archive."_s.arg(rows).arg(Examples));
    return u"%1 rows written and read again"_s.arg(rows);
}

SelfTest::Finding SelfTest::project()
{
    const Result<ProjectInfo> made =
        Workspace::open(path(u"workspace"_s)).and_then([](const Workspace& workspace) {
            return workspace.createProject(u"Self-test"_s);
        });
    if (!made)
        return failureOf(made);
    m_project = made->folder;
    return u"kept by %1"_s.arg(QSqlDatabase::drivers().join(u", "_s));
}

SelfTest::Finding SelfTest::training()
{
    const auto store = ProjectStore::open(m_project);
    if (!store)
        return failureOf(store);
    const auto experiment =
        importSources({path(u"again.zip"_s)}, (*store)->dataFolder())
            .and_then([&](const ImportedSource& source) {
                return (*store)->addDataset(u"Clothes"_s, source);
            })
            .and_then([&](const DatasetRecord& added) { return (*store)->saveDataset(added.id); })
            .and_then([&](const DatasetRecord& saved) -> Result<ExperimentRecord> {
                const Result<ModelGraph> graph = network();
                if (!graph)
                    return failureOf(graph);
                RunSettings settings;
                settings.epochs = Epochs;
                return (*store)->createExperiment(u"CNN"_s, saved.id, *graph, settings);
            });
    if (!experiment)
        return failureOf(experiment);
    ExperimentObserver observer;
    PauseGate gate;
    const auto finished =
        runExperiment(m_project, experiment->id, {}, observer, {}, gate)
            .and_then([&](const RunSummary&) { return (*store)->experiment(experiment->id); });
    if (!finished)
        return failureOf(finished);
    const double first = finished->epochs.constFirst().training.value(u"loss"_s);
    const double last = finished->epochs.constLast().training.value(u"loss"_s);
    if (finished->epochs.size() != Epochs || !std::isfinite(last) || last == first)
        return failure(ErrorCode::Internal, u"A network was trained and has learnt nothing."_s);
    return u"loss %1, then %2"_s.arg(first, 0, 'f', 3).arg(last, 0, 'f', 3);
}

SelfTest::Finding SelfTest::views()
{
    applyTheme(m_application, ThemeChoice::Light);
    MainWindow window(projectViews());
    window.resize(WindowSize);
    window.show();
    window.openProject(m_project);
    if (!window.workbench())
        return failure(ErrorCode::Internal, u"The window could not open a project."_s);
    QStringList titles;
    QImage before;
    for (int index = 0; index < window.workbench()->viewCount(); ++index) {
        window.workbench()->setFront(index);
        const QImage seen = window.grab().toImage();
        const QString title = window.workbench()->front().title();
        if (seen == before || distinctColors(seen) < 10)
            return failure(ErrorCode::Internal, u"The view %1 shows nothing."_s.arg(title));
        titles.append(title);
        before = seen;
    }
    window.closeProject();
    QThreadPool::globalInstance()->waitForDone();
    return titles.join(u", "_s);
}

} // namespace espalier
