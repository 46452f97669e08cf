#include "core/dataset/batch_source.h"

#include "core/base/random.h"
#include "core/dataset/column_reader.h"
#include "core/dataset/feature_column.h"
#include "core/dataset/image_rows.h"
#include "core/dataset/image_transform.h"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>

using namespace Qt::StringLiterals;

namespace espalier {

namespace {

using Readers = std::vector<std::unique_ptr<ColumnReader>>;

Result<Readers> createReaders(const Dataset& dataset, const QList<ColumnRequest>& columns,
                              ImageLayout layout)
{
    Readers readers;
    for (const ColumnRequest& column : columns) {
        auto reader = createColumnReader(dataset, column, layout);
        if (!reader)
            return failureOf(reader);
        readers.push_back(std::move(*reader));
    }
    return readers;
}

Status checkRows(const Dataset& dataset, std::span<const RowIndex> rows)
{
    if (rows.empty())
        return failure(ErrorCode::InvalidInput,
                       u"There is no row to read. Choose a subset that has rows."_s);
    if (std::ranges::max(rows) >= dataset.rows())
        return failure(
            ErrorCode::InvalidInput,
            u"Row %1 was asked for, but the dataset has %2."_s.arg(
                QString::number(std::ranges::max(rows) + 1), QString::number(dataset.rows())));
    return {};
}

std::vector<Shape> columnShapes(const Dataset& dataset, const QList<ColumnRequest>& columns)
{
    std::vector<Shape> shapes;
    for (const ColumnRequest& column : columns)
        shapes.push_back(dataset.features()[dataset.featureIndex(column.feature)].shape);
    return shapes;
}

void fillBatch(const Readers& readers, const std::vector<Shape>& shapes,
               std::span<const RowIndex> rows, Batch& batch)
{
    batch.size = qint64(rows.size());
    batch.rows.assign(rows.begin(), rows.end());
    batch.columns.resize(readers.size());
    for (size_t column = 0; column < readers.size(); ++column) {
        batch.columns[column].shape = shapes[column];
        readers[column]->gather(rows, batch.columns[column]);
    }
}

Status makeImages(const Dataset& dataset, const QList<ColumnRequest>& columns,
                  const std::stop_token& stop)
{
    for (const ColumnRequest& column : columns) {
        const int feature = dataset.featureIndex(column.feature);
        if (feature < 0)
            continue; // createReaders says so
        if (auto made = makeTransformedImages(dataset.column(feature), {}, stop); !made)
            return made;
    }
    return {};
}

} // namespace

/// The thread gathers the batch `wanted` into `back`, then waits until next() has taken it.
struct BatchSource::Private {
    std::shared_ptr<const Dataset> dataset; ///< outlives the readers
    BatchRequest request;
    Readers readers;
    std::vector<Shape> shapes;
    Batch front;
    std::vector<RowIndex> order; ///< of epoch orderEpoch; used by the thread alone
    qint64 orderEpoch = -1;

    std::mutex mutex;
    std::condition_variable_any changed;
    qint64 epoch = 0;
    qint64 wanted = -1; ///< batch to gather; -1: none
    bool isReady = false;
    Batch back;
    std::exception_ptr exception;
    std::jthread thread; ///< the last member: it uses the others

    [[nodiscard]] qint64 batches() const
    {
        return (qint64(request.rows.size()) + request.batchSize - 1) / request.batchSize;
    }
    void run(const std::stop_token& stop);
    void gather(qint64 inEpoch, qint64 index);
    void setOrder(qint64 newEpoch);
};

void BatchSource::Private::setOrder(qint64 newEpoch)
{
    if (orderEpoch == newEpoch || (orderEpoch >= 0 && !request.shuffle))
        return;
    order = request.rows;
    if (request.shuffle)
        Random(deriveSeed(request.seed, quint64(newEpoch))).shuffle(std::span(order));
    orderEpoch = newEpoch;
}

void BatchSource::Private::gather(qint64 inEpoch, qint64 index)
{
    setOrder(inEpoch);
    const qint64 first = index * request.batchSize;
    const qint64 size = std::min(request.batchSize, qint64(order.size()) - first);
    fillBatch(readers, shapes, std::span(order).subspan(size_t(first), size_t(size)), back);
}

void BatchSource::Private::run(const std::stop_token& stop)
{
    std::unique_lock lock(mutex);
    while (changed.wait(lock, stop, [&] { return wanted >= 0 && !isReady; })) {
        const qint64 inEpoch = epoch;
        const qint64 index = wanted;
        lock.unlock();
        std::exception_ptr failed;
        try {
            gather(inEpoch, index);
        } catch (...) { // out of memory: told to whoever calls next()
            failed = std::current_exception();
        }
        lock.lock();
        exception = failed;
        isReady = epoch == inEpoch && wanted == index;
        changed.notify_all();
    }
}

BatchSource::BatchSource(std::unique_ptr<Private> privateData)
    : d(std::move(privateData))
{
}
BatchSource::~BatchSource() = default;

Result<std::unique_ptr<BatchSource>> BatchSource::create(std::shared_ptr<const Dataset> dataset,
                                                         BatchRequest request, std::stop_token stop)
{
    if (request.batchSize < 1)
        return failure(ErrorCode::InvalidInput, u"The batch size must be at least 1."_s);
    if (auto checked = checkRows(*dataset, request.rows); !checked)
        return failureOf(checked);
    if (auto made = makeImages(*dataset, request.columns, stop); !made)
        return failureOf(made);
    auto readers = createReaders(*dataset, request.columns, request.layout);
    if (!readers)
        return failureOf(readers);
    auto d = std::make_unique<Private>();
    d->dataset = std::move(dataset);
    d->readers = std::move(*readers);
    d->shapes = columnShapes(*d->dataset, request.columns);
    d->request = std::move(request);
    d->thread = std::jthread([p = d.get()](const std::stop_token& ending) { p->run(ending); });
    return std::unique_ptr<BatchSource>(new BatchSource(std::move(d)));
}

qint64 BatchSource::rows() const
{
    return qint64(d->request.rows.size());
}

qint64 BatchSource::batchesPerEpoch() const
{
    return d->batches();
}

void BatchSource::startEpoch(qint64 epoch, qint64 firstBatch)
{
    const std::scoped_lock lock(d->mutex);
    d->epoch = epoch;
    d->wanted = firstBatch >= 0 && firstBatch < d->batches() ? firstBatch : -1;
    d->isReady = false;
    d->changed.notify_all();
}

const Batch* BatchSource::next()
{
    std::unique_lock lock(d->mutex);
    if (d->wanted < 0)
        return nullptr;
    d->changed.wait(lock, [&] { return d->isReady; });
    d->isReady = false;
    if (d->exception)
        std::rethrow_exception(std::exchange(d->exception, nullptr));
    std::swap(d->front, d->back);
    d->wanted = d->wanted + 1 < d->batches() ? d->wanted + 1 : -1;
    d->changed.notify_all();
    return &d->front;
}

Result<Batch> gatherBatch(const Dataset& dataset, const QList<ColumnRequest>& columns,
                          std::span<const RowIndex> rows, ImageLayout layout)
{
    if (auto checked = checkRows(dataset, rows); !checked)
        return failureOf(checked);
    const auto readers = createReaders(dataset, columns, layout);
    if (!readers)
        return failureOf(readers);
    Batch batch;
    fillBatch(*readers, columnShapes(dataset, columns), rows, batch);
    return batch;
}

Result<std::vector<float>> encodeImage(const FeatureSettings& feature,
                                       const FeatureStatistics& statistics, const Shape& shape,
                                       const QImage& image, ImageLayout layout)
{
    if (image.isNull())
        return failure(ErrorCode::InvalidInput,
                       u"The image for “%1” is empty."_s.arg(feature.name));
    if (shape.rank() != 3 || (shape.channels() != 1 && shape.channels() != 3))
        return failure(ErrorCode::InvalidInput, u"Feature “%1” holds no images, but %2."_s.arg(
                                                    feature.name, shape.toString()));
    std::vector<quint8> pixels(size_t(shape.elementCount()));
    writeTransformed(image, feature, shape, pixels);
    std::vector<float> values(pixels.size());
    writePixels(pixels.data(), shape, normalizedBytes(feature.normalization, statistics), layout,
                values.data());
    return values;
}

} // namespace espalier
