#include "ui/evaluation/predictions/prediction_export.h"

#include "core/base/files.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QFutureWatcher>
#include <QMessageBox>
#include <QtConcurrentRun>
#include <cmath>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

QByteArray field(const QString& text)
{
    QByteArray bytes = text.toUtf8();
    const bool quoted = bytes.contains(',') || bytes.contains('"') || bytes.contains('\n') ||
                        bytes.contains('\r') || bytes.startsWith(' ') || bytes.endsWith(' ');
    return quoted ? '"' + bytes.replace('"', "\"\"") + '"' : bytes;
}

QByteArray number(double value)
{
    return std::isfinite(value) ? QByteArray::number(value, 'g', 9) : QByteArray();
}

QByteArray className(const PredictionSet& set, qint64 index)
{
    return field(set.target.classes.value(index));
}

QByteArray head(const PredictionSet& set, bool numbers)
{
    QByteArray line =
        numbers ? "row,actual,predicted,error,loss" : "row,actual,predicted,probability,loss";
    const QStringList& classes = set.target.classes;
    if (!numbers && classes.size() == set.result.outputs.width)
        for (const QString& name : classes)
            line += ',' + field(u"p(%1)"_s.arg(name));
    return line + '\n';
}

void write(QWidget* parent, const QString& path, const std::function<QByteArray()>& content)
{
    auto* watcher = new QFutureWatcher<Status>(parent);
    QObject::connect(watcher, &QFutureWatcher<Status>::finished, parent, [watcher, parent] {
        const Status written = watcher->result();
        watcher->deleteLater();
        if (written)
            return;
        auto* box = new QMessageBox(QMessageBox::Warning,
                                    QCoreApplication::translate("PredictionExport", "Not saved"),
                                    written.error().message, QMessageBox::Ok, parent);
        box->setAttribute(Qt::WA_DeleteOnClose);
        box->open();
    });
    watcher->setFuture(
        QtConcurrent::run([path, content] { return writeFileAtomically(path, content()); }));
}

} // namespace

QByteArray examplesCsv(const PredictionSet& set, const ExampleList& examples)
{
    const bool numbers = targetKindOf(set.target) == TargetKind::Numbers;
    const Outputs& outputs = set.result.outputs;
    const bool withOutputs = !numbers && set.target.classes.size() == outputs.width;
    QByteArray csv = head(set, numbers);
    for (const quint32 example : examples) {
        const Prediction& p = set.result.predictions[example];
        csv += QByteArray::number(qint64(p.row) + 1) + ',';
        if (numbers)
            csv += number(double(p.actualValue)) + ',' + number(double(p.predictedValue)) + ',' +
                   number(errorOf(p));
        else
            csv += className(set, p.actual) + ',' + className(set, p.predicted) + ',' +
                   number(double(p.probability));
        csv += ',' + number(double(p.loss));
        for (qint64 i = 0; withOutputs && i < outputs.width; ++i)
            csv += ',' + number(double(outputs.values[size_t(example * outputs.width + i)]));
        csv += '\n';
    }
    return csv;
}

QByteArray matrixCsv(const ConfusionMatrix& matrix)
{
    QByteArray csv = field(u"actual \\ predicted"_s);
    for (const QString& name : matrix.classes())
        csv += ',' + field(name);
    csv += '\n';
    for (qint64 row = 0; row < matrix.size(); ++row) {
        csv += field(matrix.classes().at(row));
        for (qint64 column = 0; column < matrix.size(); ++column)
            csv += ',' + QByteArray::number(matrix.at(row, column));
        csv += '\n';
    }
    return csv;
}

void exportCsv(QWidget* parent, const QString& title, const QString& name,
               const std::function<QByteArray()>& content)
{
    auto* dialog = new QFileDialog(
        parent, title, QString(),
        QCoreApplication::translate("PredictionExport", "Comma-separated values (*.csv)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"csv"_s);
    dialog->selectFile(name + u".csv"_s);
    QObject::connect(dialog, &QFileDialog::fileSelected, parent,
                     [parent, content](const QString& path) { write(parent, path, content); });
    dialog->open();
}

} // namespace espalier
