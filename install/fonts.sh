#!/usr/bin/env bash
# Puts the font of the rare characters into a folder the kiosk looks in, unless the right one is there already.
# Where: KIOSK_FONTS if set, else ${XDG_CACHE_HOME:-~/.cache}/yibao-kiosk/fonts. About the font: assets/fonts/README.md
set -euo pipefail

# shellcheck source=install/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
folder=${KIOSK_FONTS:-${XDG_CACHE_HOME:-$HOME/.cache}/yibao-kiosk/fonts}
package=fonts-hanazono
font=HanaMinB.ttf
font_sha256=829543436cdf7b4c6730e2af5806fa406f8ddf0d4b656e0cd49c58d4db1c8d3c

# The package is taken apart and never installed: its other font, HanaMinA, would offer itself for every Chinese text.
download() { (cd "$1" && apt-get download -q -o APT::Sandbox::User="$(id -un)" "$package"); }

if has_sha256 "$folder/$font" "$font_sha256"; then
  say "the font of the rare characters is there."
  exit 0
fi

mkdir -p "$folder"
# Beside the goal, so that the last step is a rename and nobody ever sees half a font.
draft=$(mktemp -d "$folder/.fetching.XXXXXX")
trap 'rm -rf "$draft"' EXIT
say "fetching the font of the rare characters (22 MB) from Debian"
download "$draft" || { as_root apt-get update -q; download "$draft"; }
dpkg-deb --extract "$draft/$package"_*.deb "$draft/content"
has_sha256 "$draft/content/usr/share/fonts/truetype/hanazono/$font" "$font_sha256" || fail "the font in $package is not the one with SHA-256 $font_sha256"
install -m 644 "$draft/content/usr/share/doc/$package/copyright" "$folder/$font.copyright"
mv "$draft/content/usr/share/fonts/truetype/hanazono/$font" "$folder/$font"
say "the font of the rare characters is in $folder"
