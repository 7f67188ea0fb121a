#!/usr/bin/env bash
# Assembles the folder of a model that speaks names and places at run time, for `[voice] model` of the configuration.
# Needs the network once; afterwards FOLDER is all a kiosk needs, and `sha256sum -c SHA256SUMS` in it tells whether it
# is whole.
#   install/voice-engine.sh FOLDER
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if [ $# -ne 1 ]; then
  echo "usage: install/voice-engine.sh FOLDER" >&2
  exit 2
fi
folder="$1"
cache="${XDG_CACHE_HOME:-$HOME/.cache}/yibao-kiosk/voice"
install/voice/fetch.sh "$cache"
mkdir -p "$folder"
"$cache/venv/bin/python" install/voice/folder.py --cache "$cache" --folder "$folder"
(cd "$folder" && sha256sum --check --quiet SHA256SUMS)
echo "$folder: set [voice] model to it, in a kiosk built with --features engine"
