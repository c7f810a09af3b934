"""Pictures of lines into text, by the models that rapidocr carries.

The only module that knows rapidocr (its wheel holds the models, so that it runs offline).  It is
imported when the first picture is read; a process keeps one recogniser, which works on one
thread: work goes over processes.  Of rapidocr's pipeline only the models are used: the lines are
cut by the callers, padded no wider than they are, and read in batches of like widths.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import cache
from importlib import metadata
from importlib.util import find_spec
from typing import Any, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from budgetkit.errors import UsageError

#: What to install to have pictures read.
EXTRA = "budgetkit[ocr]"
#: Modules that the extra brings, and the distributions whose versions tell how it reads.
_MODULES = ("rapidocr", "onnxruntime", "cv2")
_DISTRIBUTIONS = ("rapidocr", "onnxruntime", "opencv-python-headless")
#: The model reads lines of this height (pixels), and gives a letter for each so many columns.
HEIGHT, STRIDE = 48, 8
#: Lines read at once; widths (pixels at that height) are padded to a multiple.
BATCH, WIDTH_STEP = 16, 16
#: Of a character less sure than this so many others are named, of at least this confidence.
CERTAIN, OTHERS, LEAST = 0.99, 5, 0.02
#: Threads of a process.
THREADS = 1

#: Grey values of a picture: rows of pixels, 0 is black.
Grey = npt.NDArray[np.uint8]


class SeenChar(NamedTuple):
    """A character that was recognised; its middle as a share of the width of its picture.

    ``others`` are what else it may be, the likeliest first.
    """

    text: str
    middle: float
    confidence: float
    others: str = ""


class Seen(NamedTuple):
    """What a picture of one line reads as; ``confidence`` is that of its least sure character."""

    text: str
    confidence: float
    chars: tuple[SeenChar, ...]


NOTHING = Seen("", 0.0, ())


class Reader(Protocol):
    """Reads pictures of one line each."""

    def __call__(self, pictures: Sequence[Grey]) -> list[Seen]:
        """Return what each picture reads as."""
        ...


def is_installed() -> bool:
    """Whether the extra is there."""
    return all(find_spec(name) is not None for name in _MODULES)


def version() -> str:
    """Return what reads pictures here: results of another recogniser are out of date."""
    if not is_installed():
        return ""
    return " ".join(f"{name} {metadata.version(name)}" for name in _DISTRIBUTIONS)


def require_recogniser() -> None:
    """Raise ``UsageError`` where the extra is missing."""
    if not is_installed():
        raise UsageError(
            "reading pictures needs the optional text recognition",
            remedy=f"install it: pip install '{EXTRA}'",
        )


def read_lines(pictures: Sequence[Grey]) -> list[Seen]:
    """Read pictures of one line each, in batches of like widths.

    Parameters
    ----------
    pictures
        Grey values, of any size.

    Returns
    -------
    list of Seen
        In the same order; :data:`NOTHING` for an empty picture.

    Raises
    ------
    UsageError
        The extra is not installed.
    """
    found = [NOTHING] * len(pictures)
    wide = [(max(picture.shape[1] / picture.shape[0], 0.01), i)
            for i, picture in enumerate(pictures) if picture.size]  # fmt: skip
    wide.sort()
    for start in range(0, len(wide), BATCH):
        part = wide[start : start + BATCH]
        for (_, i), seen in zip(part, _batch([pictures[i] for _, i in part]), strict=True):
            found[i] = seen
    return found


def find_lines(picture: Grey) -> list[tuple[float, float, float, float]]:
    """Find where text stands in a picture.

    Returns
    -------
    list of tuple
        Left, upper, right and lower edge of each line, in pixels; top to bottom.

    Raises
    ------
    UsageError
        The extra is not installed.
    """
    found = _detector()(np.repeat(picture[:, :, None], 3, axis=2))
    boxes = [] if found.boxes is None else found.boxes
    return [
        (float(box[:, 0].min()), float(box[:, 1].min()), float(box[:, 0].max()),
         float(box[:, 1].max()))
        for box in boxes
    ]  # fmt: skip


def _batch(pictures: Sequence[Grey]) -> list[Seen]:
    model = _model()
    widths = [round(HEIGHT * picture.shape[1] / picture.shape[0]) or 1 for picture in pictures]
    padded = max(-(-max(widths) // WIDTH_STEP) * WIDTH_STEP, HEIGHT)
    inputs = [
        model.resize_norm_img(np.repeat(picture[:, :, None], 3, axis=2), padded / HEIGHT)
        for picture in pictures
    ]
    letters = model.postprocess_op.character
    found = model.session(np.stack(inputs).astype(np.float32))
    columns = found.shape[1] / padded
    return [
        _decoded(one, letters, width * columns) for one, width in zip(found, widths, strict=True)
    ]


def _decoded(found: npt.NDArray[np.float32], letters: list[str], columns: float) -> Seen:
    """The text of one line: repeats of a letter are one, and the first letter is none at all.

    ``found`` has a row for each column of the model, of which the line fills ``columns``.
    """
    best, sure = found.argmax(axis=1), found.max(axis=1)
    chars: list[SeenChar] = []
    start = 0
    for i in range(1, len(best) + 1):
        if i < len(best) and best[i] == best[start]:
            continue
        if best[start]:
            middle = (start + i) / 2 / columns
            surest = start + int(sure[start:i].argmax())
            confidence = round(float(sure[surest]), 4)
            others = _others(found[surest], letters) if confidence < CERTAIN else ""
            chars.append(SeenChar(letters[best[start]], middle, confidence, others))
        start = i
    text = "".join(char.text for char in chars)
    inked = [char.confidence for char in chars if char.text != " "]
    return Seen(text, min(inked), tuple(chars)) if inked else NOTHING


def _others(shares: npt.NDArray[np.float32], letters: list[str]) -> str:
    """The letters that are likeliest after the first, most likely first."""
    order = np.argsort(shares)[::-1][1 : OTHERS + 1]
    return "".join(letters[i] for i in order if i and shares[i] >= LEAST and len(letters[i]) == 1)


@cache
def _settings() -> Any:
    require_recogniser()
    from rapidocr.main import DEFAULT_CFG_PATH, root_dir
    from rapidocr.utils.log import logger
    from rapidocr.utils.parse_parameters import ParseParams

    logger.setLevel(logging.ERROR)
    settings = ParseParams.load(DEFAULT_CFG_PATH)
    engine = settings.EngineConfig["onnxruntime"]
    engine.intra_op_num_threads = engine.inter_op_num_threads = THREADS
    for part in (settings.Rec, settings.Det):
        part.engine_cfg, part.model_root_dir = engine, root_dir / "models"
    settings.Rec.font_path = None
    return settings


@cache
def _model() -> Any:
    settings = _settings()
    from rapidocr.ch_ppocr_rec import TextRecognizer

    return TextRecognizer(settings.Rec)


@cache
def _detector() -> Any:
    settings = _settings()
    from rapidocr.ch_ppocr_det import TextDetector

    return TextDetector(settings.Det)
