#pragma once

#include "core/base/result.h"
#include "core/inference/predictor.h"
#include "core/project/records.h"

#include <QHash>
#include <QImage>
#include <QObject>
#include <QString>
#include <QStringList>
#include <QThreadPool>
#include <QVariant>
#include <memory>

namespace espalier {

/// Which network predicts.
struct PredictSource {
    QString projectFolder;
    ExperimentId experiment;
    QString checkpoint = QStringLiteral("best");
};

/// Predicts examples from outside the dataset on a worker thread, in the order in which they are
/// given. The network is loaded there with the first of them. Lives in the GUI thread; destroying
/// it forgets what waits and finishes the example at work.
class FilePredictor final : public QObject {
    Q_OBJECT

public:
    explicit FilePredictor(PredictSource source, QObject* parent = nullptr);
    ~FilePredictor() override;

    /// Files and folders. found() follows for each, then predicted() for each file.
    void addPaths(const QStringList& paths);
    /// One example by its values, see Predictor::predict(); a QUrl is the file of an image.
    void predictValues(const QHash<QString, QVariant>& values);
    void cancel(); ///< what waits

Q_SIGNALS:
    /// `files` is empty for a folder without images.
    void found(const QString& path, const QStringList& files);
    /// With a small picture where the file is an image.
    void predicted(const QString& file, const espalier::Result<espalier::PredictedExample>& example,
                   const QImage& picture);
    void valuesPredicted(const espalier::Result<espalier::PredictedExample>& example);

private:
    class Session;
    void predictFile(const QString& file);

    std::shared_ptr<Session> m_session;
    quint64 m_round = 0; ///< cancel() begins another: late results are dropped
    QThreadPool m_pool;
};

} // namespace espalier
