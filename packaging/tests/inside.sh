#!/bin/bash
# Runs in a bare system: [NAME=VALUE...] COMMAND... Then waits for what the AppImage leaves in /tmp to
# go away, which it must.
env "$@"
status=$?
left() { ls -d /tmp/.mount_* /tmp/appimage_extracted_* 2>/dev/null; grep espalier /proc/mounts; }
for _ in {1..200}; do
    [ -n "$(left)" ] || exit $status
    sleep 0.1
done
echo "This was left behind:" >&2
left >&2
exit 99
