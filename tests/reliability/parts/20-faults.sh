# The disk is full, fails or may not be written, at every place at which the program changes files.
. "$(dirname "$0")/lib.sh"
seed=${ESPALIER_SEED:-$((RANDOM * 32768 + RANDOM))}
echo "seed $seed" >&2
if isShort; then
    "$(program espalier_trials)" faults --short --seed "$seed"
else
    "$(program espalier_trials)" faults --seed "$seed"
fi
