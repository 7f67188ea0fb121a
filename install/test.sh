#!/usr/bin/env bash
# Installs what is missing and passes all tests. Arguments go to cargo test.
set -euo pipefail

# shellcheck source=install/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
"$root/install/packages.sh"
"$root/install/models.sh"
"$root/install/fonts.sh"
"$root/install/nats-server.sh"

cd "$root"
cargo test --locked --features bus "$@"
