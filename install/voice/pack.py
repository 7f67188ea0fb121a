"""Cuts what was spoken into clips, brings them to one loudness and writes the pack. Only clips that changed are written."""

import hashlib
import json
from pathlib import Path

import numpy as np
import pypinyin
import soundfile

from engine import RATE_HZ, is_mark
from speak import VOICES, arguments, chosen_takes, takes_of, utterance_key

# Speech at this level of its loud parts is as loud from clip to clip as one speaker in one room.
LEVEL_DBFS = -19.0
PEAK_DBFS = -1.0
# Quieter than this under the loudest part is no speech any more.
SILENCE_DB = -42.0
# Kept before and after speech, so that no first consonant is cut.
MARGIN_MS = 25
FADE_IN_MS = 6
# Longer, for a vowel may sound into the pause it is cut in.
FADE_OUT_MS = 20
# The sound of a syllable begins earlier or later than its place in the model says, by how it begins: the closure of a stop
# falls into the blank before it, a liquid comes late. Medians of the quietest places around 470 boundaries.
ONSET_MS = {
    "zh": -67, "ch": -67, "sh": -5, "z": -67, "c": -67, "s": -5, "j": -67, "q": -67, "x": -5, "f": -5, "h": -5,
    "b": -30, "p": -30, "d": -30, "t": -30, "g": -30, "k": -30, "l": 95, "m": 60, "n": 60, "r": 40, "y": 47, "w": 47, "e": -80,
}
# A cut is moved to the quietest place this near to there.
SEARCH_MS = 35
# A pause may begin and end this much before and after its place in the model.
PAUSE_REACH_MS = 40
# Without a dip a group begins this much before its place in the model, and ends this much after it.
HEAD_MS = 60
TAIL_MS = 70
# The vowel of 十 sounds on into the pause and was heard as 十一, so it ends at its place.
TAIL_OF_TEN_MS = -30
# A hiss begins before its vowel, and between the two there is a dip that is none.
HISS_MS = 100
HISSING = "s"
# A dip is quieter than what lies within this time of it by so much.
DIP_DB = 12.0
NEAR_MS = 150
DIP_STEP_MS = 10
# Vorbis quality 3, in the writer's scale from best 0 to worst 1.
COMPRESSION = 0.7
LABEL = "人工智能合成语音 / synthetic speech made by a machine"
SOURCE = "Kokoro-82M (int8), voice {voice}"
LICENCE = "Apache-2.0"


def level(samples: np.ndarray, window_ms: int = 10) -> np.ndarray:
    """Level in decibels under full scale, one value a window."""
    window = RATE_HZ * window_ms // 1000
    whole = samples[: len(samples) // window * window].reshape(-1, window)
    return 10 * np.log10(np.mean(whole**2, axis=1) + 1e-10)


def at_one_loudness(samples: np.ndarray) -> np.ndarray:
    """The whole utterance at the level of the pack: measured over its loud half, so that pauses do not count."""
    levels = level(samples)
    loud = levels[levels > levels.max() + SILENCE_DB / 2]
    gain = 10 ** ((LEVEL_DBFS - 10 * np.log10(np.mean(10 ** (loud / 10)))) / 20)
    return samples * min(gain, 10 ** (PEAK_DBFS / 20) / max(np.abs(samples).max(), 1e-6))


def quietest(samples: np.ndarray, near: int) -> int:
    """The quietest place around a boundary: the closure of a consonant or the dip between two syllables."""
    reach, window = RATE_HZ * SEARCH_MS // 1000, RATE_HZ * 5 // 1000
    first = max(0, near - reach)
    around = samples[first : near + reach] ** 2
    if len(around) < 2 * window:
        return near
    energy = np.convolve(around, np.ones(window) / window, mode="same")
    return first + int(np.argmin(energy))


def pause(samples: np.ndarray, start: int, end: int, said: str, follows: str) -> tuple[int, int]:
    """Where the sound before a pause ends and the sound after it begins: at the first dip and at the last.

    In a pause that is held the model may hum or hiss; what lies between two dips was heard as a syllable of its own.
    """
    first = max(0, start - RATE_HZ * PAUSE_REACH_MS // 1000)
    step = RATE_HZ * DIP_STEP_MS // 1000
    hisses = follows.startswith(HISSING)
    levels = level(samples[first : end - RATE_HZ * (HISS_MS if hisses else PAUSE_REACH_MS // 2) // 1000], DIP_STEP_MS)
    near = RATE_HZ * NEAR_MS // 1000 // step
    dips = [at for at in range(1, len(levels) - 1) if levels[at - 1] >= levels[at] <= levels[at + 1]]
    after = [at for at in dips if levels[at] < levels[max(0, at - near) : at].max() - DIP_DB]
    before = [at for at in dips if levels[at] < levels[at : at + near].max() - DIP_DB]
    tail_ms = TAIL_OF_TEN_MS if said.endswith("十") else TAIL_MS
    ends = min(first + (after[0] if after else int(np.argmin(levels))) * step, start + RATE_HZ * tail_ms // 1000)
    begins = first + before[-1] * step if before else end - RATE_HZ * (HISS_MS if hisses else HEAD_MS) // 1000
    return ends, max(ends, begins)


def cut_places(pieces: list[dict], samples: np.ndarray, starts: list[int]) -> list[tuple[int, int]]:
    """Where each piece begins and ends.

    The first piece begins with the sound, the last ends with it: the model's silence around them is trimmed.
    """
    places, begins = [], 0
    following = [*pieces[2:], None, None]
    for piece, after, then, start, end in zip(pieces, pieces[1:], following, starts[1:], starts[2:] + starts[-1:]):
        if is_mark(piece["say"]):
            places.append((begins, begins))
            continue
        if is_mark(after["say"]):
            ends, begun = pause(samples, start, end, piece["say"], spelled(then["say"]) if then else "")
        else:
            ends = begun = quietest(samples, start + onset(after["say"]))
        places.append((begins, ends))
        begins = begun
    return [*places, (begins, len(samples))]


def onset(text: str) -> int:
    """How many samples after its place in the model a text begins to sound. Before a mark the voice may fade out."""
    first = spelled(text)
    expected = next((ONSET_MS[start] for start in (first[:2], first[:1]) if start in ONSET_MS), 100)
    return RATE_HZ * expected // 1000


def spelled(text: str) -> str:
    """The first syllable, without its tone."""
    return pypinyin.lazy_pinyin(text[0])[0]


def trimmed(samples: np.ndarray) -> np.ndarray:
    """Without the silence at both ends, with soft edges."""
    levels = level(samples, 5)
    speech = np.nonzero(levels > levels.max() + SILENCE_DB)[0]
    step, margin = RATE_HZ * 5 // 1000, RATE_HZ * MARGIN_MS // 1000
    cut = samples[max(0, speech[0] * step - margin) : (speech[-1] + 1) * step + margin].copy()
    fade_in, fade_out = (min(RATE_HZ * fade_ms // 1000, len(cut) // 2) for fade_ms in (FADE_IN_MS, FADE_OUT_MS))
    cut[:fade_in] *= np.linspace(0, 1, fade_in)
    cut[len(cut) - fade_out :] *= np.linspace(1, 0, fade_out)
    return cut


def clips(utterance: dict, wav: Path, starts: list[int]):
    """Every wanted piece of an utterance with its sound."""
    samples, _ = soundfile.read(wav, dtype="float32")
    samples = at_one_loudness(samples)
    pieces = utterance["pieces"]
    for piece, (first, last) in zip(pieces, cut_places(pieces, samples, starts)):
        if piece["wanted"]:
            yield piece, trimmed(samples[first:last])


def write_clip(path: Path, samples: np.ndarray, text: str, language: str) -> None:
    """One Ogg Vorbis file that says of itself that a machine speaks."""
    with soundfile.SoundFile(
        path, "w", RATE_HZ, 1, format="OGG", subtype="VORBIS", compression_level=COMPRESSION
    ) as file:
        file.title = text
        file.artist = VOICES[language]
        file.comment = LABEL
        file.license = LICENCE
        file.software = "Kokoro-82M"
        file.write(samples)


def old_clips(manifest: Path) -> dict:
    if not manifest.exists():
        return {}
    return {clip["text"]: clip for clip in json.loads(manifest.read_text())["clips"]}


def write_manifest(path: Path, language: str, speakers: dict, entries: list[dict]) -> None:
    """One clip a line, sorted by text, so that a difference shows which clips changed."""
    head = {"format": 1, "language": language, "speakers": speakers}
    lines = ",\n".join(json.dumps(e, ensure_ascii=False) for e in sorted(entries, key=lambda e: e["text"]))
    text = json.dumps(head, ensure_ascii=False, indent=1)[:-2] + ',\n "clips": [\n' + lines + "\n]}\n"
    path.write_text(text)


def main() -> None:
    options = arguments(__doc__, pack=True)
    chosen = options.parse_args()

    texts = json.loads(chosen.texts.read_text())
    language, spoken = texts["language"], chosen.cache / "spoken"
    voice = VOICES[language]
    chosen.pack.mkdir(parents=True, exist_ok=True)
    manifest = chosen.pack / "manifest.json"
    old = old_clips(manifest)
    takes = chosen_takes(language)
    speakers = json.loads(manifest.read_text())["speakers"] if manifest.exists() else {}
    speakers[voice] = {"source": SOURCE.format(voice=voice), "licence": LICENCE, "synthetic": True}

    entries, written, unspoken = [], 0, []
    for utterance in texts["utterances"]:
        for piece in utterance["pieces"]:
            kept = old.get(piece["text"])
            # What somebody recorded stays; a machine never speaks over it.
            if piece["wanted"] and kept and not speakers[kept["speaker"]]["synthetic"]:
                entries.append(kept)
                piece["wanted"] = False
        for take in takes_of(utterance, takes):
            key = utterance_key(language, utterance, take)
            chosen_here = [p for p in utterance["pieces"] if p["wanted"] and takes.get(p["text"], 0) == take]
            if not (spoken / f"{key}.json").exists():
                unspoken += [p["text"] for p in chosen_here]
                continue
            if all(made_from(key, utterance) == old.get(p["text"], {}).get("made_from") for p in chosen_here):
                entries += [old[p["text"]] for p in chosen_here]
                continue
            starts = json.loads((spoken / f"{key}.json").read_text())["starts"]
            for piece, samples in clips(utterance, spoken / f"{key}.wav", starts):
                if piece in chosen_here:
                    entries.append(clip_entry(chosen.pack, piece, samples, made_from(key, utterance), language))
                    written += 1
    write_manifest(manifest, language, speakers, entries)
    known = {entry["file"] for entry in entries}
    for stale in [file for file in chosen.pack.glob("*.ogg") if file.name not in known]:
        stale.unlink()
    print(f"{len(entries)} clips, {written} of them new; {len(unspoken)} texts not spoken yet: {' '.join(unspoken[:5])}")


# Grows when the same utterance is to be cut differently.
CUTTING = 7


def made_from(key: str, utterance: dict) -> str:
    """A text said whole is not cut, so another way of cutting leaves its clip alone."""
    return f"{key}-{CUTTING if len(utterance['pieces']) > 1 else 1}"


def clip_entry(pack: Path, piece: dict, samples: np.ndarray, made: str, language: str) -> dict:
    name = hashlib.sha256(piece["text"].encode()).hexdigest()[:16] + ".ogg"
    write_clip(pack / name, samples, piece["text"], language)
    return {
        "text": piece["text"],
        "file": name,
        "sha256": hashlib.sha256((pack / name).read_bytes()).hexdigest(),
        "length_ms": round(len(samples) * 1000 / RATE_HZ),
        "speaker": VOICES[language],
        "made_from": made,
    }


if __name__ == "__main__":
    main()
