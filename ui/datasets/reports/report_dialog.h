#pragma once

#include <QDialog>

class QAbstractItemModel;

namespace espalier {

class TextLabel;

/// A table in a dialog of its own, to look at and to save as CSV. Show it with open().
class ReportDialog final : public QDialog {
    Q_OBJECT
public:
    /// Takes over `model`. `line` says what the table is about; `fileName` is suggested for CSV.
    ReportDialog(const QString& title, const QString& line, QAbstractItemModel* model,
                 const QString& fileName, QWidget* parent = nullptr);

    /// Writes the table on a worker thread; says below the table that it is written, or why not.
    void saveCsv(const QString& path);

private:
    void chooseFile();

    QAbstractItemModel* m_model;
    QString m_fileName;
    TextLabel* m_outcome;
};

} // namespace espalier
