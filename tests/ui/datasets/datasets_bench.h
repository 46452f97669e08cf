#pragma once

#include "core/dataset/import/sample_clothes.h"
#include "core/dataset/store/packed_store_writer.h"
#include "core/project/documents/project_document.h"
#include "core/project/jobs/dataset_imports.h"
#include "tests/core/project/project_fixture.h"

#include <QImage>
#include <memory>
#include <vector>

namespace espalier {

/// A project with an open document, for the tests of the Datasets view.
class DatasetsBench {
public:
    DatasetsBench()
        : document(valueOf(ProjectDocument::open(project.folder())))
        , imports(std::make_unique<DatasetImports>(*document))
    {
    }

    [[nodiscard]] std::unique_ptr<PackedStoreWriter> writer() const
    {
        return valueOf(PackedStoreWriter::create(document->store().dataFolder()));
    }

    DatasetRecord add(const QString& name, PackedStoreWriter& store)
    {
        const SourceManifest manifest = valueOf(store.finish(name));
        return valueOf(document->addDataset(name, {store.folder(), manifest, false}));
    }

    static int addImages(PackedStoreWriter& store, int rows,
                         const QString& name = QStringLiteral("image"))
    {
        const int column = valueOf(store.addColumn({.name = name,
                                                    .storage = StorageKind::Tensor,
                                                    .element = ElementType::UInt8,
                                                    .shape = Shape{28, 28, 1},
                                                    .detected = Encoding::Image,
                                                    .texts = {}}));
        std::vector<std::vector<std::byte>> garments;
        for (int garment = 0; garment < 100; ++garment) {
            const QImage image = drawGarment(garment % 10, quint64(garment + 1))
                                     .convertToFormat(QImage::Format_Grayscale8);
            std::vector<std::byte> pixels;
            for (int y = 0; y < 28; ++y) {
                const auto* line = reinterpret_cast<const std::byte*>(image.constScanLine(y));
                pixels.insert(pixels.end(), line, line + 28);
            }
            garments.push_back(std::move(pixels));
        }
        for (int row = 0; row < rows; ++row)
            require(store.appendTensor(column, garments[size_t(row * 7 % 100)]));
        return column;
    }

    static int addTexts(PackedStoreWriter& store, const QString& name, const QStringList& texts,
                        int rows, Encoding detected = Encoding::Categorical)
    {
        const int column = valueOf(store.addColumn({.name = name,
                                                    .storage = StorageKind::Dictionary,
                                                    .shape = {},
                                                    .detected = detected,
                                                    .texts = {}}));
        for (int row = 0; row < rows; ++row)
            require(store.appendText(column, texts[qsizetype(row) * 7 % texts.size()]));
        return column;
    }

    static int addNumbers(PackedStoreWriter& store, const QString& name, int rows)
    {
        const int column = valueOf(store.addColumn({.name = name,
                                                    .storage = StorageKind::Tensor,
                                                    .element = ElementType::Float32,
                                                    .shape = Shape{1},
                                                    .detected = Encoding::Numeric,
                                                    .texts = {}}));
        std::vector<float> values(static_cast<size_t>(rows));
        for (int row = 0; row < rows; ++row)
            values[size_t(row)] = float((qint64(row) * 7919) % 1000) / 10.0F;
        require(store.appendTensor(column, std::as_bytes(std::span(values))));
        return column;
    }

    /// Garments and their classes.
    DatasetRecord addClothes(const QString& name = QStringLiteral("FashionMNIST"), int rows = 600)
    {
        const auto store = writer();
        addImages(*store, rows);
        addTexts(*store, QStringLiteral("category"), sampleClothesClasses(), rows);
        return add(name, *store);
    }

    ProjectFixture project;
    std::unique_ptr<ProjectDocument> document;
    std::unique_ptr<DatasetImports> imports;
};

} // namespace espalier
