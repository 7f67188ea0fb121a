#!/usr/bin/env bash
# Builds the kiosk and starts it on the embedded platform with emulated devices.
# Arguments go to the kiosk, for instance: install/run.sh run --help
set -euo pipefail

# shellcheck source=install/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
"$root/install/packages.sh"
"$root/install/models.sh" || echo "There is no handwriting model, so the kiosk runs without handwriting; pinyin stays."
"$root/install/fonts.sh" || echo "There is no font of the rare characters, so the kiosk shows the code of a character instead."

# Pictures belong where the command was given, and the program belongs where cargo puts it.
pictures=$PWD/visit-pictures
kiosk=$(build_kiosk)

if [ "$#" -gt 0 ]; then
  exec "$kiosk" "$@"
elif [ -n "${DISPLAY:-}" ] || [ -n "${WAYLAND_DISPLAY:-}" ]; then
  exec "$kiosk" run
else
  echo "There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so the scripted visit runs without one."
  "$kiosk" visit --out "$pictures"
  echo "The pictures of the visit are in $pictures"
fi
