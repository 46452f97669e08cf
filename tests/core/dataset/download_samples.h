#pragma once

#include "core/base/random.h"
#include "core/dataset/import/download.h"

#include <QByteArray>
#include <QFile>
#include <QString>

namespace espalier::testing {

inline QByteArray randomBytes(qsizetype size, quint64 seed = 1)
{
    Random random(seed);
    QByteArray bytes(size, '\0');
    for (char& byte : bytes)
        byte = char(random.next());
    return bytes;
}

/// Empty where the file cannot be read.
inline QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Does not wait between tries.
inline DownloadOptions quickOptions(int retries)
{
    using namespace std::chrono_literals;
    return {.retries = retries, .firstWait = 1ms, .stallTimeout = 5s};
}

} // namespace espalier::testing
