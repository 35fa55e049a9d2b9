#!/usr/bin/env bash
# `make package`: installable packages of the desktop program for this system, and on Linux of the server alone. Those of
# the desktop program hold the server without a window, its systemd unit, manual and completions as well.
set -euo pipefail
cd "$(dirname "$0")"
. ./prepare.sh
. ../server-core/packaging/facts.sh

# What only the building machine knows, as JSON over the settings of the packager.
linux_facts() {
  node -e '
    const [publisher, libc] = process.argv.slice(1);
    const depends = [`libc6 (>= ${libc})`, "libgcc-s1"];
    console.log(JSON.stringify({ bundle: { publisher, linux: { deb: { depends } } } }));
  ' "$(maintainer)" "$(libc_version)"
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
  ../server-core/packaging/files.sh ../target/release/comutiny-server ../target/package
  ../server-core/packaging/package.sh ../target/release/comutiny-server ../target/release/bundle/server
fi
npx --no-install tauri bundle --bundles "$bundles" --config "$facts"
