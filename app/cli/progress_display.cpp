#include "app/cli/progress_display.h"

#include <algorithm>
#include <cstdio>

#ifdef Q_OS_WIN
#include <io.h>
#else
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace espalier::cli {

namespace {

constexpr qint64 BarInterval = 100;   // ms
constexpr qint64 LineInterval = 3000; // ms
constexpr int BarWidth = 24;

bool errorIsTerminal()
{
#ifdef Q_OS_WIN
    return _isatty(_fileno(stderr)) != 0;
#else
    return ::isatty(STDERR_FILENO) != 0;
#endif
}

QString barText(double fraction)
{
    if (fraction < 0)
        return {};
    const int done = std::clamp(int(fraction * BarWidth), 0, BarWidth);
    return u"[%1%2] %3 %  "_s.arg(QString(done, QChar(u'#')), QString(BarWidth - done, QChar(u'.')))
        .arg(int(fraction * 100), 3);
}

void writeError(const QString& text)
{
    const QByteArray utf8 = text.toUtf8();
    (void)std::fwrite(utf8.constData(), 1, size_t(utf8.size()), stderr); // nobody to be told
    (void)std::fflush(stderr);
}

} // namespace

ProgressDisplay::ProgressDisplay(bool quiet)
{
    if (!quiet)
        m_mode = errorIsTerminal() ? Mode::Bar : Mode::Lines;
    m_sinceShown.start();
}

ProgressDisplay::~ProgressDisplay()
{
    clear();
}

bool ProgressDisplay::isDue()
{
    if (m_mode == Mode::Silent)
        return false;
    if (m_sinceShown.elapsed() < (m_mode == Mode::Bar ? BarInterval : LineInterval))
        return false;
    m_sinceShown.restart();
    return true;
}

void ProgressDisplay::show(const QString& label, double fraction, const QString& detail)
{
    if (m_mode == Mode::Lines) {
        const QString percent = fraction < 0 ? QString() : u"%1 %, "_s.arg(int(fraction * 100));
        writeError(u"%1: %2%3\n"_s.arg(label, percent, detail));
        return;
    }
    const QString text = u"%1  %2%3"_s.arg(label, barText(fraction), detail);
    writeError(u"\r"_s + text.leftJustified(m_shownWidth));
    m_shownWidth = text.size();
}

void ProgressDisplay::clear()
{
    if (m_mode != Mode::Bar || m_shownWidth == 0)
        return;
    writeError(u"\r"_s + QString(m_shownWidth, QChar(u' ')) + u"\r"_s);
    m_shownWidth = 0;
}

} // namespace espalier::cli
