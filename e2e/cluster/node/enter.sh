#!/bin/sh
# Joins the node's cgroups (NODE_JOIN: their cgroup.procs files) and starts its init in namespaces of its own.
set -eu
for procs in $NODE_JOIN; do echo $$ > "$procs"; done
exec unshare --net --mount --uts --ipc --pid --cgroup --fork --kill-child --mount-proc sh "$1"
