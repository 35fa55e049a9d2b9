#!/usr/bin/env bash
# Official clients and a real browser against the built server. Builds nothing: expects the binary
# (target/debug or COMUTINY_SERVER_BIN) and the pages in ui/dist.
set -euo pipefail
cd "$(dirname "$0")"

bin=${COMUTINY_SERVER_BIN:-$PWD/../../target/debug/comutiny-server}
[ -x "$bin" ] || { echo "No server at $bin. Run: cargo build -p server-core --bin comutiny-server" >&2; exit 1; }
[ -f ../../ui/dist/index.html ] || { echo "No pages. Run: cd ui && npm ci && npm run build" >&2; exit 1; }
export COMUTINY_SERVER_BIN=$bin

# The SDK's batch decoder is TypeScript; the journeys run the very code that pages ship.
npx --no-install esbuild ../../ui/src/sdk/batch/index.ts --bundle --format=esm --log-level=warning \
  --outfile=artifacts/batch.js
node --test --test-concurrency=1 --test-timeout=120000 ./*.test.js

python3 -m venv python/.venv
python/.venv/bin/pip install --quiet --disable-pip-version-check -r python/requirements.txt
python/.venv/bin/python -m pytest -q python
