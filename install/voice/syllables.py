"""Prints every Mandarin syllable in five tones with the phonemes the model was trained on, for a test in src/voice/engine.

    VENV/bin/python install/voice/syllables.py > src/voice/engine/syllables.tsv

Facts, not sentences: the syllables are those of pypinyin's dictionary, the phonemes what misaki makes of them.
"""

import re

from misaki.zh import ZHG2P
from pypinyin.constants import PINYIN_DICT
from pypinyin.contrib.tone_convert import to_normal

# What the marks of misaki stand for under the syllabic consonants; the model has no such letter.
BELOW = chr(815)
# Sighs without a vowel, of which no sentence of a kiosk consists.
SIGHS = {"m", "n", "ng", "hm", "hng", "ê"}
# In the dictionary of characters, but of no Mandarin word.
FOREIGN = {"wong"}


def syllables() -> list[str]:
    """Without tones, ü as ü."""
    readings = {reading for row in PINYIN_DICT.values() for reading in row.split(",")}
    plain = {to_normal(reading, v_to_u=True) for reading in readings}
    return sorted(syllable for syllable in plain - SIGHS - FOREIGN if re.fullmatch("[a-zü]+", syllable))


def main() -> None:
    left_out = []
    for syllable in syllables():
        try:
            spoken = [ZHG2P.py2ipa(f"{syllable}{tone}").replace(BELOW, "") for tone in range(1, 6)]
        except (ValueError, KeyError):
            left_out.append(syllable)
            continue
        print("\t".join([syllable, *spoken]))
    if left_out:
        raise SystemExit(f"no phonemes for {left_out}")


if __name__ == "__main__":
    main()
