#!/usr/bin/env bash
# Runs every fuzz target for so many seconds (60), from the committed corpus on. A machine without
# what it takes skips them, loudly.
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=${1:-60}

skip() {
  printf '\n== fuzz targets: SKIPPED, %s\n\n' "$1" >&2
  exit 0
}

cargo +nightly --version >/dev/null 2>&1 ||
  skip "they need a nightly compiler: rustup toolchain install nightly"
cargo +nightly fuzz --version >/dev/null 2>&1 ||
  skip "they need cargo-fuzz: cargo install --locked cargo-fuzz"

for target in $(cargo +nightly fuzz list); do
  printf '\n== fuzz target %s, %s seconds\n' "$target" "$seconds"
  mkdir -p "fuzz/found/$target"
  cargo +nightly fuzz run "$target" "fuzz/found/$target" "fuzz/corpus/$target" -- \
    -max_total_time="$seconds" -print_final_stats=1
done
