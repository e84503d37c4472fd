"""Chinese words by what they tell beside their kind; a word may stand on several lines."""

from __future__ import annotations

from bot.language.tokens import Cue
from bot.language.words.zh.people import SUFFIX_TITLES

CLOSING = ("吗", "么", "呢", "不", "没", "没有")
"""What a question closes with."""
_LEFT_OUT = "不算 除外 不参加 不来 不用来 不用参加 不用到场"
_UNDO = "取消 撤销"
_LATER = "晚点 晚 往后 往后推 推后"
_EARLIER = "早点 早 往前 提前"
CUES: dict[Cue, str] = {
    # people
    Cue.WE: "我们 咱们 帮我们 给我们 请帮我们",
    Cue.TEAM: "团队 整个团队 全团队 我们团队 小组 我们组 咱们组 全组 本组 组里 全队",
    Cue.TEAM_MEMBERS: "团队 组 的人 的同学 的同事 成员 全员 全体 所有人 大家 的",
    Cue.WITHOUT: "没有",
    Cue.LEFT_OUT: _LEFT_OUT,
    Cue.COUNT_IN: "算 上",
    Cue.HEADS: "个人 人 位",
    Cue.SUFFICES: "就 就行 就够 即可",
    Cue.GATHER: "凑 凑够 凑齐 凑足 够 要有",
    Cue.IF_ONLY: "能 能够 只要 要",
    Cue.ABLE: "能",
    Cue.HAVE: "有",
    Cue.COME: "来",
    Cue.TAKE_PART: "参加 去 来",
    Cue.FAMILIAR: "小 大",
    Cue.VERB_END: "上 下 来 去 过 好 到 了 被 从",
    Cue.MY: "我",
    Cue.POSSESSIVE: "的",
    Cue.PRONOUN: "他 她",
    Cue.SUFFIX_TITLE: " ".join(SUFFIX_TITLES),
    Cue.GIVING: "给 让 把",
    Cue.FOLLOWING: f"呢 也 不要 {_LEFT_OUT}",
    Cue.PERHAPS: "可能",
    # questions and courtesy
    Cue.ASKING: "吗 么 不 呢",
    Cue.CLOSING: " ".join(CLOSING),
    Cue.QUESTION: "呢",
    Cue.COURTESY: "谢谢 多谢 感谢 辛苦 辛苦了 谢谢啦 拜托",
    Cue.NO: "不",
    # wants
    Cue.SEEK: "找",
    Cue.HAVING: "有 还有 有没有 有会",
    Cue.AROUND: "在",
    Cue.AMID: "在 正在",
    Cue.MORE: "加上 再加 加",
    Cue.ROSTER: "团队 小组 我们团队 我们组 咱们组 整个团队",
    Cue.SETTINGS: "设置 语言 时区 查看设置 当前设置 群设置 聊天设置",
    Cue.INTO: "为 到 成 设",
    # orders about an answer
    Cue.TAKING: "选 选择 选定 选项 要",
    Cue.TAKING_IT: "约 订 定 这个 它 那个 上",
    Cue.OPTION: "时间 时段 时间段 方案 选项",
    Cue.AGREEING: "可以 行 好",
    Cue.CANCEL: _UNDO,
    Cue.UNDO: f"{_UNDO} 撤回",
    Cue.UNDONE: "个 刚才 的 预约 预订 预定 约会",
    Cue.BY_THEN: "时 时候 的时候 了 就 后 之后 以后",
    # changes of the last request
    Cue.LATER: f"{_LATER} 晚一点 晚些 晚一些 更晚",
    Cue.EARLIER: f"{_EARLIER} 早一点 早些 早一些 更早 往前推",
    Cue.LATER_BY: f"{_LATER} 推 延 延后 推迟 顺延 后",
    Cue.EARLIER_BY: f"{_EARLIER} 提早",
    Cue.OTHER_DAY: "换一天 换一天吧 别的日子 改天 其他天 别的天 换个日子 换天 另一天 其他日子",
    Cue.MARK: "那 呢",
    Cue.THEN: "那 就",
    Cue.JUST: "就",
    Cue.ONLY_THEN: "就 就要",
    Cue.TOO: "也",
    Cue.ENOUGH: "行 可以 够 够了 足够",
    Cue.ASKING_FOR: "帮我 请帮我 帮忙",
    Cue.WAITING: "等",
    # digests, times, topics
    Cue.EVERY_DAY: "每天 每日 天天",
    Cue.WORKDAYS: "每个工作日 每工作日",
    Cue.WEEK: "周 星期 礼拜",
    Cue.LEADING: "的 一下 下",
}
"""Words with spaces between. Those of a step (later, another day) and of settings may be made of several tokens."""
COUNTING = ("个", "场", "次", "有", "开", "的", "点", "完")
"""Ends of words before 会 that make a meeting of it, as it says "can" and "will" too."""
MONTHLY = "月"
"""What stands in the words for each month."""
