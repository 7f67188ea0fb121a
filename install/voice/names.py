"""Lets the kiosk's engine say names and places, and listens to each behind a sentence that is heard well."""

import argparse
import json
import re
import subprocess
import tempfile
from pathlib import Path

import numpy as np

from gate import HEARD_HZ, LEAD, Listener, edits, load, syllables
from phonemes import Chinese

TIMES = re.compile(r"^(?P<text>.+)\t(?P<lasts>[0-9.]+) s of speech, made in (?P<took>[0-9.]+) s$", re.MULTILINE)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--kiosk", required=True, help="the program, built with its engine")
    options.add_argument("--model", type=Path, required=True, help="folder of install/voice-engine.sh")
    options.add_argument("--cache", type=Path, required=True, help="folder of install/voice/fetch.sh")
    options.add_argument("--pack", type=Path, required=True, help="pack that has the sentence before")
    options.add_argument("--names", type=Path, required=True, help="a synthetic name or place a line")
    chosen = options.parse_args()
    read = Chinese([]).pinyin
    clips = json.loads((chosen.pack / "manifest.json").read_text())["clips"]
    lead = load(chosen.pack / next(clip["file"] for clip in clips if clip["text"] == LEAD))
    names = chosen.names.read_text().split()
    wrong = right = total = 0
    lasts = took = 0.0
    with tempfile.TemporaryDirectory() as folder:
        said = []
        for nth, name in enumerate(names):
            wav = Path(folder) / f"{nth}.wav"
            command = [chosen.kiosk, "voice", "say", "--model", chosen.model, "--out", wav, name]
            answer = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            said.append((name, wav, TIMES.search(answer)))
        # Only now, so that the recogniser takes no time from the engine.
        listener = Listener(chosen.cache / "wheels", chosen.cache / "whisper-base", 2)
        for name, wav, times in said:
            sound = np.concatenate([lead, np.zeros(HEARD_HZ // 3, np.float32), load(wav)])
            heard = listener.hears(sound, "zh-CN")
            mistakes = edits(syllables(LEAD + name, "zh-CN", read), syllables(heard, "zh-CN", read))
            wrong += mistakes
            total += len(name)
            right += not mistakes
            lasts += float(times["lasts"])
            took += float(times["took"])
            print(f"{mistakes} of {len(name)}  {times['lasts']} s in {times['took']} s  {name} → {heard}", flush=True)
    print(f"{right} of {len(names)} heard without a mistake; {100 * wrong / total:.1f} % of {total} syllables misheard")
    print(f"{took / lasts:.2f} s to make one second of speech")


if __name__ == "__main__":
    main()
