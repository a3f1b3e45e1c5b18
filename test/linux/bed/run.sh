#!/bin/sh
# run.sh [--arm64] [SECONDS COMMAND…]: boots a stock Debian kernel in an emulator (qemu without KVM),
# runs the command in it as root, prints what it says and returns its status; 124 when SECONDS were
# over. The guest sees this machine's files; what it writes is thrown away. It has no network but its
# own. With --arm64 the guest is of that architecture, and Debian's programs for it lie over this
# machine's. Where the bed cannot be made this says why, and ends well: the tests in it are skipped. Without a
# command it only makes the bed; 77 when it cannot.
set -u
here=$(cd "$(dirname "$0")" && pwd)
architecture=amd64
bed=${XDG_CACHE_HOME:-$HOME/.cache}/modemscope-linux
if [ "$1" = --arm64 ]; then
	architecture=arm64
	bed=$bed-arm64
	shift
fi

sh "$here/setup.sh" "$architecture" "$bed"
case $? in
	0) ;;
	77)
		echo "SKIPPED: the tests on a real kernel ($architecture): this machine cannot have their bed."
		[ $# != 0 ] || exit 77
		exit 0
		;;
	*) exit 1 ;;
esac
[ $# != 0 ] || exit 0
limit=$1
shift

shared=$(mktemp -d)
trap 'rm -rf "$shared"' EXIT
{
	echo "cd '$PWD'"
	echo "export PATH='$PATH'"
	echo "$*"
} >"$shared/command"
options="local,security_model=none,multidevs=remap"
words="quiet panic=-1 nokaslr mitigations=off random.trust_cpu=on audit=0 bed.here=$here bed.kernel=$bed/kernel bed.shared=$shared"
common() {
	program=$1
	line=$2
	shift 2
	# The pipe: qemu opens /dev/stdout anew, which a file or a closed terminal would not bear.
	timeout -k 5 "$limit" "$program" -m 2048 "$@" \
		-nodefaults -no-user-config -nographic -no-reboot -nic none -monitor none \
		-kernel "$bed/vmlinux" -initrd "$bed/initramfs.cpio" -append "$words $line" \
		-virtfs "$options,path=/,mount_tag=host,readonly=on" \
		-virtfs "$options,path=$shared,mount_tag=shared" \
		-serial "file:$shared/console" \
		-chardev file,id=out,path=/dev/stdout,append=on -device virtio-serial-pci \
		-device virtserialport,chardev=out,name=out </dev/null | cat
}
case $architecture in
	amd64)
		common qemu-system-x86_64 "console=ttyS0 nopti no_timer_check" -machine pc,usb=off -cpu max \
			-accel tcg,thread=multi,tb-size=512 -smp 2
		;;
	# Its clock counts instructions, 2 ns each, while it works: however slow this machine is, the guest
	# takes itself for a gateway of 500 MIPS. A Cortex-A72 has less to emulate than "max" has.
	arm64)
		common qemu-system-aarch64 "console=ttyAMA0 kpti=0" -machine virt -cpu cortex-a72 \
			-accel tcg,thread=single,tb-size=512 -icount shift=1 -smp 1 \
			-virtfs "$options,path=$bed/root,mount_tag=own,readonly=on"
		;;
esac

if [ -s "$shared/status" ]; then exit "$(cat "$shared/status")"; fi
echo "the guest came to no end within $limit s; the last it said:" >&2
tail -25 "$shared/console" >&2
exit 124
