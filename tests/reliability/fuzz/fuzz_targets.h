#pragma once

#include <QByteArray>
#include <QString>
#include <span>

namespace espalier::fuzz {

/// One reader of what strangers send, fed with any bytes. `run` returns where the bytes were
/// refused or taken as they should, and ends the program where a promise was broken.
struct FuzzTarget {
    const char* name; ///< also of its corpus, tests/data/fuzz/<name>
    void (*run)(const QByteArray& bytes);
};

[[nodiscard]] std::span<const FuzzTarget> fuzzTargets();
/// Null where there is none of that name.
[[nodiscard]] const FuzzTarget* fuzzTarget(const QString& name);

/// A promise of the code under test.
void require(bool kept, const char* promise);

// Files of data
void fuzzZip(const QByteArray& bytes);
void fuzzCsv(const QByteArray& bytes);
void fuzzNpy(const QByteArray& bytes);
void fuzzIdx(const QByteArray& bytes);
void fuzzImage(const QByteArray& bytes);
// Documents
void fuzzGraph(const QByteArray& bytes);
void fuzzRunSettings(const QByteArray& bytes);
void fuzzDatasetSettings(const QByteArray& bytes);
// Files of a project
void fuzzCheckpoint(const QByteArray& bytes);
void fuzzSource(const QByteArray& bytes);
// The network
void fuzzHttp(const QByteArray& bytes);
void fuzzLink(const QByteArray& bytes);

} // namespace espalier::fuzz
