#pragma once

#include <QString>
#include <QStringList>

namespace espalier::trials {

struct Options {
    bool isShort = false;
    quint64 seed = 0;
    int kills = 500; ///< at random instants
    QString only;    ///< a part of the name of an operation; empty: all
    long at = 0;     ///< only this place of every walk; 0: all
};

/// A line per figure on standard output, `ok …` or `SHORT …`; what is wrong goes to standard error.
class Report final {
public:
    void add(const QString& figure, const QStringList& findings);
    [[nodiscard]] int status() const { return m_fellShort ? 1 : 0; }

private:
    bool m_fellShort = false;
};

} // namespace espalier::trials
