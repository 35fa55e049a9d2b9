#!/usr/bin/env bash
# `make package`: installable packages of the desktop program for this system. On Linux a .deb and an .rpm.
set -euo pipefail
cd "$(dirname "$0")"

case "$(uname -s)" in
  Linux) bundles=deb,rpm ;;
  Darwin) bundles=dmg ;;
  *) bundles=nsis,msi ;;
esac

[ -d node_modules/@tauri-apps/cli ] || npm ci --no-audit --no-fund
npx --no-install tauri build --bundles "$bundles"
