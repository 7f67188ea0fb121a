"""Chinese text to the phonemes Kokoro was trained on. Words of the kiosk's own lexicon come before the general dictionary."""

import re

import jieba
import pypinyin
from misaki.zh import ZHG2P

HAN = re.compile(r"[\u3400-\u9fff〇]+")
# What remains of a mark for the model: a pause, its length and the melody before it.
MARKS = {"，": ",", "、": ",", "：": ",", "；": ";", "。": ".", "！": "!", "？": "?", "…": "…", "—": "—", "·": ","}


class Chinese:
    """Reads characters; digits are to be spelled out before."""

    def __init__(self, lexicon: list[list[str]]):
        jieba.setLogLevel("ERROR")
        phrases = {}
        for word, reading in lexicon:
            jieba.add_word(word)
            phrases[word] = [[syllable] for syllable in _with_tone_marks(reading.split())]
        pypinyin.load_phrases_dict(phrases)

    def phonemes(self, text: str) -> str:
        """All phonemes of a text, a blank between words."""
        said = ""
        for part in re.findall(r"[\u3400-\u9fff〇]+|[^\u3400-\u9fff〇]", text):
            if HAN.fullmatch(part):
                words = jieba.lcut(part.replace("〇", "零"), cut_all=False)
                said += " ".join(ZHG2P.word2ipa(word) for word in words)
            elif part in MARKS:
                said = said.rstrip() + MARKS[part] + " "
            elif part.strip() and part not in "“”《》":
                raise SystemExit(f"{part!r} in {text!r} has no reading; spell it out")
        return said.replace(chr(815), "").strip()

    def pinyin(self, text: str) -> list[str]:
        """Syllables with their tones, as they go to the model; for comparing with the kiosk's own reading."""
        syllables = []
        for part in HAN.findall(text):
            for word in jieba.lcut(part.replace("〇", "零"), cut_all=False):
                syllables += pypinyin.lazy_pinyin(word, style=pypinyin.Style.TONE3, neutral_tone_with_five=True)
        return syllables


def _with_tone_marks(syllables: list[str]) -> list[str]:
    from pypinyin.contrib.tone_convert import to_tone

    return [to_tone(syllable.replace("5", "")) if syllable[:-1] != "r" else "er" for syllable in syllables]
