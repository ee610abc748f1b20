#!/bin/sh
# What a container engine does, with the tools that every Linux has: ROOT as the root file system, read-only, with VOLUMES
# mounted into it, for the user of the image, without a way to more rights. Runs as process 1 of its own.
# Usage: start.sh ROOT VOLUMES COMMAND...
set -eu
root=$1
volumes=$2
shift 2

mkdir -p "$root/proc" "$root/dev" "$root/run/secrets"
mount --bind "$root" "$root"
mount -o remount,bind,ro "$root"
for volume in conf data deploy; do
    mount --bind "$volumes/$volume" "$root/var/lib/openclaw/$volume"
done
mount --bind -o ro "$volumes/secrets" "$root/run/secrets"
mount -t tmpfs -o size=64m tmpfs "$root/tmp"
mount -t proc proc "$root/proc"
mount -t tmpfs -o size=1m tmpfs "$root/dev"
for device in null zero random urandom; do
    : >"$root/dev/$device"
    mount --bind "/dev/$device" "$root/dev/$device"
done
exec setpriv --no-new-privs chroot --userspec=10001:10001 "$root" "$@"
