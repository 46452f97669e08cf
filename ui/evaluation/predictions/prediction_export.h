#pragma once

#include "ui/evaluation/predictions/examples/example_list.h"

#include <QByteArray>
#include <functional>

class QWidget;

namespace espalier {

/// Predictions as CSV: UTF-8, commas, quoted where needed, numbers in the notation of C.

/// Row (from 1), actual, predicted, probability or error, loss, then the output of every class.
[[nodiscard]] QByteArray examplesCsv(const PredictionSet& set, const ExampleList& examples);
/// Counts with the actual classes in the first column and the predicted ones in the first row.
[[nodiscard]] QByteArray matrixCsv(const ConfusionMatrix& matrix);

/// Asks where to, and writes there on a worker thread; what goes wrong is said in a message box.
/// `title` is that of the dialog, `name` the suggested file.
void exportCsv(QWidget* parent, const QString& title, const QString& name,
               const std::function<QByteArray()>& content);

} // namespace espalier
