#!/usr/bin/env bash
# Looks at the screens as a screen reader does: starts the kiosk on its stand under Xvfb with an accessibility bus of its
# own, reads names, roles, states and values through AT-SPI, presses a button through it, and says what is wrong.
# What it printed last stands in docs/accessibility.md. Argument: a kiosk to look at instead of the one cargo builds.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# Beside those of packages.sh, and only for this.
packages=(at-spi2-core python3-pyatspi dbus xauth)

fail() { printf '%s\n' "accessibility: $*" >&2; exit 1; }

for package in "${packages[@]}" xvfb openbox; do
  dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null | grep -q '^installed$' ||
    fail "the Debian package $package is missing; needed are: ${packages[*]} xvfb openbox"
done

if [ "$#" -gt 0 ]; then
  kiosk=$1
else
  cargo build --manifest-path "$root/Cargo.toml" --bin kiosk
  target=$(cargo metadata --manifest-path "$root/Cargo.toml" --format-version 1 --no-deps | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')
  kiosk=$target/debug/kiosk
fi

export KIOSK_LOOKED_AT=$kiosk LC_ALL=C.UTF-8
xvfb-run --auto-servernum --server-args='-screen 0 1080x1920x24' \
  dbus-run-session -- /usr/bin/python3 "$root/install/accessibility/look.py"
