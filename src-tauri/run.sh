#!/usr/bin/env bash
# `make run`: the desktop program where there is a screen, else the server alone. Where there is no screen, nothing of
# the desktop is built or installed. Flags are the server's own, so they start it alone, too.
set -euo pipefail
cd "$(dirname "$0")/.."
. src-tauri/prepare.sh

# The desktop program's exit code when the screen cannot be used.
NO_SCREEN=3

headless() {
  echo "$1: the server starts without a window."
  shift
  exec cargo run --release -p server-core --bin comutiny-server -- "$@"
}

[ $# -eq 0 ] || headless "Flags are given" "$@"
if [ "$(uname -s)" = Linux ]; then
  [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || headless "There is no display"
  has webkit2gtk-4.1 ||
    install "The window needs WebKitGTK" pkg-config libwebkit2gtk-4.1-dev libayatana-appindicator3-1 || true
  has webkit2gtk-4.1 || headless "WebKitGTK 4.1 is not installed"
fi

cargo build --release -p comutiny-desktop
code=0
target/release/comutiny || code=$?
[ "$code" -ne "$NO_SCREEN" ] || headless "The display cannot be used"
exit "$code"
