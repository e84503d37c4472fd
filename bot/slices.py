"""Long work on the event loop, in slices between which everybody else has their turn."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from time import perf_counter
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

_SLICE = 0.002
"""Seconds; one item more may follow."""


async def sliced(work: Callable[[T], R], items: Iterable[T]) -> list[R]:
    """`work` of each item, in order; what takes longer than two milliseconds in all lets others in between."""
    done: list[R] = []
    until = perf_counter() + _SLICE
    for item in items:
        done.append(work(item))
        if perf_counter() > until:
            await asyncio.sleep(0)
            until = perf_counter() + _SLICE
    return done
