"""Chinese words by their senses; a word may stand on several lines."""

from __future__ import annotations

from bot.language.senses import Sense
from bot.language.words.zh.people import SUFFIX_TITLES

CLOSING = ("吗", "么", "呢", "不", "没", "没有")
"""What a question closes with."""
_LEFT_OUT = "不算 除外 不参加 不来 不用来 不用参加 不用到场"
_UNDO = "取消 撤销"
_LATER = "晚点 晚 往后 往后推 推后"
_EARLIER = "早点 早 往前 提前"
SENSES: dict[Sense, str] = {
    # people
    Sense.WE: "我们 咱们 帮我们 给我们 请帮我们",
    Sense.TEAM: "团队 整个团队 全团队 我们团队 小组 我们组 咱们组 全组 本组 组里 全队",
    Sense.TEAM_MEMBERS: "团队 组 的人 的同学 的同事 成员 全员 全体 所有人 大家 的",
    Sense.WITHOUT: "没有",
    Sense.LEFT_OUT: _LEFT_OUT,
    Sense.COUNT_IN: "算 上",
    Sense.HEADS: "个人 人 位",
    Sense.SUFFICES: "就 就行 就够 即可",
    Sense.GATHER: "凑 凑够 凑齐 凑足 够 要有",
    Sense.IF_ONLY: "能 能够 只要 要",
    Sense.ABLE: "能",
    Sense.HAVE: "有",
    Sense.COME: "来",
    Sense.TAKE_PART: "参加 去 来",
    Sense.FAMILIAR: "小 大",
    Sense.VERB_END: "上 下 来 去 过 好 到 了 被 从",
    Sense.MY: "我",
    Sense.POSSESSIVE: "的",
    Sense.PRONOUN: "他 她",
    Sense.SUFFIX_TITLE: " ".join(SUFFIX_TITLES),
    Sense.GIVING: "给 让 把",
    Sense.FOLLOWING: f"呢 也 不要 {_LEFT_OUT}",
    Sense.PERHAPS: "可能",
    # questions and courtesy
    Sense.ASKING: "吗 么 不 呢",
    Sense.CLOSING: " ".join(CLOSING),
    Sense.QUESTION: "呢",
    Sense.COURTESY: "谢谢 多谢 感谢 辛苦 辛苦了 谢谢啦 拜托",
    Sense.NO: "不",
    Sense.WHICH_DAY: "哪天 哪天合适 哪天有空",
    # wants
    Sense.SEEK: "找",
    Sense.HAVING: "有 还有 有没有 有会 有会议",
    Sense.AROUND: "在",
    Sense.AMID: "在 正在",
    Sense.MORE: "加上 再加 加",
    Sense.ROSTER: "团队 小组 我们团队 我们组 咱们组 整个团队",
    Sense.SETTINGS: "设置 语言 时区 查看设置 当前设置 群设置 聊天设置",
    Sense.INTO: "为 到 成 设",
    # orders about an answer
    Sense.TAKING: "选 选择 选定 选项 要",
    Sense.TAKING_IT: "约 订 定 它 上 约这个 订这个 就约这个 就订这个 就约它 就订它 就约这个时间 就订这个时间 "
    "就约这个吧 就这样约 就这么约",
    Sense.OPTION: "时间 时段 时间段 方案 选项",
    Sense.AGREEING: "可以 行 好",
    Sense.CANCEL: _UNDO,
    Sense.UNDO: f"{_UNDO} 撤回",
    Sense.UNDONE: "个 刚才 的 预约 预订 预定 约会",
    Sense.ONCE: "等 等到",
    Sense.BY_THEN: "时 时候 的时候 了 就 后 之后 以后",
    # changes of the last request
    Sense.LATER: f"{_LATER} 晚一点 晚些 晚一些 更晚",
    Sense.EARLIER: f"{_EARLIER} 早一点 早些 早一些 更早 往前推",
    Sense.LATER_BY: f"{_LATER} 推 延 延后 推迟 顺延 后",
    Sense.EARLIER_BY: f"{_EARLIER} 提早 往前推",
    Sense.SWITCHED_OFF: "关",
    Sense.SWITCHED_ON: "开",
    Sense.MEETINGS: "会 会议 的会议",
    Sense.THE: "那个 那场",
    Sense.MAKING: "设 设个 设一个 设置 加个 建个 新建 创建",
    Sense.IT: "它 这个 会 会议",
    Sense.OTHER_DAY: "换一天 换一天吧 别的日子 改天 其他天 别的天 换个日子 换天 另一天 其他日子",
    Sense.MARK: "那 呢",
    Sense.THEN: "那 就",
    Sense.JUST: "就",
    Sense.ONLY_THEN: "就 就要",
    Sense.TOO: "也",
    Sense.ENOUGH: "行 可以 够 够了 足够",
    Sense.WHAT: "什么 啥",
    Sense.WITH_WHAT: "在忙什么 在忙啥 在忙些什么 忙什么 忙啥 在干什么 在干啥 在干嘛 在做什么 在做啥",
    Sense.THEIR: "他 她 他们 她们 他的 她的 他们的 她们的",
    Sense.STANDING_IN: "替我 顶我 代我 顶替我 代替我 接替我 替我顶 帮我顶 替我顶班 帮我顶班 帮我代班 替我值班",
    Sense.ASKING_FOR: "帮我 请帮我 帮忙",
    Sense.WAITING: "等 等到",
    # one's own hours
    Sense.WORKED: "上班",
    Sense.NOT_WORKED: "不上班 不用上班",
    Sense.WORK_ENDS: "下班时间是",
    Sense.OWN_TIME: "的工作时间 作息 作息时间 上班时间 上班时间是 下班时间是",
    # digests, times, topics
    Sense.EVERY_DAY: "每天 每日 天天",
    Sense.WORKDAYS: "每个工作日 每工作日",
    Sense.WEEK: "周 星期 礼拜",
    Sense.LEADING: "的 一下 下",
    # times
    Sense.PEOPLE: "人员",
    Sense.BEHIND_TIME: "吗 么 有没有 是否 能不能 能否 怎么样",
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
"""Words with spaces between. Those of a step (later, another day) and of settings may be made of several tokens."""
COUNTING = ("个", "场", "次", "有", "开", "的", "点", "完")
"""Ends of words before 会 that make a meeting of it, as it says "can" and "will" too."""
MONTHLY = "月"
"""What stands in the words for each month."""
