"""Chinese words that a rule asks for by themselves, by their sense."""

from __future__ import annotations

from bot.language.tags import Sense

_WORDS = {
    Sense.PEOPLE: "人员",
    Sense.HEAD: "个人 人 位",
    Sense.CLOSING: "吗 么 有没有 是否 能不能 能否 怎么样",
    Sense.MEASURE: "万 亿 元 块 倍 分",
    Sense.DAYS: "天 日",
    Sense.YEARS: "年",
    Sense.ONE: "一",
    Sense.HALF_MORE: "半",
    Sense.POINT: "点 时",
    Sense.PAST_SIGN: "过",
    Sense.EARLY: "早",
    Sense.EVENING: "晚 夜",
    Sense.NEXT_SIGN: "下",
    Sense.FINAL: "最后",
    Sense.THESE: "这",
    Sense.AFTERWARDS: "后 之后",
    Sense.FORE: "前",
    Sense.AGO: "以前 之前",
    Sense.BEGIN: "开始",
    Sense.BEHIND: "初 底 末 上旬 中旬 下旬",
    Sense.ITSELF: "当天 那天",
}
SENSES = {word: sense for sense, words in _WORDS.items() for word in words.split()}
