#!/bin/sh
# The first process of a node, in network, mount, process, host-name, IPC and cgroup namespaces of its own: makes them
# look like a machine's, starts the node's programs, and keeps them running. When it ends, the node is off.
#
# NODE_NAME     its name
# NODE_DIR      its part of the state folder, on this machine
# NODE_ADDRESS  its address on the fabric, with the prefix length
# NODE_GATEWAY  the fabric's own address
# NODE_ROUTES   "subnet=gateway ..." to the pods of the other nodes
# NODE_CGROUPS  "folder:mount options ..." of the cgroup v1 controllers, or "v2"
# NODE_BIN      "product=folder ..." of the built binaries
set -eu

hostname "$NODE_NAME"
# A peer group of its own, shared inside the node: what the kubelet mounts is seen by its containers, not outside.
mount --make-rshared /

mount -t tmpfs -o mode=755 tmpfs /run
mkdir -p /run/node /run/bin /run/containerd /run/lock
mount --bind "$NODE_DIR" /run/node
for pair in $NODE_BIN; do
  mkdir -p "/run/bin/${pair%%=*}"
  mount --bind -o ro "${pair#*=}" "/run/bin/${pair%%=*}"
done

# What containers leave under /var is the node's, not the machine's.
for dir in log/pods log/containers lib/cni lib/kubelet; do mkdir -p "/run/node/var/$dir"; done
for top in log lib; do
  mount -t tmpfs -o mode=755 tmpfs "/var/$top"
  for dir in /run/node/var/"$top"/*; do
    mkdir "/var/$top/${dir##*/}"
    mount --bind "$dir" "/var/$top/${dir##*/}"
  done
done

umount -l /sys
mount -t sysfs sysfs /sys
if [ "$NODE_CGROUPS" = v2 ]; then
  mount -t cgroup2 cgroup2 /sys/fs/cgroup
  # A cgroup that hands controllers to its children may hold no processes itself.
  mkdir -p /sys/fs/cgroup/init
  echo 1 > /sys/fs/cgroup/init/cgroup.procs
  # The process that made the namespaces is moved aside from outside, at any moment now.
  for controller in $(cat /sys/fs/cgroup/cgroup.controllers); do
    until echo "+$controller" 2> /dev/null > /sys/fs/cgroup/cgroup.subtree_control; do sleep 0.1; done
  done
else
  mount -t tmpfs -o mode=755 tmpfs /sys/fs/cgroup
  for pair in $NODE_CGROUPS; do
    mkdir -p "/sys/fs/cgroup/${pair%%:*}"
    mount -t cgroup -o "${pair#*:}" cgroup "/sys/fs/cgroup/${pair%%:*}"
  done
fi

# The kubelet would set these for the whole machine; the node is shown the values that it wants instead.
mkdir /run/sysctl
for wanted in vm/overcommit_memory=1 vm/panic_on_oom=0 kernel/panic=10 kernel/panic_on_oops=1 \
  kernel/keys/root_maxkeys=1000000 kernel/keys/root_maxbytes=25000000; do
  shown="/run/sysctl/$(echo "${wanted%%=*}" | tr / .)"
  echo "${wanted#*=}" > "$shown"
  mount --bind "$shown" "/proc/sys/${wanted%%=*}"
done

ip link set lo up
echo 1 > /proc/sys/net/ipv4/ip_forward
until ip link show eth0 > /dev/null 2>&1; do sleep 0.1; done
ip address add "$NODE_ADDRESS" dev eth0
ip link set eth0 up
# Leads nowhere; but without one, packets to a Service without endpoints would be refused as unroutable.
ip route add default via "$NODE_GATEWAY"
for route in $NODE_ROUTES; do ip route add "${route%%=*}" via "${route#*=}"; done

keep() {
  name=$1
  shift
  while :; do
    "$@" >> "/run/node/logs/$name.log" 2>&1 || true
    echo "$(date -u +%FT%TZ) $name ended; it is started again" >> /run/node/logs/init.log
    sleep 1
  done
}

export PATH="/run/bin/containerd:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
while read -r name command; do
  # shellcheck disable=SC2086 # The words of a command hold no blanks.
  keep "$name" $command < /dev/null &
done < /run/node/config/components

# As process 1 it buries the orphans of all others.
while :; do wait; sleep 1; done
