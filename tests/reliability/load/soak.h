#pragma once

#include "core/project/records.h"
#include "tests/benchmarks/window/heartbeat.h"
#include "tests/integration/window/hands.h"
#include "ui/shell/main_window.h"

#include <QList>
#include <memory>

namespace espalier::load {

/// What the program holds at the end of a round of the soak.
struct Sample {
    double memory = 0; ///< MiB, after what is free was given back
    double files = 0;
    double threads = 0;
    double stall = 0; ///< ms, the longest of the round
};

/// A window that is worked in while experiments run: opened, looked at, compared, deleted.
class Soak final {
public:
    explicit Soak(const QString& folder);
    ~Soak();

    /// One experiment is queued and runs; meanwhile the views are used.
    [[nodiscard]] Sample round(int number);

private:
    void open();
    void queue(int number);
    void visit(int number);
    void compare();
    void deleteOldest();
    [[nodiscard]] Sample sample(const QString& activity);

    QString m_folder;
    DatasetId m_dataset;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<MouseHands> m_hands;
    Heartbeat m_heart;
    ExperimentId m_newest;
};

} // namespace espalier::load
