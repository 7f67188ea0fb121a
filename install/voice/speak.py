"""Speaks every utterance of a text list into the cache. What is there already is left alone, so it can be stopped and started again."""

import argparse
import hashlib
import json
import os
import re
from pathlib import Path

import soundfile

from engine import PAUSE_FRAMES, RATE_HZ, Kokoro, assemble_model, is_mark
from phonemes import Chinese, reader

# Whatever changes the sound of an utterance beside its text; a new value makes everything new.
ENGINE = "kokoro-82m-int8 1"
VOICES = {"zh-CN": "zf_xiaoyi", "en": "bf_emma"}
# Slower than the model's own pace: the listeners are old. Later takes are for clips the recogniser did not understand.
SPEEDS = [0.9, 0.85, 0.95, 0.8]


def arguments(description: str, pack: bool) -> argparse.ArgumentParser:
    """What every script of a pack is told."""
    options = argparse.ArgumentParser(description=description)
    options.add_argument("--texts", type=Path, required=True, help="what `kiosk voice texts --json` says, with --all or without")
    options.add_argument("--cache", type=Path, required=True, help="folder of the set-up script")
    if pack:
        options.add_argument("--pack", type=Path, required=True, help="folder of the pack")
    return options


def utterance_key(language: str, utterance: dict, take: int) -> str:
    """Names an utterance in the cache: the same text, voice and take have the same key."""
    pieces = "|".join(piece["say"] for piece in utterance["pieces"])
    if any(is_mark(piece["say"]) for piece in utterance["pieces"][:-1]):
        pieces += f"/pauses of {PAUSE_FRAMES}"
    return hashlib.sha256(f"{ENGINE}/{VOICES[language]}/{SPEEDS[take]}/{pieces}".encode()).hexdigest()[:24]


def takes_file(language: str) -> Path:
    """Where it stands which texts are said in another take than the first: a text and its take each."""
    return Path(__file__).parent / f"takes-{language}.json"


def chosen_takes(language: str) -> dict[str, int]:
    file = takes_file(language)
    return json.loads(file.read_text()) if file.exists() else {}


def takes_of(utterance: dict, takes: dict[str, int]) -> list[int]:
    """The takes from which clips of this utterance come."""
    return sorted({takes.get(piece["text"], 0) for piece in utterance["pieces"] if piece["wanted"]})


def pieces_in_phonemes(read, utterance: dict) -> list[str]:
    """Phonemes of each piece, a blank between two of them unless a mark follows."""
    phonemes = [read(piece["say"]) for piece in utterance["pieces"]]
    joined = [
        part + (" " if after and after[0] not in ",.;:!?" else "") for part, after in zip(phonemes, phonemes[1:] + [""])
    ]
    return [part + " " if part[-1:] in (",", ";", ":") else part for part in joined]


def report_readings(texts: dict) -> None:
    """Prints where the reader of characters and the kiosk's own disagree: one of the two wants a word in the lexicon.

    Tones of 一 and 不 and neutral tones are left out: both change with the neighbours, and the model knows how.
    """
    if texts["language"] != "zh-CN":
        return
    chinese = Chinese(texts["lexicon"])
    for piece in (piece for utterance in texts["utterances"] for piece in utterance["pieces"] if piece["wanted"]):
        ours = re.findall(r"[a-zü]+[1-5]", piece["reading"].replace("v", "ü"))
        theirs = [syllable.replace("v", "ü") for syllable in chinese.pinyin(piece["say"])]
        differing = [f"{a}/{b}" for a, b in zip(theirs, ours) if not alike(a, b)]
        if differing or len(ours) != len(theirs):
            print(f"read otherwise: {piece['say']}: {' '.join(differing) or (theirs, ours)}")


def alike(one: str, other: str) -> bool:
    same = one[:-1] == other[:-1] or {one[:-1], other[:-1]} == {"r", "er"}
    return same and (one == other or one[:-1] in ("yi", "bu") or "5" in (one[-1], other[-1]))


def main() -> None:
    options = arguments(__doc__, pack=False)
    options.add_argument("--part", default="1/1", help="this share of the work, such as 1/2")
    options.add_argument("--readings", action="store_true", help="only compare the readings, and speak nothing")
    chosen = options.parse_args()

    texts = json.loads(chosen.texts.read_text())
    language = texts["language"]
    if chosen.readings:
        report_readings(texts)
        return
    nth, of = map(int, chosen.part.split("/"))
    wheels, spoken = chosen.cache / "wheels", chosen.cache / "spoken"
    spoken.mkdir(parents=True, exist_ok=True)
    takes = chosen_takes(language)
    wanted = [(u, take) for u in texts["utterances"] for take in takes_of(u, takes)]
    wanted = [both for at, both in enumerate(wanted) if at % of == nth - 1]
    wanted = [both for both in wanted if not (spoken / f"{utterance_key(language, *both)}.json").exists()]
    if not wanted:
        print("nothing new to speak")
        return
    model = assemble_model(wheels, chosen.cache / "kokoro-held.onnx")
    kokoro = Kokoro(model, chosen.cache / "voices" / f"{VOICES[language]}.bin", wheels)
    read = reader(language, texts["lexicon"])
    for at, (utterance, take) in enumerate(wanted, 1):
        samples, starts = kokoro.speak(pieces_in_phonemes(read, utterance), SPEEDS[take])
        key = utterance_key(language, utterance, take)
        soundfile.write(spoken / f"{key}.wav", samples, RATE_HZ, subtype="PCM_16")
        # The places are written last and in one step: where they are, the sound is whole.
        unfinished = spoken / f"{key}.json.{os.getpid()}"
        unfinished.write_text(json.dumps({"starts": starts}))
        os.replace(unfinished, spoken / f"{key}.json")
        print(f"{at}/{len(wanted)} {utterance['id']} {len(samples) / RATE_HZ:.1f} s", flush=True)


if __name__ == "__main__":
    main()
