#!/usr/bin/env bash
# Puts the handwriting model into a folder the kiosk looks in, unless the right one is there already.
# Where: KIOSK_MODELS if set, else ${XDG_CACHE_HOME:-~/.cache}/yibao-kiosk/models. About the model: assets/models/README.md
set -euo pipefail

# shellcheck source=install/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
folder=${KIOSK_MODELS:-${XDG_CACHE_HOME:-$HOME/.cache}/yibao-kiosk/models}
requirements=$root/install/models/requirements.txt
model=PP-OCRv6_rec_small.onnx
model_sha256=6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884

if has_sha256 "$folder/$model" "$model_sha256"; then
  say "the handwriting model is there."
  exit 0
fi

mkdir -p "$folder"
# Beside the goal, so that the last step is a rename and nobody ever sees half a model.
draft=$(mktemp -d "$folder/.fetching.XXXXXX")
trap 'rm -rf "$draft"' EXIT
say "fetching the handwriting model (27 MB) with pip"
unpack_wheel "$requirements" "$draft"
has_sha256 "$draft/content/rapidocr/models/$model" "$model_sha256" || fail "the model in the wheel is not the one with SHA-256 $model_sha256"
install -m 644 "$draft"/content/rapidocr-*.dist-info/licenses/LICENSE "$folder/LICENSE"
install -m 644 "$draft"/content/rapidocr-*.dist-info/licenses/MODEL_LICENSES.md "$folder/MODEL_LICENSES.md"
chmod 644 "$draft/content/rapidocr/models/$model"
mv "$draft/content/rapidocr/models/$model" "$folder/$model"
say "the handwriting model is in $folder"
