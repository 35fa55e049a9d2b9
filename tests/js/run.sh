#!/usr/bin/env bash
# Official clients and a real browser against the built server. Builds nothing: expects the binary
# (target/debug, target/release or COMUTINY_SERVER_BIN) and the pages in ui/dist.
set -euo pipefail
cd "$(dirname "$0")"
root=$(cd ../.. && pwd)

missing() {
  echo "$1" >&2
  exit 1
}

bin=${COMUTINY_SERVER_BIN:-}
if [ -z "$bin" ]; then
  bin=$root/target/debug/comutiny-server
  [ -x "$bin" ] || bin=$root/target/release/comutiny-server
fi
[ -x "$bin" ] || missing "No server at $bin. Run: cargo build -p server-core --bin comutiny-server"
[ -f "$root/ui/dist/index.html" ] || missing "No pages in ui/dist. Run: cd ui && npm ci && npm run build"
[ -d node_modules/socket.io-client ] || missing "No packages in tests/js. Run: cd tests/js && npm ci"
command -v chromium >/dev/null || missing "No chromium in PATH. On Debian: apt install chromium"
{ command -v firefox || command -v firefox-esr; } >/dev/null || missing "No Firefox in PATH. On Debian: apt install firefox-esr"
COMUTINY_SERVER_BIN=$(realpath "$bin")
export COMUTINY_SERVER_BIN

# The SDK's batch decoder is TypeScript; the journeys run the very code that pages ship.
npx --no-install esbuild "$root/ui/packages/client/src/sdk/batch/index.ts" --bundle --format=esm --log-level=warning \
  --outfile=artifacts/batch.js

# Each file has a server and a data directory of its own. Most of the time they wait, for a page or a clock; more at once
# than there are cores, and their own limits of time are what they would measure.
echo "Official JavaScript client, REST and browser:"
node --test --test-concurrency="${AT_ONCE:-2}" --test-timeout=600000 ./*.test.js

echo "Official Python client, and the package on top of it:"
[ -x python/.venv/bin/python ] || python3 -m venv python/.venv
python/.venv/bin/pip install --quiet --disable-pip-version-check -r python/requirements.txt
python/.venv/bin/pip install --quiet --disable-pip-version-check "$root/server-core/clients/python"
python/.venv/bin/python -m pytest -q python "$root/server-core/clients/python"
