#!/usr/bin/env bash
# Journeys through the real window, on a screen and a session bus of their own. Builds nothing: expects the program
# built with `--features scripted-dialogs` (target/debug or COMUTINY_DESKTOP_BIN).
set -euo pipefail
cd "$(dirname "$0")"
root=$(cd ../../.. && pwd)

missing() {
  echo "$1" >&2
  exit 1
}

for program in WebKitWebDriver xvfb-run dbus-run-session xdotool; do
  command -v "$program" >/dev/null ||
    missing "No $program. On Debian: apt install webkit2gtk-driver xvfb xauth dbus xdotool"
done
bin=${COMUTINY_DESKTOP_BIN:-$root/target/debug/comutiny}
[ -x "$bin" ] || missing "No program at $bin. Run: cargo build -p comutiny-desktop --features scripted-dialogs"
[ -d ../node_modules/selenium-webdriver ] || missing "No packages in tests/js. Run: cd tests/js && npm ci"
COMUTINY_DESKTOP_BIN=$(realpath "$bin")
export COMUTINY_DESKTOP_BIN
# The clients' harness is the one of the journeys against the server alone.
export COMUTINY_SERVER_BIN=$COMUTINY_DESKTOP_BIN
# Nothing of the caller's own desktop: no portal, no accessibility bus, no other screen.
unset WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS
export NO_AT_BRIDGE=1 GTK_A11Y=none GDK_BACKEND=x11

command=(node --test --test-concurrency=1 --test-timeout=600000)
[ $# -gt 0 ] || set -- ./*.test.js
[[ $1 == *.test.js ]] || command=(node)
xvfb-run --auto-servernum --server-args="-screen 0 1400x900x24 -nolisten tcp" \
  dbus-run-session -- "${command[@]}" "$@" 2>&1 |
  grep --invert-match '^dbus-daemon\['
