#include "core/base/random.h"
#include "core/nn/compiled/buffer_layout.h"

#include <QTest>

using namespace espalier;

class TestBufferLayout : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sharesWhatIsNotNeededTogether();
    void neverOverlaps();
};

void TestBufferLayout::sharesWhatIsNotNeededTogether()
{
    const BufferLayout layout = layOut({{100, 0, 1}, {100, 2, 3}, {60, 1, 2}, {5000, 0, -1}});
    QCOMPARE(layout.offsets[0], layout.offsets[1]);
    QCOMPARE(layout.offsets[2], size_t(128));
    QCOMPARE(layout.bytes, size_t(192)); // the one that is never needed takes nothing
}

void TestBufferLayout::neverOverlaps()
{
    Random random(3);
    for (int round = 0; round < 50; ++round) {
        std::vector<BufferSpan> buffers(40);
        size_t all = 0;
        for (BufferSpan& buffer : buffers) {
            buffer.bytes = 1 + random.below(1000);
            buffer.first = int(random.below(60));
            buffer.last = buffer.first + int(random.below(20));
            all += (buffer.bytes + 63) / 64 * 64;
        }
        const BufferLayout layout = layOut(buffers);
        QVERIFY(layout.bytes < all);
        for (size_t a = 0; a < buffers.size(); ++a) {
            QCOMPARE(layout.offsets[a] % 64, size_t(0));
            QVERIFY(layout.offsets[a] + buffers[a].bytes <= layout.bytes);
            for (size_t b = 0; b < a; ++b) {
                const bool together =
                    buffers[a].first <= buffers[b].last && buffers[b].first <= buffers[a].last;
                const bool apart = layout.offsets[a] + buffers[a].bytes <= layout.offsets[b] ||
                                   layout.offsets[b] + buffers[b].bytes <= layout.offsets[a];
                QVERIFY(apart || !together);
            }
        }
    }
}

QTEST_GUILESS_MAIN(TestBufferLayout)
#include "tst_buffer_layout.moc"
