#!/usr/bin/env bash
# `make run`: the desktop program where there is a screen, else the server alone. Where there is no screen, nothing of
# the desktop is built or installed. Flags are the server's own, so they start it alone, too.
set -euo pipefail
cd "$(dirname "$0")/.."
. src-tauri/prepare.sh

# The desktop program's exit code when the screen cannot be used.
NO_SCREEN=3

# Where the window can be built, the server is built together with it, though not the window itself: cargo then chooses
# the same features for what both are made of. Alone it would get others, and nearly everything would be compiled twice.
headless() {
  echo "$1: the server starts without a window."
  shift
  local packages=(-p server-core)
  { [ "$(uname -s)" = Linux ] && ! has webkit2gtk-4.1; } || packages+=(-p comutiny-desktop)
  cargo build --profile host "${packages[@]}" --bin comutiny-server
  exec target/host/comutiny-server "$@"
}

[ $# -eq 0 ] || headless "Flags are given" "$@"
if [ "$(uname -s)" = Linux ]; then
  [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || headless "There is no display"
  has webkit2gtk-4.1 ||
    install "The window needs WebKitGTK" pkg-config libwebkit2gtk-4.1-dev libayatana-appindicator3-1 || true
  has webkit2gtk-4.1 || headless "WebKitGTK 4.1 is not installed"
fi

cargo build --profile host -p comutiny-desktop
code=0
target/host/comutiny || code=$?
[ "$code" -ne "$NO_SCREEN" ] || headless "The display cannot be used"
exit "$code"
