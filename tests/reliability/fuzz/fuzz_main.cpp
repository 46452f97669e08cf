// The program of libFuzzer: ESPALIER_FUZZ names the target, everything else is libFuzzer's own
// (https://llvm.org/docs/LibFuzzer.html). tests/reliability/fuzz.sh runs it.

#include "tests/reliability/fuzz/fuzz_targets.h"

#include <QCoreApplication>
#include <cstdint>

namespace {

const espalier::fuzz::FuzzTarget* g_target = nullptr;

void ignoreMessages(QtMsgType type, const QMessageLogContext&, const QString& message)
{
    if (type == QtFatalMsg)
        fprintf(stderr, "%s\n", qUtf8Printable(message)); // Qt aborts behind it
}

} // namespace

extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv)
{
    static QCoreApplication application(*argc, *argv);
    qInstallMessageHandler(ignoreMessages);
    g_target = espalier::fuzz::fuzzTarget(qEnvironmentVariable("ESPALIER_FUZZ"));
    if (!g_target)
        qFatal("ESPALIER_FUZZ names no target");
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size)
{
    g_target->run(QByteArray(reinterpret_cast<const char*>(data), qsizetype(size)));
    return 0;
}
