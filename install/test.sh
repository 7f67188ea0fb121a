#!/usr/bin/env bash
# Installs what is missing and passes all tests. Arguments go to cargo test.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
"$root/install/packages.sh"
"$root/install/models.sh"
"$root/install/fonts.sh"
"$root/install/nats-server.sh"

cd "$root"
cargo test --locked --features bus "$@"
