#pragma once

#include <QImage>
#include <QString>
#include <QStringList>

/// Small data that a network can learn, made by the tests themselves.

/// An image of a class: a bright square in one of four quarters over noise.
[[nodiscard]] QImage quarterImage(int quarter, quint64 seed, int side, QImage::Format format);

/// `count` images in `folder`, and an index.csv with the columns image and category.
void writeIndexedImages(const QString& folder, int count, int side = 12,
                        QImage::Format format = QImage::Format_Grayscale8,
                        const QString& extraColumn = {});

/// `count` images in one folder for each of the classes.
void writeFoldersOfImages(const QString& folder, const QStringList& classes, int count, int side,
                          QImage::Format format);

/// x, y, size, price, sold: price is a line in the others plus noise, sold is x > y.
void writeTable(const QString& file, int rows);

/// A zip of all that is in a folder.
[[nodiscard]] bool zipFolder(const QString& folder, const QString& file);
