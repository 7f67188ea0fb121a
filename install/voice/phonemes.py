"""Chinese text to the phonemes Kokoro was trained on. Words of the kiosk's own lexicon come before the general dictionary."""

import re
import subprocess

import jieba
import pypinyin
from misaki.zh import ZHG2P

HAN = re.compile(r"[\u3400-\u9fff〇]+")
# What remains of a mark for the model: a pause, its length and the melody before it.
MARKS = {"，": ",", "、": ",", "：": ",", "；": ";", "。": ".", "！": "!", "？": "?", "…": "…", "—": "—", "·": ","}

# Sounds of single characters that the dictionary reads otherwise.
SINGLES = {"嘀": "dī"}


# The order matters: diphthongs before the vowels they are made of.
ESPEAK_TO_KOKORO = [
    ("e^ɪ", "A"), ("eɪ", "A"), ("a^ɪ", "I"), ("aɪ", "I"), ("a^ʊ", "W"), ("aʊ", "W"), ("ɔ^ɪ", "Y"), ("ɔɪ", "Y"),
    ("ə^ʊ", "Q"), ("əʊ", "Q"), ("o^ʊ", "O"), ("oʊ", "O"), ("d^ʒ", "ʤ"), ("dʒ", "ʤ"), ("t^ʃ", "ʧ"), ("tʃ", "ʧ"),
    ("e^ə", "ɛː"), ("eə", "ɛː"), ("ɐ", "ə"), ("r", "ɹ"), ("x", "k"), ("ç", "k"), ("ɬ", "l"), ("ʔ", "t"), ("̩", ""),
]


class Chinese:
    """Reads characters; digits are to be spelled out before."""

    def __init__(self, lexicon: list[list[str]]):
        jieba.setLogLevel("ERROR")
        phrases = {}
        for word, reading in lexicon:
            jieba.add_word(word)
            phrases[word] = [[syllable] for syllable in _with_tone_marks(reading.split())]
        pypinyin.load_phrases_dict(phrases)
        pypinyin.load_single_dict({ord(character): reading for character, reading in SINGLES.items()})

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


def english(text: str) -> str:
    """British English by espeak-ng, in the spelling the model knows; its own reader needs a data set no registry serves."""
    said = []
    text = re.sub(r"\d{3,}", lambda row: " ".join(row[0]), text)
    for part in re.findall(r"[,.;:!?]|[^,.;:!?]+", text):
        if part in ",.;:!?":
            said.append(part)
        elif words := part.strip(" \"“”").replace("“", "").replace("”", "").replace('"', ""):
            command = ["espeak-ng", "-q", "--ipa=3", "-v", "en-gb", words]
            spoken = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            said.append((" " if said else "") + _as_the_model_spells(spoken))
    return "".join(said)


def _as_the_model_spells(ipa: str) -> str:
    ipa = " ".join(ipa.split()).replace("\u200d", "^").replace("_", "").replace("͡", "^")
    for theirs, ours in ESPEAK_TO_KOKORO:
        ipa = ipa.replace(theirs, ours)
    return re.sub(r"[-\u0329^]", "", ipa)


def reader(language: str, lexicon: list[list[str]]):
    """What turns a text of a language into phonemes."""
    if language == "zh-CN":
        return Chinese(lexicon).phonemes
    return english
