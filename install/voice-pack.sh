#!/usr/bin/env bash
# Makes the voice packs in assets/voice: speaks every text that has no clip yet, cuts, writes the manifests.
# What was spoken once is kept in the cache, so it can be interrupted; what has not changed is left alone.
#   install/voice-pack.sh [--all] [--language zh-CN|en]     --all: buttons and titles as well
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

cache="${XDG_CACHE_HOME:-$HOME/.cache}/yibao-kiosk/voice"
language="zh-CN"
all=()
while [ $# -gt 0 ]; do
  case "$1" in
    --all) all=(--all); shift ;;
    --language) language="$2"; shift 2 ;;
    *) echo "voice-pack.sh: unknown option $1" >&2; exit 2 ;;
  esac
done

install/voice/fetch.sh "$cache"
kiosk="${KIOSK:-cargo run --locked --quiet --bin kiosk --}"
$kiosk voice texts --language "$language" "${all[@]}" --json > "$cache/texts-$language.json"
export OMP_NUM_THREADS=1
python="$cache/venv/bin/python"
nice -n 19 "$python" install/voice/speak.py --texts "$cache/texts-$language.json" --cache "$cache"
nice -n 19 "$python" install/voice/pack.py --texts "$cache/texts-$language.json" --cache "$cache" --pack "assets/voice/$language"
$kiosk voice check
