#pragma once

#include "core/base/result.h"
#include "core/inference/predictor.h"

#include <QAbstractListModel>
#include <QHash>
#include <QImage>
#include <QList>
#include <QPixmap>
#include <QString>
#include <optional>

namespace espalier {

/// One new file and what became of it.
struct PredictedFile {
    QString path;
    QPixmap picture;
    std::optional<Result<PredictedExample>> example; ///< nothing: waits
};

/// New files with their predictions, in the order in which they came; each path once.
class FileModel final : public QAbstractListModel {
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;

    void add(const QStringList& paths);
    /// What cannot be predicted at all: a folder without images.
    void addFailure(const QString& path, const QString& sentence);
    void setResult(const QString& path, const Result<PredictedExample>& example,
                   const QImage& picture);
    void clear();

    [[nodiscard]] const PredictedFile& file(int row) const { return m_files.at(row); }
    [[nodiscard]] int doneCount() const { return m_done; }
    [[nodiscard]] int failedCount() const { return m_failed; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    QList<PredictedFile> m_files;
    QHash<QString, int> m_rows; ///< by path
    int m_done = 0;             ///< failed ones too
    int m_failed = 0;
};

/// "Coat 0.9120, Shirt 0.0401"; numbers of numeric targets.
[[nodiscard]] QString exampleText(const PredictedExample& example, int classes);

} // namespace espalier
