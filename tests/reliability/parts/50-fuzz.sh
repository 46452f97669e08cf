# What strangers send: files, links, answers of servers.
source_root=$(cd "$(dirname "$0")/../../.." && pwd)
. "$(dirname "$0")/lib.sh"
status=0
figure "every input that fuzzing ever stumbled over is taken or refused as it should" \
    "$(program tst_fuzz_corpus)" -silent || status=1
if isShort; then seconds=30; else seconds=600; fi
"$source_root/tests/reliability/fuzz.sh" $seconds || status=1
exit $status
