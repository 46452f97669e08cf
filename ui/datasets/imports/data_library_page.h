#pragma once

#include <QWidget>

namespace espalier {

/// First step of a new dataset, tab Data library: the sample that is part of the program, with a
/// picture.
class DataLibraryPage final : public QWidget {
    Q_OBJECT
public:
    explicit DataLibraryPage(QWidget* parent = nullptr);

Q_SIGNALS:
    void sampleChosen(const QString& source); ///< "sample:clothes"
};

} // namespace espalier
