"""The names that the reader knows are made beside the event loop."""

from __future__ import annotations

import asyncio
import time

from bot.names.pinyin import read
from bot.people.reader_names import ReaderNames

FAMILIES, GIVEN = (
    "王李张刘陈杨黄赵周吴徐孙马胡朱郭何林罗高",
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚文斌玲华辉晓小雪梅",
)
COMPANY = frozenset(f + a + b for f in FAMILIES for a in GIVEN for b in GIVEN)
READINGS = read(set(FAMILIES + GIVEN))


async def test_the_old_names_serve_until_the_new_ones_are_made():
    names = ReaderNames()
    assert names.current is None
    await names.make(frozenset(["李娜"]), READINGS)
    making = asyncio.create_task(names.make(frozenset(["王芳"]), READINGS))
    await asyncio.sleep(0)
    assert names.current is not None
    assert names.current.has("lina")
    await making
    assert names.current.has("wangfang")
    assert not names.current.has("lina")


async def test_the_loop_goes_on_while_the_names_of_a_large_company_are_made():
    names = ReaderNames()
    making = asyncio.create_task(names.make(COMPANY, READINGS))
    turns, started = 0, time.monotonic()
    while not making.done():
        await asyncio.sleep(0)
        turns += 1
    assert names.has(COMPANY)
    assert turns > 1, time.monotonic() - started


async def test_without_names_there_is_no_directory():
    names = ReaderNames()
    await names.make(frozenset(["李娜"]), READINGS)
    await names.make(frozenset(), READINGS)
    assert names.current is None
