# The program is killed at every place at which it changes files, and at random instants.
. "$(dirname "$0")/lib.sh"
seed=${ESPALIER_SEED:-$((RANDOM * 32768 + RANDOM))}
echo "seed $seed" >&2
if isShort; then
    "$(program espalier_trials)" kills --short --kills 12 --seed "$seed"
else
    "$(program espalier_trials)" kills --kills 500 --seed "$seed"
fi
