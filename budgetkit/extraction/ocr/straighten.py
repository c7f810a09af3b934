"""A scanned page set straight, and the rules of its tables taken out of the picture.

OpenCV, which camelot brings, does the work; it is imported when the first scan is read.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from budgetkit.extraction.ocr.recogniser import Grey

#: Angles (degrees) that a page is tried at: first all by the coarse step, then around the best.
WIDEST, COARSE, FINE = 5.0, 0.25, 0.02
#: Pixels an inch at which angles are tried.
TRIED_AT = 75
#: Ink is darker than its surroundings (pixels at 200 an inch) by so many grey levels.
AROUND, DARKER = 41, 18
#: A rule is at least this long, and at most this thick (points).  One that is shorter than is sure
#: ends at such rules across it, this near: strokes of characters do not.
LONG, THICK, SURE, MEETS = 10.0, 4.5, 60.0, 4.0
#: A run of ink along which other ink stands this near (pixels), over more than this share of it, is
#: made of the strokes of a line of text.
NEAR, CROWDED = 6, 0.4
#: A line this near (points) to the edge of the page is the edge of the paper.
EDGE = 8.0
#: Pixels around a rule that are taken out with it.
RIM = 2


class PixelRule(NamedTuple):
    """A rule in a picture: its middle line (pixels)."""

    x0: float
    top: float
    x1: float
    bottom: float


class _Run(NamedTuple):
    """Ink along a line: its middle line, its box, which pixels of that are its own, its length."""

    rule: PixelRule
    box: tuple[int, int, int, int]
    mask: Grey
    length: int


def dark(grey: Grey) -> Grey:
    """Return which pixels are ink (255) and which are not (0), however the paper is lit."""
    import cv2

    found: Any = cv2.adaptiveThreshold(
        255 - grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, AROUND, -DARKER
    )
    return np.asarray(found, dtype=np.uint8)


def tilt_of(grey: Grey, scale: float) -> float:
    """Find by how many degrees a page must be turned counterclockwise to lie straight.

    Rows of pixels differ most in their ink where lines of text and rules run along them.

    Parameters
    ----------
    grey
        The page.
    scale
        Pixels a point.

    Returns
    -------
    float
        0 for a page without ink.
    """
    import cv2

    share = min(1.0, TRIED_AT / (72 * scale))
    small = np.asarray(
        cv2.resize(dark(grey), None, fx=share, fy=share, interpolation=cv2.INTER_AREA), np.uint8
    )
    if not small.any():
        return 0.0

    def score(angle: float) -> float:
        rows = np.asarray(_turned(small, angle, 0)).sum(axis=1, dtype=np.float64)
        return float(np.square(np.diff(rows)).sum())

    best = max(np.arange(-WIDEST, WIDEST + COARSE, COARSE), key=lambda angle: score(float(angle)))
    around = np.arange(best - COARSE, best + COARSE, FINE)
    return round(float(max(around, key=lambda angle: score(float(angle)))), 3)


def straight(grey: Grey, tilt: float) -> Grey:
    """Turn a page around its middle; white comes in at its corners.

    Parameters
    ----------
    grey
        The page.
    tilt
        Degrees counterclockwise.

    Returns
    -------
    ndarray
        Of the same size.
    """
    return _turned(grey, tilt, 255) if tilt else grey


def _turned(picture: Grey, angle: float, ground: int) -> Grey:
    import cv2

    height, width = picture.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    turned = cv2.warpAffine(
        picture, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=float(ground)
    )
    return np.asarray(turned, dtype=np.uint8)


def take_rules(grey: Grey, scale: float) -> tuple[list[PixelRule], Grey]:
    """Find the rules of a straight page, and take them out of its picture.

    Parameters
    ----------
    grey
        The page.
    scale
        Pixels a point.

    Returns
    -------
    rules : list of PixelRule
    cleared : ndarray
        The picture, white where a rule was.
    """
    import cv2

    ink = dark(grey)
    flat, upright = _runs(ink, scale, True), _runs(ink, scale, False)
    long = [run for run in (*flat, *upright) if run.length >= SURE * scale]
    kept = [
        run
        for run in (*flat, *upright)
        if run.length >= SURE * scale or _is_held(run, long, MEETS * scale)
    ]
    gone = np.zeros(grey.shape, dtype=np.uint8)
    for run in kept:
        x0, top, x1, bottom = run.box
        gone[top:bottom, x0:x1] |= run.mask
    cleared = grey.copy()
    cleared[cv2.dilate(gone, np.ones((2 * RIM + 1, 2 * RIM + 1), np.uint8)) > 0] = 255
    rules = [run.rule for run in kept if not _is_edge(run.rule, grey.shape, EDGE * scale)]
    return rules, cleared


def _runs(ink: Grey, scale: float, flat: bool) -> list[_Run]:
    """Find the runs of ink along one direction that may be rules."""
    import cv2

    length = max(3, round(LONG * scale))
    shape = (1, length) if flat else (length, 1)
    runs = np.asarray(cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(shape, np.uint8)))
    count, labels, stats, middles = cv2.connectedComponentsWithStats(runs, connectivity=8)
    rest = (ink > 0) & (runs == 0)
    found = []
    for i in range(1, count):
        x, y, width, height, area = (int(value) for value in stats[i])
        along, across = (width, height) if flat else (height, width)
        # By its ink: one that is not quite straight fills a higher box.
        if area / along > THICK * scale or along < across:
            continue
        box = (x, y, x + width, y + height)
        if _beside(rest, box, flat) > CROWDED:
            continue
        middle = float(middles[i][1 if flat else 0]) + 0.5
        rule = (x, middle, x + width, middle) if flat else (middle, y, middle, y + height)
        mask = (labels[y : y + height, x : x + width] == i).astype(np.uint8)
        found.append(_Run(PixelRule(*rule), box, mask, along))
    return found


def _is_held(run: _Run, long: list[_Run], near: float) -> bool:
    """Whether a short run ends at long rules across it, as an edge of a cell does."""
    x0, top, x1, bottom = run.rule
    flat = top == bottom
    across = [one.rule for one in long if (one.rule.top == one.rule.bottom) != flat]
    if flat:
        return all(
            any(abs(rule.x0 - x) <= near and rule.top - near <= top <= rule.bottom + near
                for rule in across)
            for x in (x0, x1)
        )  # fmt: skip
    return all(
        any(abs(rule.top - y) <= near and rule.x0 - near <= x0 <= rule.x1 + near
            for rule in across)
        for y in (top, bottom)
    )  # fmt: skip


def _beside(rest: npt.NDArray[np.bool_], box: tuple[int, int, int, int], flat: bool) -> float:
    """The share of a run along which other ink stands close to it, on the side that has more."""
    x0, top, x1, bottom = box
    if flat:
        top, bottom = top - RIM, bottom + RIM
    else:
        x0, x1 = x0 - RIM, x1 + RIM
    sides = (
        (rest[max(0, top - NEAR) : max(0, top), x0:x1], rest[bottom : bottom + NEAR, x0:x1])
        if flat
        else (rest[top:bottom, max(0, x0 - NEAR) : max(0, x0)], rest[top:bottom, x1 : x1 + NEAR])
    )
    shares = [float(np.any(side, axis=0 if flat else 1).mean()) for side in sides if side.size]
    return max(shares, default=0.0)


def _is_edge(rule: PixelRule, shape: tuple[int, ...], near: float) -> bool:
    """Whether a line runs along the edge of the picture: the edge of the paper."""
    height, width = shape[:2]
    if rule.top == rule.bottom:
        return min(rule.top, height - rule.top) < near
    return min(rule.x0, width - rule.x0) < near
