"""Figures, their goals, and the table."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Goal:
    """What a figure is to be: `ratio` bounds ours by the peer's, `value` ours alone. `bound` is one of < <= >= =."""

    bound: str
    ratio: float | None = None
    value: float | None = None

    def __str__(self) -> str:
        return f"{self.bound} {self.ratio:g} x peer" if self.ratio is not None else f"{self.bound} {self.value:g}"


@dataclass(frozen=True, slots=True)
class Figure:
    """One row: the value of each round of both bots, ours first."""

    name: str
    unit: str
    ours: Sequence[float]
    peers: Sequence[float]
    goal: Goal | None = None
    digits: int = 1

    @property
    def ratio(self) -> float:
        """Ours over the peer's, of the medians."""
        return median(self.ours) / median(self.peers) if median(self.peers) else float("nan")

    @property
    def overlaps(self) -> bool:
        """True where a round of one bot lies among the rounds of the other, so that the medians may be chance."""
        return min(self.ours) <= max(self.peers) and min(self.peers) <= max(self.ours)

    @property
    def verdict(self) -> str:
        """ "pass", "FAIL", "inconclusive", or "" without a goal."""
        if self.goal is None:
            return ""
        if self.goal.ratio is not None:
            if self.overlaps:
                return "inconclusive"
            return "pass" if _meets(self.ratio, self.goal.bound, self.goal.ratio) else "FAIL"
        return "pass" if all(_meets(value, self.goal.bound, self.goal.value or 0.0) for value in self.ours) else "FAIL"


def percentile(values: Iterable[float], share: float) -> float:
    """The value below which `share` of them lie (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def table(figures: Sequence[Figure], *, names: tuple[str, str]) -> str:
    """All figures: median (lowest to highest round) of both bots, the ratio, the goal and what became of it."""
    rows = [("", "unit", *names, "ratio", "goal", "")]
    for figure in figures:
        shown = (_shown(figure.ours, figure.digits), _shown(figure.peers, figure.digits))
        goal = str(figure.goal) if figure.goal else ""
        rows.append((figure.name, figure.unit, *shown, f"{figure.ratio:.2f}", goal, figure.verdict))
    widths = [max(_width(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)) for row in rows
    ]
    return "\n".join(line.rstrip() for line in (lines[0], "-" * (sum(widths) + 2 * len(widths) - 2), *lines[1:]))


def _meets(value: float, bound: str, limit: float) -> bool:
    match bound:
        case "<":
            return value < limit
        case "<=":
            return value <= limit
        case ">=":
            return value >= limit
    return value == limit


def _shown(values: Sequence[float], digits: int) -> str:
    middle = f"{median(values):.{digits}f}"
    return middle if len(values) == 1 else f"{middle} ({min(values):.{digits}f}–{max(values):.{digits}f})"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
