# Debian packages of $architecture, downloaded and unpacked, never installed: apt with lists and a
# status of its own in $bed, so that this machine's stay as they are. Where it is this machine's
# architecture its lists serve.
apt=$bed/apt
if [ "$(dpkg --print-architecture)" = "$architecture" ]; then
	options=
else
	mkdir -p "$apt/lists/partial" "$apt/archives/partial"
	touch "$apt/status"
	options="-o APT::Architecture=$architecture -o APT::Architectures=$architecture -o Dir::State=$apt
		-o Dir::State::status=$apt/status -o Dir::Cache=$apt -o APT::Sandbox::User=root"
fi
packages() { apt-get $options "$@"; }
packages_cache() { apt-cache $options "$@"; }

# unpack_root FOLDER PACKAGE…: them and what they depend on, as far as files go: no script is run.
unpack_root() {
	folder=$1
	shift
	packages update -qq || true
	packages install -qq --yes --no-install-recommends --download-only "$@" >/dev/null || return 1
	mkdir -p "$folder.part/usr/bin" "$folder.part/usr/sbin" "$folder.part/usr/lib"
	for name in bin sbin lib; do ln -sfn "usr/$name" "$folder.part/$name"; done
	for package in "$apt"/archives/*.deb; do
		dpkg-deb --fsys-tarfile "$package" | tar -x -C "$folder.part" --keep-directory-symlink || return 1
	done
	rm "$apt"/archives/*.deb
	mv "$folder.part" "$folder"
}
