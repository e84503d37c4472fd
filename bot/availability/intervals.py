"""Algebra of half-open intervals. Every function takes any order and overlap and gives sorted, disjoint intervals."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.model.time import Interval


def union(intervals: Iterable[Interval]) -> list[Interval]:
    """The same instants as few intervals; touching ones become one."""
    ordered = sorted(intervals, key=_start)
    if len(ordered) < 2:
        return ordered
    merged: list[Interval] = []
    for interval in ordered:
        if merged and interval.start <= merged[-1].end:
            if interval.end > merged[-1].end:
                merged[-1] = Interval(merged[-1].start, interval.end)
        else:
            merged.append(interval)
    return merged


def clip(intervals: Iterable[Interval], bounds: Iterable[Interval]) -> list[Interval]:
    """The instants of `intervals` that lie inside `bounds`."""
    return _sweep(union(intervals), union(bounds))


def subtract(intervals: Iterable[Interval], holes: Iterable[Interval]) -> list[Interval]:
    """The instants of `intervals` that lie in none of the `holes`."""
    left: list[Interval] = []
    blocked = union(holes)
    for interval in union(intervals):
        start = interval.start
        for hole in blocked:
            if hole.end <= start:
                continue
            if hole.start >= interval.end:
                break
            if hole.start > start:
                left.append(Interval(start, hole.start))
            start = max(start, hole.end)
        if start < interval.end:
            left.append(Interval(start, interval.end))
    return left


def _start(interval: Interval) -> datetime:
    return interval.start


def _sweep(first: list[Interval], second: list[Interval]) -> list[Interval]:
    """The overlap of two sorted, disjoint lists, in one pass."""
    common: list[Interval] = []
    i = j = 0
    while i < len(first) and j < len(second):
        overlap = first[i].clip(second[j])
        if overlap:
            common.append(overlap)
        if first[i].end <= second[j].end:
            i += 1
        else:
            j += 1
    return common
