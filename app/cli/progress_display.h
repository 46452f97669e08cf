#pragma once

#include <QElapsedTimer>
#include <QString>

namespace espalier::cli {

/// Shows how far a job is on standard error: a bar that is drawn over in a terminal, a plain line
/// every few seconds in a pipe, nothing when quiet. Use from one thread at a time.
class ProgressDisplay final {
public:
    explicit ProgressDisplay(bool quiet);
    ~ProgressDisplay();

    /// `fraction` in [0, 1], negative when the end is not known. Cheap to call often: most calls
    /// draw nothing. `detail` is made only when something is drawn.
    template <typename Detail>
    void update(const QString& label, double fraction, Detail&& detail)
    {
        if (isDue())
            show(label, fraction, detail());
    }
    /// Takes the bar away, so that other text can be written.
    void clear();

    ProgressDisplay(const ProgressDisplay&) = delete;
    ProgressDisplay& operator=(const ProgressDisplay&) = delete;

private:
    enum class Mode { Silent, Lines, Bar };

    [[nodiscard]] bool isDue();
    void show(const QString& label, double fraction, const QString& detail);

    Mode m_mode = Mode::Silent;
    QElapsedTimer m_sinceShown;
    qsizetype m_shownWidth = 0;
};

} // namespace espalier::cli
