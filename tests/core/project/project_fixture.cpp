#include "tests/core/project/project_fixture.h"

#include "core/base/random.h"
#include "core/dataset/store/packed_store_writer.h"

#include <QBuffer>
#include <QImage>
#include <array>

using namespace Qt::StringLiterals;

namespace espalier {

ProjectFixture::ProjectFixture()
{
    require(ProjectStore::create(folder(), u"Project"_s));
}

ImportedSource ProjectFixture::importPoints(int rows) const
{
    const auto writer = valueOf(PackedStoreWriter::create(folder() + u"/data"_s));
    const int point = valueOf(writer->addColumn({.name = u"point"_s,
                                                 .storage = StorageKind::Tensor,
                                                 .element = ElementType::Float32,
                                                 .shape = Shape{2},
                                                 .detected = Encoding::Numeric,
                                                 .texts = {}}));
    const int kind = valueOf(writer->addColumn({.name = u"kind"_s,
                                                .storage = StorageKind::Dictionary,
                                                .shape = {},
                                                .detected = Encoding::Categorical,
                                                .texts = {}}));
    Random random(7);
    for (int row = 0; row < rows; ++row) {
        const std::array<float, 2> values{float(random.uniform(-1, 1)),
                                          float(random.uniform(-1, 1))};
        require(writer->appendTensor(point, std::as_bytes(std::span(values))));
        require(writer->appendText(kind, values[0] < 0 ? u"left"_s : u"right"_s));
    }
    const SourceManifest manifest = valueOf(writer->finish(u"test"_s));
    return {writer->folder(), manifest, false};
}

ImportedSource ProjectFixture::importPhotos() const
{
    const auto writer = valueOf(PackedStoreWriter::create(folder() + u"/data"_s));
    const int photo = valueOf(writer->addColumn({.name = u"photo"_s,
                                                 .storage = StorageKind::EncodedImage,
                                                 .element = ElementType::UInt8,
                                                 .shape = Shape{1, 1, 1},
                                                 .detected = Encoding::Image,
                                                 .texts = {}}));
    for (int row = 0; row < 6; ++row) {
        QImage image(8 + row % 2, 6, QImage::Format_Grayscale8);
        image.fill(row * 40);
        QByteArray file;
        QBuffer buffer(&file);
        buffer.open(QIODevice::WriteOnly);
        image.save(&buffer, "PNG");
        require(writer->appendImage(photo, file, Shape{6, 8 + row % 2, 1}));
    }
    const SourceManifest manifest = valueOf(writer->finish(u"photos"_s));
    return {writer->folder(), manifest, false};
}

DatasetRecord ProjectFixture::addSavedDataset(ProjectStore& store, const QString& name) const
{
    const DatasetRecord added = valueOf(store.addDataset(name, importPoints()));
    return valueOf(store.saveDataset(added.id));
}

ModelGraph pointGraph()
{
    ModelGraph graph;
    const BlockId input = graph.addBlock(u"input"_s, {}, {{u"feature"_s, u"point"_s}});
    const BlockId dense =
        graph.addBlock(u"dense"_s, {0, 80}, {{u"nodes"_s, 2}, {u"activation"_s, u"softmax"_s}});
    const BlockId target = graph.addBlock(u"target"_s, {0, 160}, {{u"feature"_s, u"kind"_s}});
    graph.connect({input, dense, 0});
    graph.connect({dense, target, 0});
    return graph;
}

EpochRecord epochRecord(int epoch, double accuracy, bool best)
{
    EpochRecord record;
    record.epoch = epoch;
    record.seconds = 0.5;
    record.training = {{u"accuracy"_s, accuracy}, {u"loss"_s, 1 - accuracy}};
    record.validation = record.training;
    record.best = best;
    return record;
}

Checkpoint smallCheckpoint(int epoch)
{
    Checkpoint checkpoint;
    checkpoint.tensors = {{u"1.weight"_s, TensorType::Float32, {8}, QByteArray(32, char(epoch))}};
    checkpoint.metadata = {{u"epoch"_s, QString::number(epoch)}};
    return checkpoint;
}

Status addEpoch(ProjectStore& store, ExperimentId id, int epoch, bool best)
{
    return store.writeCheckpointFile(id, epoch, smallCheckpoint(epoch))
        .and_then([&](const CheckpointRecord& written) {
            return store.recordEpoch(id, epochRecord(epoch, 0.5, best), written);
        });
}

} // namespace espalier
