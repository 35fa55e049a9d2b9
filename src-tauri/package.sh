#!/usr/bin/env bash
# `make package`: installable packages of the desktop program for this system. On Linux a .deb and an .rpm, which hold
# the server without a window, its systemd unit and its manual as well.
#
# Who builds a package is named in it as the one to write to: MAINTAINER="Name <address>", else git's user.
set -euo pipefail
cd "$(dirname "$0")"
. ./prepare.sh

# Puts what the packages hold beside the programs into target/package, which tauri.linux.conf.json names.
linux_files() {
  local into=../target/package
  rm -rf "$into"
  mkdir -p "$into/man1"
  ../target/release/comutiny-server man "$into/man1"
  gzip --best --no-name "$into"/man1/*
  sed 's|/usr/local/bin/|/usr/bin/|' ../server-core/packaging/comutiny.service | grep -v '^# /etc/systemd' \
    >"$into/comutiny.service"
}

# What only the building machine knows, as JSON over the settings of the packager.
linux_facts() {
  local libc name address maintainer=${MAINTAINER:-}
  if [ -z "$maintainer" ]; then
    name=$(git config user.name || echo "The CoMutiNy authors")
    address=$(git config user.email || echo "$(id -un)@$(hostname -f)")
    maintainer="$name <$address>"
  fi
  # A program runs where the C library is at least the one it was linked with.
  libc=$(getconf GNU_LIBC_VERSION)
  node -e '
    const [publisher, libc] = process.argv.slice(1);
    const depends = [`libc6 (>= ${libc})`, "libgcc-s1"];
    console.log(JSON.stringify({ bundle: { publisher, linux: { deb: { depends } } } }));
  ' "$maintainer" "${libc#glibc }"
}

facts='{}'
case "$(uname -s)" in
  Linux)
    bundles=deb,rpm
    needed=(pkg-config libwebkit2gtk-4.1-dev libayatana-appindicator3-dev)
    { has webkit2gtk-4.1 && has ayatana-appindicator3-0.1; } ||
      install "The packages need libraries for development" "${needed[@]}" || {
      echo "The packages need these to be built: ${needed[*]}. Install them, then try again." >&2
      exit 1
    }
    facts=$(linux_facts)
    ;;
  Darwin) bundles=dmg ;;
  *) bundles=nsis,msi ;;
esac

[ -d node_modules/@tauri-apps/cli ] || npm ci --no-audit --no-fund
cargo build --release -p comutiny-desktop
if [ "$(uname -s)" = Linux ]; then
  # Both packages are named so that both programs are made of the same libraries, with the same features.
  cargo build --release -p comutiny-desktop -p server-core --bin comutiny-server
  linux_files
fi
npx --no-install tauri bundle --bundles "$bundles" --config "$facts"
