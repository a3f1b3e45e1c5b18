#!/bin/sh
# run.sh SECONDS COMMAND…: boots a stock Debian kernel in an emulator (qemu without KVM), runs the
# command in it as root, prints what it says and returns its status; 124 when SECONDS were over.
# The guest sees this machine's files; what it writes is thrown away. It has no network but its own.
# Where the bed cannot be made this says why, and ends well: the tests in it are then skipped.
set -u
here=$(cd "$(dirname "$0")" && pwd)
bed=${XDG_CACHE_HOME:-$HOME/.cache}/modemscope-linux
limit=$1
shift

sh "$here/setup.sh" "$bed"
case $? in
	0) ;;
	77)
		echo "SKIPPED: the tests on a real kernel need qemu, which this machine cannot have."
		exit 0
		;;
	*) exit 1 ;;
esac

shared=$(mktemp -d)
trap 'rm -rf "$shared"' EXIT
{
	echo "cd '$PWD'"
	echo "export PATH='$PATH'"
	echo "$*"
} >"$shared/command"
options="local,security_model=none,multidevs=remap"
# The pipe: qemu opens /dev/stdout anew, which a file or a closed terminal would not bear.
timeout -k 5 "$limit" qemu-system-x86_64 -accel tcg,thread=multi,tb-size=512 -cpu max -smp 2 -m 2048 \
	-machine pc,usb=off -nodefaults -no-user-config -nographic -no-reboot -nic none -monitor none \
	-kernel "$bed/vmlinux" -initrd "$bed/initramfs.cpio" \
	-append "console=ttyS0 quiet panic=-1 nokaslr mitigations=off nopti random.trust_cpu=on audit=0 no_timer_check bed.here=$here bed.kernel=$bed/kernel bed.shared=$shared" \
	-virtfs "$options,path=/,mount_tag=host,readonly=on" \
	-virtfs "$options,path=$shared,mount_tag=shared" \
	-serial "file:$shared/console" \
	-chardev file,id=out,path=/dev/stdout,append=on -device virtio-serial-pci \
	-device virtserialport,chardev=out,name=out </dev/null | cat

if [ -s "$shared/status" ]; then exit "$(cat "$shared/status")"; fi
echo "the guest came to no end within $limit s; the last it said:" >&2
tail -25 "$shared/console" >&2
exit 124
