# Much of everything: experiments, versions, rows.
. "$(dirname "$0")/lib.sh"
status=0
load=$(program espalier_load)
"$load" many || status=1
if isShort; then
    "$load" big --rows 200000 --folder "$SCRATCH" || status=1
else
    "$load" big --rows 5000000 --folder "$SCRATCH" || status=1
fi
exit $status
