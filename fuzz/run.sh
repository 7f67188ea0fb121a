#!/usr/bin/env bash
# Runs every fuzz target for N cases, or the targets named after N:  fuzz/run.sh 1000000 [target…]
# Works with stable Rust: coverage is asked of LLVM directly, so neither nightly nor a sanitizer is needed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

cases=${1:?how many cases for each target? For instance: fuzz/run.sh 1000000}
shift
targets=("$@")
[ "${#targets[@]}" -gt 0 ] || targets=(frame_decoder card_text scan_line platform_answer)

host=$(rustc -vV | sed -n 's/^host: //p')
passes="-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4"
passes+=" -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table"
passes+=" -Cllvm-args=-sanitizer-coverage-trace-compares"

# A named target keeps the instruments out of build scripts, which could not link with them.
RUSTFLAGS="$passes --cfg fuzzing -Ccodegen-units=1" cargo build --release --target "$host"
built=$(cargo metadata --format-version 1 --no-deps | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')/$host/release

for target in "${targets[@]}"; do
  mkdir -p "corpus/$target" "artifacts/$target"
  printf '\n== %s\n' "$target"
  "$built/$target" -runs="$cases" -max_len=4096 -timeout=10 -print_final_stats=1 \
    -artifact_prefix="artifacts/$target/" "corpus/$target" "seeds/$target"
done
