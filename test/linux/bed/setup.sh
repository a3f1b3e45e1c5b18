#!/bin/sh
# Makes the bed on a Debian machine: the programs, a stock Debian kernel (unpacked, not installed)
# and the initramfs that starts it. Safe to run again. Exit code 77: this machine cannot have it.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
bed=$1
mkdir -p "$bed"

# The emulator, then what the tests hold us against: the USB and QMI tools, udev, ModemManager.
programs="qemu-system-x86 busybox-static xz-utils kmod udev dbus usbip usbutils libqmi-utils modemmanager"
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

if ! ls "$bed"/kernel/boot/vmlinuz-* >/dev/null 2>&1; then
	package=$(apt-cache depends linux-image-amd64 | sed -n 's/.*Depends: \(linux-image-[^ ]*\)$/\1/p' | head -1)
	(cd "$bed" && apt-get download -qq "$package")
	dpkg-deb -x "$bed"/linux-image-*.deb "$bed/kernel"
	rm "$bed"/linux-image-*.deb
fi
version=$(ls "$bed/kernel/lib/modules")
[ -f "$bed/kernel/lib/modules/$version/modules.dep" ] || depmod -b "$bed/kernel" "$version"

# The xz payload of a bzImage is an ELF file with a PVH entry: started with it, qemu need not emulate
# real mode and decompression, which would take most of the boot.
image=$bed/kernel/boot/vmlinuz-$version
if [ ! -f "$bed/vmlinux" ]; then
	for offset in $(LC_ALL=C grep -aboP '\xfd7zXZ\x00' "$image" | cut -d: -f1); do
		# What stands behind the payload makes xz complain when all of it is out.
		tail -c "+$((offset + 1))" "$image" | xz -dc >"$bed/vmlinux.part" 2>/dev/null || true
		[ "$(head -c 4 "$bed/vmlinux.part" | tail -c 3)" != ELF ] || break
	done
	mv "$bed/vmlinux.part" "$bed/vmlinux"
fi

# The initramfs: busybox, the modules that reach the host's root, one script.
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
mkdir -p "$tree/bin" "$tree/mod" "$tree/proc" "$tree/sys" "$tree/dev" "$tree/lower" "$tree/rw" "$tree/new"
cp /bin/busybox "$tree/bin/busybox"
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
