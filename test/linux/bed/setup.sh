#!/bin/sh
# setup.sh ARCHITECTURE BED: makes the bed on a Debian machine: the programs, a stock Debian kernel
# (unpacked, not installed) and the initramfs that starts it. Safe to run again. Exit code 77: this
# machine cannot have it.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
architecture=$1
bed=$2
mkdir -p "$bed"

case $architecture in
	# The emulator, then what the tests hold us against: the USB and QMI tools, udev, ModemManager.
	amd64) programs="qemu-system-x86 busybox-static xz-utils kmod udev dbus usbip usbutils libqmi-utils modemmanager" ;;
	# binutils: the single file for arm64 is made here.
	arm64) programs="qemu-system-arm busybox-static kmod binutils-aarch64-linux-gnu" ;;
esac
missing() {
	for program in $programs; do
		[ "$(dpkg-query -W -f '${db:Status-Status}' "$program" 2>/dev/null)" = installed ] || echo "$program"
	done
}
if [ -n "$(missing)" ]; then
	if ! command -v apt-get >/dev/null || [ "$(id -u)" != 0 ]; then
		echo "these Debian packages are not installed:" $(missing) >&2
		exit 77
	fi
	apt-get update -qq || true
	DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes --no-install-recommends $(missing) >&2 || {
		echo "these Debian packages cannot be installed here:" $(missing) >&2
		exit 77
	}
fi

. "$here/packages.sh"

if ! ls "$bed"/kernel/boot/vmlinuz-* >/dev/null 2>&1; then
	packages update -qq || true
	kernel=$(packages_cache depends "linux-image-$architecture" | sed -n 's/.*Depends: \(linux-image-[^ ]*\)$/\1/p' | head -1)
	(cd "$bed" && packages download -qq "$kernel") || {
		echo "no kernel for $architecture: apt-get cannot download linux-image-$architecture" >&2
		exit 77
	}
	dpkg-deb -x "$bed"/linux-image-*.deb "$bed/kernel"
	rm "$bed"/linux-image-*.deb
fi
version=$(ls "$bed/kernel/lib/modules")
[ -f "$bed/kernel/lib/modules/$version/modules.dep" ] || depmod -b "$bed/kernel" "$version"

image=$bed/kernel/boot/vmlinuz-$version
busybox=/bin/busybox
case $architecture in
	# The xz payload of a bzImage is an ELF file with a PVH entry: started with it, qemu need not emulate
	# real mode and decompression, which would take most of the boot.
	amd64)
		if [ ! -f "$bed/vmlinux" ]; then
			for offset in $(LC_ALL=C grep -aboP '\xfd7zXZ\x00' "$image" | cut -d: -f1); do
				# What stands behind the payload makes xz complain when all of it is out.
				tail -c "+$((offset + 1))" "$image" | xz -dc >"$bed/vmlinux.part" 2>/dev/null || true
				[ "$(head -c 4 "$bed/vmlinux.part" | tail -c 3)" != ELF ] || break
			done
			mv "$bed/vmlinux.part" "$bed/vmlinux"
		fi
		;;
	# That of Debian for arm64 is not compressed. The programs of the guest: what a gateway has.
	arm64)
		ln -sf "$image" "$bed/vmlinux"
		busybox=$bed/root/bin/busybox
		[ -d "$bed/root" ] || unpack_root "$bed/root" base-files busybox-static coreutils dash dbus grep \
			kmod libstdc++6 mount passwd sed sysvinit-utils udev util-linux || {
			echo "no programs for $architecture: apt-get cannot download them" >&2
			exit 77
		}
		;;
esac

# The initramfs: busybox, the modules that reach the host's root, one script.
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
for folder in bin mod proc sys dev lower own rw new; do mkdir "$tree/$folder"; done
cp "$busybox" "$tree/bin/busybox"
number=10
for module in virtio_pci virtio_console 9pnet_virtio 9p overlay; do
	modprobe -d "$bed/kernel" -S "$version" --show-depends "$module" | awk '$1 == "insmod" { print $2 }'
done | awk '!seen[$0]++' | while read -r file; do
	cp "$file" "$tree/mod/$number-$(basename "$file")"
	number=$((number + 1))
done
cp "$here/initramfs-init" "$tree/init"
chmod +x "$tree/init"
(cd "$tree" && find . | busybox cpio -o -H newc 2>/dev/null) >"$bed/initramfs.cpio"
