#include "ui/evaluation/predictions/newfiles/file_predictor.h"

#include "core/inference/image_file.h"
#include "core/inference/image_paths.h"
#include "core/project/experiment_evaluation.h"
#include "ui/evaluation/predictions/examples/image_loader.h"

#include <QGuiApplication>
#include <QMetaObject>
#include <QUrl>
#include <atomic>
#include <new>
#include <optional>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

constexpr int PictureExtent = 56;

/// The images of files read in.
Result<QHash<QString, QVariant>> readImages(QHash<QString, QVariant> values)
{
    for (QVariant& value : values) {
        if (value.typeId() != QMetaType::QUrl)
            continue;
        const auto picture = readImageFile(value.toUrl().toLocalFile());
        if (!picture)
            return failureOf(picture);
        value = *picture;
    }
    return values;
}

} // namespace

/// What the worker alone uses, and the round that tells it to skip what nobody waits for.
class FilePredictor::Session final {
public:
    explicit Session(PredictSource source)
        : m_source(std::move(source))
    {
    }

    template <typename Ask>
    [[nodiscard]] Result<PredictedExample> ask(Ask&& question)
    {
        try {
            if (!m_predictor) {
                auto loaded = load();
                if (!loaded)
                    return failureOf(loaded);
                m_predictor = std::move(*loaded);
            }
            return question(*m_predictor);
        } catch (const std::bad_alloc&) {
            return failure(ErrorCode::OutOfMemory,
                           u"There is not enough memory to predict this: close other programs and "
                           "try again."_s);
        }
    }

    std::atomic<quint64> round = 0;

private:
    [[nodiscard]] Result<std::unique_ptr<Predictor>> load() const
    {
        const auto store = ProjectStore::open(m_source.projectFolder);
        if (!store)
            return failureOf(store);
        const auto record = (*store)->experiment(m_source.experiment);
        if (!record)
            return failureOf(record);
        const auto model = loadModel(**store, *record, m_source.checkpoint);
        if (!model)
            return failureOf(model);
        return Predictor::create(record->graph, model->dataset, model->checkpoint,
                                 executorOptions(record->settings));
    }

    PredictSource m_source;
    std::unique_ptr<Predictor> m_predictor;
};

FilePredictor::FilePredictor(PredictSource source, QObject* parent)
    : QObject(parent)
    , m_session(std::make_shared<Session>(std::move(source)))
{
    m_pool.setMaxThreadCount(1);
}

FilePredictor::~FilePredictor()
{
    cancel();
    m_pool.waitForDone();
}

void FilePredictor::cancel()
{
    m_session->round = ++m_round;
    m_pool.clear();
}

void FilePredictor::addPaths(const QStringList& paths)
{
    for (const QString& path : paths)
        m_pool.start([this, path, round = m_round] {
            const QStringList files = imagePaths(path);
            QMetaObject::invokeMethod(this, [this, path, files, round] {
                if (round != m_round)
                    return;
                Q_EMIT found(path, files);
                for (const QString& file : files)
                    predictFile(file);
            });
        });
}

void FilePredictor::predictFile(const QString& file)
{
    m_pool.start(
        [this, file, round = m_round, session = m_session, ratio = qGuiApp->devicePixelRatio()] {
            if (session->round != round)
                return;
            const auto example =
                session->ask([&](Predictor& predictor) { return predictor.predictFile(file); });
            const auto image = readImageFile(file);
            const QImage picture = image ? fittedImage(*image, PictureExtent, ratio) : QImage();
            QMetaObject::invokeMethod(this, [this, file, example, picture, round] {
                if (round == m_round)
                    Q_EMIT predicted(file, example, picture);
            });
        });
}

void FilePredictor::predictValues(const QHash<QString, QVariant>& values)
{
    m_pool.start([this, values, round = m_round, session = m_session] {
        const auto example = readImages(values).and_then([&](const auto& read) {
            return session->ask([&](Predictor& predictor) { return predictor.predict(read); });
        });
        QMetaObject::invokeMethod(this, [this, example, round] {
            if (round == m_round)
                Q_EMIT valuesPredicted(example);
        });
    });
}

} // namespace espalier
