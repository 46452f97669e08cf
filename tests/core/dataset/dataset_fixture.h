#pragma once

#include "core/dataset/dataset.h"
#include "core/dataset/store/packed_store.h"
#include "core/dataset/store/packed_store_writer.h"

#include <QBuffer>
#include <QImage>
#include <QTemporaryDir>
#include <QTest>
#include <memory>
#include <vector>

/// Small stores made column by column, for the tests of the dataset module.
class SmallStore {
public:
    SmallStore()
        : m_writer(*espalier::PackedStoreWriter::create(m_folder.path()))
    {
    }

    template <typename T>
    void addTensor(const QString& name, const espalier::Shape& shape, const std::vector<T>& values,
                   espalier::Encoding detected = espalier::Encoding::Numeric)
    {
        const int column =
            addColumn(name, espalier::StorageKind::Tensor, elementOf(T()), shape, detected);
        must(m_writer->appendTensor(column, std::as_bytes(std::span(values))));
    }

    void addTexts(const QString& name, const QStringList& texts,
                  espalier::Encoding detected = espalier::Encoding::Categorical)
    {
        const int column = addColumn(name, espalier::StorageKind::Dictionary,
                                     espalier::ElementType::UInt8, {}, detected);
        for (const QString& text : texts)
            must(m_writer->appendText(column, text));
    }

    void addImageFiles(const QString& name, const QList<QImage>& images)
    {
        QList<QByteArray> files;
        for (const QImage& image : images)
            files.append(png(image));
        addImageFiles(name, images, files);
    }

    /// The same file in every row.
    void addCopies(const QString& name, const QImage& image, int rows)
    {
        addImageFiles(name, QList<QImage>(rows, image), QList<QByteArray>(rows, png(image)));
    }

    void addImageFiles(const QString& name, const QList<QImage>& images,
                       const QList<QByteArray>& files)
    {
        const int column =
            addColumn(name, espalier::StorageKind::EncodedImage, espalier::ElementType::UInt8,
                      {1, 1, 1}, espalier::Encoding::Image);
        for (qsizetype row = 0; row < images.size(); ++row)
            must(m_writer->appendImage(column, files[row], shapeOf(images[row])));
    }

    /// Bytes that are no image.
    void addBrokenImageFiles(const QString& name, int rows)
    {
        const int column =
            addColumn(name, espalier::StorageKind::EncodedImage, espalier::ElementType::UInt8,
                      {4, 4, 3}, espalier::Encoding::Image);
        for (int row = 0; row < rows; ++row)
            must(m_writer->appendImage(column, "no image", {4, 4, 3}));
    }

    std::shared_ptr<const espalier::PackedStore> finish()
    {
        must(m_writer->finish(QStringLiteral("test")));
        return *espalier::PackedStore::open(m_writer->folder());
    }

    static QByteArray png(const QImage& image)
    {
        QByteArray bytes;
        QBuffer buffer(&bytes);
        buffer.open(QIODevice::WriteOnly);
        image.save(&buffer, "PNG");
        return bytes;
    }

private:
    static espalier::ElementType elementOf(quint8) { return espalier::ElementType::UInt8; }
    static espalier::ElementType elementOf(float) { return espalier::ElementType::Float32; }
    static espalier::ElementType elementOf(double) { return espalier::ElementType::Float64; }

    static espalier::Shape shapeOf(const QImage& image)
    {
        return {image.height(), image.width(), image.isGrayscale() ? 1 : 3};
    }

    int addColumn(const QString& name, espalier::StorageKind storage, espalier::ElementType element,
                  const espalier::Shape& shape, espalier::Encoding detected)
    {
        const auto column = m_writer->addColumn({name, storage, element, shape, detected, {}});
        must(column);
        return *column;
    }

    template <typename T>
    static void must(const espalier::Result<T>& result)
    {
        if (!result)
            qFatal("%s", qPrintable(result.error().message));
    }

    QTemporaryDir m_folder;
    std::unique_ptr<espalier::PackedStoreWriter> m_writer;
};

#define QVERIFY_OK(result)                                                                         \
    QVERIFY2((result).has_value(), (result).has_value() ? "" : qPrintable((result).error().message))

/// An Error whose sentence ends as one and has `part` in it.
#define QVERIFY_REFUSED(result, part)                                                              \
    do {                                                                                           \
        QVERIFY(!(result).has_value());                                                            \
        QVERIFY2((result).error().message.contains(part), qPrintable((result).error().message));   \
        QVERIFY((result).error().message.endsWith(u'.'));                                          \
    } while (false)
