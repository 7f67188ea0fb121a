#!/usr/bin/env bash
# Makes the catalogues of locales/zh-Hant from those of locales/zh-CN. For whoever changes a Chinese text; what it writes
# is read through and committed. Needs the Debian package opencc.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

command -v opencc >/dev/null || { echo "traditional: opencc is missing; install the Debian package opencc" >&2; exit 1; }
mkdir -p locales/zh-Hant
for source in locales/zh-CN/*.ftl; do
  # Found by reading through: a wrong word break, the usual form of a character, and the name that stays simplified.
  opencc -c s2tw -i "$source" |
    sed -e 's/彆著急/別著急/g' -e 's/平臺/平台/g' -e 's/這臺/這台/g' -e 's/^language-chinese = .*/language-chinese = 简体中文/' \
    > "locales/zh-Hant/${source##*/}"
done
echo "traditional: $(find locales/zh-Hant -name '*.ftl' | wc -l) catalogues in locales/zh-Hant; read them through before they are committed"
