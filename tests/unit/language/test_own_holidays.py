"""Whose holidays somebody has, in words: the country, the company's again, one that is none, and what says nothing."""

from __future__ import annotations

import runpy
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.language import parse
from bot.model import country_names
from bot.model.country_names import COUNTRIES
from bot.model.requests import Intent

TOOL = Path(__file__).parents[3] / "tools/country_names.py"
SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 30, 10, tzinfo=SHANGHAI)
FIRST = {
    "我按德国的节假日": "DE",
    "我过德国的节假日": "DE",
    "我的节假日按德国的": "DE",
    "我在柏林，按德国的节假日": "DE",
    "我周五不上班，节假日按德国的": "DE",
    "我按公司的节假日": "",
    "改回公司的节假日": "",
    "I follow the German calendar": "DE",
    "I follow German holidays": "DE",
    "my holidays are Germany's": "DE",
    "I have German public holidays": "DE",
    "I'm in Berlin and follow German holidays": "DE",
    "use US holidays for me": "US",
    "back to company holidays": "",
    "my holidays are the company's": "",
}
SECOND = {
    "我放德国的假": "DE",
    "我这边按日本的节假日放假": "JP",
    "我跟美国的公众假期走": "US",
    "我用新加坡的假期日历": "SG",
    "我的假期以英国的为准": "GB",
    "我按照韩国的法定节假日休息": "KR",
    "改回公司的节假日吧": "",
    "我还是按公司的节假日": "",
    "I take UK bank holidays": "GB",
    "my public holidays are the Japanese ones": "JP",
    "I observe Singapore's public holidays": "SG",
    "I'm on the French holiday calendar": "FR",
    "I go by Indian holidays": "IN",
    "I have the same holidays as Germany": "DE",
    "back to the company holidays": "",
}
"""Written before the rules."""
UNKNOWN = {
    "我按火星的节假日": "火星",
    "我按瓦坎达的节假日": "瓦坎达",
    "I follow Wakanda's holidays": "Wakanda",
    "my holidays are those of Wakanda": "Wakanda",
}
NOTHING_TOLD = (
    "我按时放假",
    "我有三天假期",
    "我放假了",
    "我过年放假",
    "我国庆放假",
    "德国的节假日有哪些",
    "德国节假日我们开会吗",
    "张三按德国的节假日",
    "大家按德国的节假日",
    "我明天按德国的节假日吗",
    "按德国的节假日",
    "I have two holidays",
    "I have some holidays left",
    "I follow my calendar",
    "my holidays are over",
    "my holidays are in July",
    "do I have German holidays?",
    "what are the German holidays",
    "Bob follows German holidays",
    "we have German holidays",
    "are there any German holidays next week",
    "use the calendar",
    "I follow the team calendar",
    "I use the company calendar",
)


def told(text):
    return parse(text, now=NOW, zone=SHANGHAI)


@pytest.mark.parametrize(("text", "country"), [*FIRST.items(), *SECOND.items()])
def test_whose_holidays_somebody_has_is_read(text, country):
    request = told(text)
    assert request.intent is Intent.MY_HOURS
    assert [order.country for order in request.own if order.country is not None] == [country]
    assert not request.leftover
    assert not request.who.names


@pytest.mark.parametrize(("text", "words"), UNKNOWN.items())
def test_a_country_that_nobody_knows_is_told_by_its_words(text, words):
    assert [order.unknown_country for order in told(text).own] == [words]


@pytest.mark.parametrize("text", NOTHING_TOLD)
def test_what_tells_nothing_of_ones_own_holidays_sets_none(text):
    assert not [order for order in told(text).own if order.country is not None or order.unknown_country]


def test_a_country_is_not_taken_for_a_zone():
    assert [order.zone for order in told("我按德国的节假日").own] == [None]
    assert [order.zone for order in told("我在柏林，按日本的节假日").own] == ["Europe/Berlin", None]


@pytest.mark.parametrize("text", ["我按德国的节假日但是不过圣诞节", "I follow German holidays except Easter"])
def test_words_beside_it_keep_anything_from_being_set(text):
    request = told(text)
    assert request.leftover or not [order for order in request.own if order.country]


@pytest.mark.parametrize("code", [code for code, (_, english) in COUNTRIES.items() if "," not in english])
def test_every_country_is_read_by_its_name_in_both_languages(code):
    zh, en = COUNTRIES[code]
    for text in (f"我按{zh}的节假日", f"my public holidays are those of {en}"):
        assert [order.country for order in told(text).own] == [code]


def test_the_table_of_names_is_what_the_tool_writes():
    babel = pytest.importorskip("babel", reason="no Babel: make dev installs it")
    if babel.__version__ != country_names.VERSION:
        pytest.skip(f"the table is of Babel {country_names.VERSION}, here is {babel.__version__}: make country-names")
    assert runpy.run_path(str(TOOL))["table"]() == Path(country_names.__file__).read_text("utf8"), "make country-names"
