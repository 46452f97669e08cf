#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"

#include <QString>
#include <QUrl>
#include <chrono>
#include <stop_token>

namespace espalier {

struct DownloadOptions {
    int retries = 5;                                ///< in a row without getting further
    std::chrono::milliseconds firstWait{500};       ///< doubled after every failed try
    std::chrono::milliseconds stallTimeout{30'000}; ///< without `stallBytes`
    qint64 stallBytes = 1024;
    qint64 maximumBytes = qint64(1) << 40;
    /// What a file of unknown length leaves free on the disk for everybody else.
    qint64 freeBytes = qint64(256) << 20;
    int maximumRedirects = 10;
};

/// Fetches an http(s) link into `path`, blocking the calling thread: any thread, with or without
/// an event loop of its own, of a program that has a QCoreApplication. Uses the system's proxies.
/// Goes on where it broke off (HTTP range, checked against ETag or Last-Modified), else from the
/// start. Bytes and rate come through `progress`. On failure `path` does not exist, and the Error
/// says what failed and what to do, without user name and password of the link.
[[nodiscard]] Status download(const QUrl& link, const QString& path,
                              const DownloadOptions& options = {},
                              const ProgressSink& progress = {}, std::stop_token stop = {});

/// The link without user name, password and query values: fit for logs and the project.
[[nodiscard]] QString displayLink(const QUrl& link);
/// The same for what a person gave as a source, whole link or not; paths stay as they are.
[[nodiscard]] QString displaySource(const QString& source);

} // namespace espalier
