# Much of everything: experiments, versions, rows, hours. What is a matter of time alone has no
# short form: a machine that others use, too, would make it fall short now and then.
. "$(dirname "$0")/lib.sh"
status=0
load=$(program espalier_load)
if isShort; then
    "$load" big --rows 200000 --folder "$SCRATCH" || status=1
else
    soak=$(program espalier_soak)
    "$load" many || status=1
    "$load" big --rows 5000000 --folder "$SCRATCH" || status=1
    "$soak" --runs "${ESPALIER_SOAK_RUNS:-200}" --minutes "${ESPALIER_SOAK_MINUTES:-60}" || status=1
fi
exit $status
