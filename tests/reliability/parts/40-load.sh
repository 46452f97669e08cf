# Much of everything: experiments, versions, rows, hours.
. "$(dirname "$0")/lib.sh"
status=0
load=$(program espalier_load)
soak=$(program espalier_soak)
"$load" many || status=1
if isShort; then
    "$load" big --rows 200000 --folder "$SCRATCH" || status=1
    "$soak" --runs 15 --minutes 0 || status=1
else
    "$load" big --rows 5000000 --folder "$SCRATCH" || status=1
    "$soak" --runs "${ESPALIER_SOAK_RUNS:-200}" --minutes "${ESPALIER_SOAK_MINUTES:-60}" || status=1
fi
exit $status
