#!/usr/bin/env bash
# package.sh PROGRAM FOLDER: the server alone for this kind of Linux machine, as an archive, where dpkg is there as a
# package for Debian and its relatives, and the checksums of both. `make package` runs it.
set -euo pipefail
program=$(realpath "$1")
out=$(realpath -m "$2")
cd "$(dirname "$0")/../.."
. server-core/packaging/facts.sh

version=$("$program" --version)
version=${version##* }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
rm -rf "$out"
mkdir -p "$out"
server-core/packaging/files.sh "$program" "$work/files"

archive() {
  local name=$1 root=$work/$1
  mkdir -p "$root/examples"
  install -m 755 "$program" "$root/comutiny-server"
  cp -r "$work/files/man1" "$work/files/completions" "$root"
  cp LICENSE CHANGELOG.md ui/public/third-party-notices.txt "$root"
  cp server-core/packaging/comutiny.service server-core/packaging/nginx.conf server-core/packaging/nginx-nodes.conf \
    "$root/examples"
  cat >"$root/README" <<END
CoMutiNy $version, the server for Linux with a C library of $(libc_version) or newer.

  ./comutiny-server              hosts a world and prints the links to read out
  ./comutiny-server --help       lists commands and settings; man -l man1/comutiny-server.1.gz has them all

examples/ has a systemd unit and sites for nginx.
END
  tar --create --gzip --owner=0 --group=0 --numeric-owner --directory="$work" --file="$out/$name.tar.gz" "$name"
}

deb() {
  local root=$work/deb doc=$work/deb/usr/share/doc/comutiny-server
  install -D -m 755 "$program" "$root/usr/bin/comutiny-server"
  install -D -m 644 "$work/files/comutiny.service" "$root/usr/lib/systemd/system/comutiny.service"
  install -D -m 644 -t "$root/usr/share/man/man1" "$work"/files/man1/*
  install -D -m 644 "$work/files/completions/comutiny-server.bash" \
    "$root/usr/share/bash-completion/completions/comutiny-server"
  install -D -m 644 -t "$root/usr/share/zsh/vendor-completions" "$work/files/completions/_comutiny-server"
  install -D -m 644 -t "$root/usr/share/fish/vendor_completions.d" "$work/files/completions/comutiny-server.fish"
  install -D -m 644 LICENSE "$doc/copyright"
  install -D -m 644 -t "$doc" ui/public/third-party-notices.txt
  install -D -m 644 -t "$doc/examples" server-core/packaging/nginx.conf server-core/packaging/nginx-nodes.conf
  gzip --best --no-name --stdout CHANGELOG.md >"$doc/changelog.gz"
  chmod 644 "$doc/changelog.gz"

  mkdir "$root/DEBIAN"
  cat >"$root/DEBIAN/control" <<END
Package: comutiny-server
Version: $version
Architecture: $(dpkg --print-architecture)
Maintainer: $(maintainer)
Installed-Size: $(du --summarize --block-size=1K "$root/usr" | cut -f 1)
Depends: libc6 (>= $(libc_version)), libgcc-s1
Recommends: ca-certificates
Suggests: nginx, redis-server, postgresql
Conflicts: comutiny
Section: net
Priority: optional
Description: host of a small shared world
 People open a page, walk around as avatars and chat. This program hosts their
 world without a window, alone or as one of several nodes behind a Redis.
 .
 The service comutiny is installed and not started: settings go into
 /etc/comutiny.env, then "systemctl enable --now comutiny" opens the world.
END
  install -m 755 server-core/packaging/scripts/after-install "$root/DEBIAN/postinst"
  install -m 755 server-core/packaging/scripts/before-remove "$root/DEBIAN/prerm"
  install -m 755 server-core/packaging/scripts/after-remove "$root/DEBIAN/postrm"
  dpkg-deb --root-owner-group --build "$root" "$out/comutiny-server_${version}_$(dpkg --print-architecture).deb"
}

archive "comutiny-server-$version-linux-$(uname -m)"
if command -v dpkg-deb >/dev/null; then deb; fi
(cd "$out" && sha256sum -- * >SHA256SUMS)
echo "Made in $out:"
(cd "$out" && ls -1)
