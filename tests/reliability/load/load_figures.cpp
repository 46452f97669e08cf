#include "tests/reliability/load/load_figures.h"

#include <QTextStream>

using namespace Qt::StringLiterals;

namespace espalier::load {

bool report(const QString& what, double value, double limit, const QString& unit,
            const QString& note)
{
    const bool isWithin = value <= limit;
    QTextStream(stdout) << (isWithin ? "ok " : "SHORT ") << what << ": "
                        << QString::number(value, 'f', 1) << ' ' << unit << " of " << limit << ' '
                        << unit << (note.isEmpty() ? QString() : u" (%1)"_s.arg(note)) << Qt::endl;
    return isWithin;
}

} // namespace espalier::load
