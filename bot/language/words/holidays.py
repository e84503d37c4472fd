"""Public holidays by name: those on a fixed date or weekday of a month, and those that go by the moon."""

from __future__ import annotations

from bot.language.tokens import Entry, Kind

_ZH = {
    "new_year": "元旦 元旦节",
    "valentine": "情人节",
    "women": "妇女节 三八节 三八妇女节 女神节",
    "fools": "愚人节",
    "labour": "五一节 劳动节 五一劳动节",
    "labour_holiday": "五一假期 五一长假 五一期间 五一放假 五一小长假 劳动节假期",
    "youth": "青年节 五四青年节",
    "mothers": "母亲节",
    "children": "儿童节 六一儿童节 六一节",
    "fathers": "父亲节",
    "teachers": "教师节",
    "national": "国庆 国庆节 十一国庆",
    "national_holiday": "国庆假期 国庆长假 国庆期间 国庆放假 国庆节假期 国庆节期间 国庆黄金周 "
    "十一假期 十一长假 十一期间 十一放假 十一黄金周",
    "halloween": "万圣节 万圣夜",
    "eleven": "双十一 双11 光棍节",
    "thanksgiving": "感恩节",
    "twelve": "双十二 双12",
    "christmas_eve": "平安夜 圣诞夜 圣诞前夜",
    "christmas": "圣诞 圣诞节",
    "new_year_eve": "跨年夜",
}
_EN = {
    "new_year": "new year's day, new years day, new year, new year's, new years, the new year",
    "valentine": "valentine's day, valentines day, valentine's, valentines",
    "women": "women's day, womens day, international women's day",
    "fools": "april fools, april fools day, april fools' day, april fool's day",
    "labour": "labor day, labour day, may day",
    "mothers": "mother's day, mothers day",
    "children": "children's day, childrens day",
    "fathers": "father's day, fathers day",
    "national": "national day",
    "halloween": "halloween",
    "eleven": "singles day, singles' day, double eleven",
    "thanksgiving": "thanksgiving, thanksgiving day",
    "christmas_eve": "christmas eve, xmas eve",
    "christmas": "christmas, christmas day, xmas, xmas day, x mas",
    "boxing": "boxing day",
    "new_year_eve": "new year's eve, new years eve, nye",
}
_MOON_ZH = (
    "春节 春节前后 中秋 中秋节 端午 端午节 清明 清明节 元宵 元宵节 除夕 重阳节 七夕 七夕节 过年 大年三十 年三十 "
    "大年初一 春节假期 春节期间 中秋假期 端午假期 清明假期 复活节"
)
_MOON_EN = (
    "chinese new year, lunar new year, spring festival, cny, mid autumn festival, mid autumn, moon festival, "
    "dragon boat festival, dragon boat, qingming, qingming festival, tomb sweeping day, lantern festival, easter, "
    "good friday, easter monday, diwali, ramadan, eid, hanukkah, passover"
)
WORDS_ZH = {word: Entry(Kind.HOLIDAY, 0, holiday) for holiday, words in _ZH.items() for word in words.split()} | {
    word: Entry(Kind.MOON) for word in _MOON_ZH.split()
}
WORDS_EN = {word: Entry(Kind.HOLIDAY, 0, holiday) for holiday, words in _EN.items() for word in words.split(", ")} | {
    word: Entry(Kind.MOON) for word in _MOON_EN.split(", ")
}
BY_NUMBER = {"五一": Entry(Kind.HOLIDAY, 0, "labour"), "六一": Entry(Kind.HOLIDAY, 0, "children")}
"""Feasts that are written as two numbers of one sign."""
GIVEN_TOO = ("国庆", "中秋", "清明", "元宵", "元旦")
"""Those that are given names as well (李国庆)."""
