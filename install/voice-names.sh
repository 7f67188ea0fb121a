#!/usr/bin/env bash
# Measures the engine for names and places: what a recogniser makes of install/voice/names.txt, and how long each takes.
#   install/voice-names.sh MODEL-FOLDER     (KIOSK=program built with --features engine)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

cache="${XDG_CACHE_HOME:-$HOME/.cache}/yibao-kiosk/voice"
install/voice/fetch.sh "$cache" gate
"$cache/venv/bin/python" install/voice/names.py --kiosk "${KIOSK:-target/debug/kiosk}" --model "$1" --cache "$cache" \
  --pack assets/voice/zh-CN --names install/voice/names.txt
