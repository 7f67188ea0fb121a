#!/usr/bin/env bash
# Listens to the Mandarin pack with an offline recogniser: every text whose clip changed, then random amounts.
# Scores go into the manifest; fails above the limits that stand in install/voice/gate.py.
#   install/voice-gate.sh [--amounts 200] [--seed 1]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

cache="${XDG_CACHE_HOME:-$HOME/.cache}/yibao-kiosk/voice"
amounts=200
seed=1
while [ $# -gt 0 ]; do
  case "$1" in
    --amounts) amounts="$2"; shift 2 ;;
    --seed) seed="$2"; shift 2 ;;
    *) echo "voice-gate.sh: unknown option $1" >&2; exit 2 ;;
  esac
done

install/voice/fetch.sh "$cache" gate
kiosk="${KIOSK:-cargo run --locked --quiet --bin kiosk --}"
texts="$cache/texts-zh-CN.json"
prompts="$cache/prompts-zh-CN.json"
$kiosk voice texts --json > "$prompts"
$kiosk voice texts --all --json > "$texts"
heard="$(mktemp -d)"
trap 'rm -rf "$heard"' EXIT
$kiosk voice amounts --count "$amounts" --seed "$seed" --out "$heard"
export OMP_NUM_THREADS=1
gate=(nice -n 19 "$cache/venv/bin/python" install/voice/gate.py --texts "$texts" --cache "$cache" --pack assets/voice/zh-CN)
good=0
"${gate[@]}" --prompts "$prompts" || good=1
"${gate[@]}" --amounts "$heard" || good=1
exit "$good"
