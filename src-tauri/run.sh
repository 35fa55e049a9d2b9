#!/usr/bin/env bash
# `make run`: the desktop program where there is a screen, else the server alone. Where there is no screen, nothing of
# the desktop is built or installed. Flags are the server's own, so they start it alone, too.
set -euo pipefail
cd "$(dirname "$0")/.."

# The desktop program's exit code when the screen cannot be used.
NO_SCREEN=3

headless() {
  echo "$1: the server starts without a window."
  shift
  exec cargo run --release -p server-core --bin comutiny-server -- "$@"
}

# What the window needs to be built on Linux. macOS and Windows bring it.
prepare_linux() {
  pkg-config --exists webkit2gtk-4.1 2>/dev/null && return
  command -v apt-get >/dev/null || return
  local sudo=
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || return
    sudo=sudo
  fi
  echo "The window needs WebKitGTK; installing libwebkit2gtk-4.1-dev."
  $sudo apt-get update -qq &&
    DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends \
      pkg-config libwebkit2gtk-4.1-dev libayatana-appindicator3-1
}

[ $# -eq 0 ] || headless "Flags are given" "$@"
if [ "$(uname -s)" = Linux ]; then
  [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || headless "There is no display"
  prepare_linux || true
  pkg-config --exists webkit2gtk-4.1 2>/dev/null || headless "WebKitGTK 4.1 is not installed"
fi

cargo build --release -p comutiny-desktop
code=0
target/release/comutiny || code=$?
[ "$code" -ne "$NO_SCREEN" ] || headless "The display cannot be used"
exit "$code"
