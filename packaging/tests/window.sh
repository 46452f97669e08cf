#!/bin/bash
# Runs in a bare system: shows the window, tells when it is there and what it has mapped, and ends it
# with the signal once somebody has looked.
signal=$1
log=~/workspace/logs/espalier.log
rm -f "$log"
ESPALIER_WORKSPACE=~/workspace /opt/Espalier.AppImage "$(dirname ~/workspace/*/project.db)" &
window=$!
for _ in {1..1200}; do
    grep -qs "Window ready" "$log" && break
    sleep 0.1
done
cat /proc/$window/maps >~/maps
touch ~/ready
while [ ! -e ~/looked ]; do sleep 0.1; done
kill -"$signal" $window
wait $window
case $?/$signal in 143/TERM | 0/TERM | 137/KILL) ;; *) exit 1 ;; esac
