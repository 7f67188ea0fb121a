"""Gives every text the recogniser did not understand another take, and keeps for each the one that was heard best.

Which take it is goes into takes-LANGUAGE.json beside this file, so that the pack is made the same way again.
"""

import json
import subprocess
import sys
from pathlib import Path

from gate import PROMPT_PERCENT_MAX
from speak import SPEEDS, arguments, chosen_takes, takes_file


def make_and_hear(chosen) -> dict[str, float]:
    """Makes the pack with the takes as they are chosen, and says how much of each text is misheard."""
    shared = ["--texts", chosen.texts, "--cache", chosen.cache]
    for script, more in [("speak.py", []), ("pack.py", ["--pack", chosen.pack]), ("gate.py", ["--pack", chosen.pack])]:
        # The gate ends with 1 as long as there is anything to retake.
        subprocess.run([sys.executable, Path(__file__).parent / script, *shared, *more], check=script != "gate.py")
    clips = json.loads((chosen.pack / "manifest.json").read_text())["clips"]
    return {clip["text"]: clip["misheard_percent"] for clip in clips if "misheard_percent" in clip}


def keep(language: str, takes: dict[str, int]) -> None:
    lines = json.dumps(dict(sorted(takes.items())), ensure_ascii=False, indent=1)
    takes_file(language).write_text(lines + "\n")


def main() -> None:
    options = arguments(__doc__, pack=True)
    chosen = options.parse_args()
    language = json.loads(chosen.texts.read_text())["language"]

    takes = chosen_takes(language)
    first = {text: percent for text, percent in make_and_hear(chosen).items() if percent > PROMPT_PERCENT_MAX}
    best = {text: (percent, takes.get(text, 0)) for text, percent in first.items()}
    for take in range(len(SPEEDS)):
        again = [text for text, (percent, _) in best.items() if percent > PROMPT_PERCENT_MAX and take != takes.get(text, 0)]
        if not again:
            continue
        keep(language, takes | {text: take for text in again})
        heard = make_and_hear(chosen)
        best |= {text: min(best[text], (heard[text], take)) for text in again}
    takes |= {text: take for text, (_, take) in best.items()}
    keep(language, {text: take for text, take in takes.items() if take})
    make_and_hear(chosen)


if __name__ == "__main__":
    main()
