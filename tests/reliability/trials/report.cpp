#include "tests/reliability/trials/report.h"

#include <cstdio>

namespace espalier::trials {

void Report::add(const QString& figure, const QStringList& findings)
{
    for (const QString& finding : findings)
        std::fprintf(stderr, "    %s\n", qUtf8Printable(finding));
    std::printf("%s %s\n", findings.isEmpty() ? "ok" : "SHORT", qUtf8Printable(figure));
    std::fflush(stdout);
    m_fellShort = m_fellShort || !findings.isEmpty();
}

} // namespace espalier::trials
