#!/usr/bin/env bash
# Runs every fuzz target for so many seconds (60), from the committed corpus on; with names behind the
# number only those. A stable compiler is enough: the flags are those of `cargo fuzz` without a sanitizer,
# which finds nothing in code that forbids `unsafe`. A machine without a C++ compiler, which libFuzzer
# takes, skips them, loudly.
set -euo pipefail
cd "$(dirname "$0")"

seconds=${1:-60}
[ $# -eq 0 ] || shift

skip() {
  printf '\n== fuzz targets: SKIPPED, %s\n\n' "$1" >&2
  exit 0
}

command -v "${CXX:-c++}" >/dev/null || skip "libFuzzer needs a C++ compiler: apt install g++"

coverage=(-Cpasses=sancov-module)
for flag in level=4 inline-8bit-counters pc-table trace-compares; do
  coverage+=("-Cllvm-args=-sanitizer-coverage-$flag")
done
export RUSTFLAGS="${coverage[*]} -Cdebug-assertions -Ccodegen-units=1 --cfg fuzzing"
# With a target named, build scripts and macros are built without these flags.
host=$(rustc -vV | sed -n 's/^host: //p')
# The versions that the server is tested with.
[ -e Cargo.lock ] || cp ../../Cargo.lock .
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-target}
cargo build --release --target "$host" --bins

targets=("$@")
[ ${#targets[@]} -gt 0 ] || for file in fuzz_targets/*.rs; do targets+=("$(basename "$file" .rs)"); done
for target in "${targets[@]}"; do
  printf '\n== fuzz target %s, %s seconds\n' "$target" "$seconds"
  mkdir -p "found/$target"
  "$CARGO_TARGET_DIR/$host/release/$target" "found/$target" "corpus/$target" \
    -artifact_prefix="found/$target-" -max_total_time="$seconds" -print_final_stats=1
done
