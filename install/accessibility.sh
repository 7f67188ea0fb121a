#!/usr/bin/env bash
# Looks at the screens as a screen reader does: starts the kiosk on its stand under Xvfb with an accessibility bus of its
# own, reads names, roles, states and values through AT-SPI, presses a button through it, and says what is wrong.
# What it printed last stands in docs/accessibility.md. Argument: a kiosk to look at instead of the one cargo builds.
set -euo pipefail

# shellcheck source=install/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
# Beside those of packages.sh, and only for this.
packages=(at-spi2-core python3-pyatspi dbus xauth)

for package in "${packages[@]}" xvfb openbox; do
  is_installed "$package" || fail "the Debian package $package is missing; needed are: ${packages[*]} xvfb openbox"
done

kiosk=${1:-$(build_kiosk)}

export KIOSK_LOOKED_AT=$kiosk LC_ALL=C.UTF-8
xvfb-run --auto-servernum --server-args='-screen 0 1080x1920x24' \
  dbus-run-session -- /usr/bin/python3 "$root/install/accessibility/look.py"
