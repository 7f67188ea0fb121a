#!/usr/bin/env bash
# Installs the Debian 12 packages the kiosk needs to build, run and be tested, as far as they are missing.
# Nothing else is fetched here; the Rust toolchain is looked for and never installed.
set -euo pipefail

# shellcheck source=install/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

rust_minor_min=95

# One package a line, and why.
packages=(
  gcc                 # the C parts of SQLCipher and ring
  g++                 # the fuzz targets' engine
  pkg-config          # finds the libraries below
  ca-certificates     # fetching crates over HTTPS
  git                 # cargo deny reads the list of known holes through it
  libssl-dev          # SQLCipher encrypts with libcrypto
  libasound2-dev      # sound through ALSA
  libfontconfig-dev   # Slint finds fonts with it
  fonts-noto-cjk      # the Chinese characters of the screens
  fonts-ukij-uyghur   # the first screen in Uyghur, a trial of its layout
  fonts-ddc-uchen     # the same in Tibetan
  espeak-ng           # the spoken prompts
  libx11-xcb1         # window under X11
  libxkbcommon-x11-0  # keyboard under X11
  libxcursor1         # pointer under X11
  libxi6              # touches under X11
  xvfb                # a display for tests where there is none
  openbox             # a window manager for that display and for the hall
  xdotool             # presses and types in tests
  x11-xserver-utils   # keeps the screen of a hall lit (xset)
)

is_debian_12() {
  [ -r /etc/os-release ] || return 1
  # shellcheck source=/dev/null
  ( . /etc/os-release && [ "${ID:-}" = debian ] && [ "${VERSION_ID:-}" = 12 ] )
}

check_rust() {
  local found minor
  local how="Get it from https://rustup.rs, then run: rustup toolchain install 1.$rust_minor_min"
  command -v cargo >/dev/null || fail "there is no Rust toolchain (no cargo in PATH). $how"
  found=$(cargo --version | cut -d' ' -f2)
  minor=$(printf '%s' "$found" | cut -d. -f2)
  [ "$minor" -ge "$rust_minor_min" ] || fail "Rust $found is too old, 1.$rust_minor_min or newer is needed. $how"
}

is_debian_12 || fail "this is not Debian 12. On another system install what matches these packages, then use cargo directly: ${packages[*]}"
check_rust

install_packages "${packages[@]}"
say "all ${#packages[@]} packages are there."
