"""From a typed name to the people it may mean: 张三, 晓彤, 小王, 王总, zhouxiaotong, Alice. Pure but for `pinyin`."""

from bot.names.alike import told_apart
from bot.names.forms import Named, named
from bot.names.lookup import Lookup, lookup_of
from bot.names.matching import Match, find, signs_of
from bot.names.nearest import nearest
from bot.names.query import Readings, may_be_pinyin

__all__ = [
    "Lookup",
    "Match",
    "Named",
    "Readings",
    "find",
    "lookup_of",
    "may_be_pinyin",
    "named",
    "nearest",
    "signs_of",
    "told_apart",
]
