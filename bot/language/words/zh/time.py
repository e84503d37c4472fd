"""Chinese words, each with the part it plays. Traditional forms are folded to simplified ones before the look-up."""

from __future__ import annotations

from bot.language.tags import DayPart, Extent, Join, Position, Repeat, Tag, Unit
from bot.language.tokens import Entry, Kind
from bot.language.words import holidays
from bot.language.words.zh import requests

TRADITIONAL = dict(
    zip(
        ""
        ""
        ""
        ""
        "週點兩後個時間鐘號這禮會開誰麼現幾約幫團隊們嗎請來還對樓預訂從參與門實裡當內為過說話語劃單總總錯沒問題將國東倫敦紐紹慶聖誕節勞雙",
        ""
        ""
        ""
        ""
        "周点两后个时间钟号这礼会开谁么现几约帮团队们吗请来还对楼预订从参与门实里当内为过说话语划单总总错没问题将国东伦敦纽绍庆圣诞节劳双",
        strict=True,
    )
)
WEEKDAY_SIGNS = {sign: number for number, sign in enumerate("一二三四五六日")} | {
    "天": 6,
    "1": 0,
    "2": 1,
    "3": 2,
    "4": 3,
    "5": 4,
    "6": 5,
    "7": 6,
}
WEEK_WORDS = ("周", "星期", "礼拜")
NOT_SUNDAY = ("日程", "日历", "日报", "日常", "日志")
"""Words whose first sign is no weekday behind 周 (本周日程)."""
NUMERALS = frozenset("零〇一二两三四五六七八九十百")
NOT_COUNTED = ("年底", "年末", "年初", "年会", "年终", "月底", "月末", "月初")
"""Words of time behind a name that ends in a numeral: 张三年底."""
NOT_POINTS = (
    "建议",
    "意见",
    "要求",
    "说明",
    "原因",
    "理由",
    "问题",
    "内容",
    "想法",
    "小",
    "儿",
    "都",
    "也",
    "东西",
    "感觉",
    "时间",
    "帮助",
    "思考",
    "经验",
    "收获",
    "钱",
    "事",
)
"""Nouns behind N点 that make it a count of points rather than a time."""
NOT_DAYS = (
    "楼",
    "会议室",
    "线",
    "门",
    "桌",
    "店",
    "房",
    "厅",
    "库",
    "院",
    "馆",
    "机",
    "口",
    "车",
    "位",
    "码",
    "公馆",
    "文件",
    "栋",
    "工位",
    "包间",
    "室",
    "单",
    "仓",
    "窗",
    "字",
    "厂",
)
"""Nouns behind N号 that make it a number of something."""

_SHIFTS = {
    -2: ("上上", "上上个"),
    -1: ("上", "上个", "上一", "上一个"),
    0: ("这", "这个", "本", "这一", "当", "这一个", "今"),
    1: ("下", "下个", "下一", "下一个"),
    2: ("下下", "下下个", "再下", "再下个"),
    3: ("下下下", "下下下个"),
}
SHIFTING = tuple(prefix for shift in (0, 1, 2) for prefix in _SHIFTS[shift] if len(prefix) > 1)
"""Beginnings of times: 下个工作日, 这个周五."""
_RELATIVE_DAYS = {
    -3: "大前天", -2: "前天 前日", -1: "昨天 昨日 昨儿", 0: "今天 今日 今儿 当天 今儿个 即日",
    1: "明天 名天 明日 明儿 翌日 明儿个 听日", 2: "后天 后日 后儿", 3: "大后天 大后日", 4: "大大后天",
}  # fmt: skip
_DAY_PARTS = {
    "今早": (0, DayPart.EARLY),
    "今晨": (0, DayPart.EARLY),
    "今晚": (0, DayPart.EVENING),
    "今夜": (0, DayPart.EVENING),
    "明早": (1, DayPart.EARLY),
    "明晨": (1, DayPart.EARLY),
    "明晚": (1, DayPart.EVENING),
    "昨晚": (-1, DayPart.EVENING),
    "后晚": (2, DayPart.EVENING),
    "明下午": (1, DayPart.AFTERNOON),
    "明上午": (1, DayPart.MORNING),
    "今下午": (0, DayPart.AFTERNOON),
    "今上午": (0, DayPart.MORNING),
    "后下午": (2, DayPart.AFTERNOON),
    "明中午": (1, DayPart.NOON),
    "当晚": (0, DayPart.EVENING),
    "今儿晚上": (0, DayPart.EVENING),
}
_PARTS = {
    DayPart.EARLY_HOURS: "凌晨 拂晓",
    DayPart.FIRST: "一上班 刚上班 一上班就",
    DayPart.EARLY: "早上 早晨 清晨 早间 大清早 一早 大早上 一大早",
    DayPart.MORNING: "上午 午前",
    DayPart.NOON: "中午 午间 午时 晌午",
    DayPart.NOON_POINT: "正午",
    DayPart.AFTERNOON: "下午 午后 下舞",
    DayPart.DUSK: "傍晚 黄昏",
    DayPart.EVENING: "晚上 晚间 夜里 夜晚 夜间 入夜",
    DayPart.LATE: "深夜 半夜 大半夜 三更半夜",
    DayPart.MIDNIGHT: "午夜 子夜",
    DayPart.WORKING: "工作时间 上班时间 办公时间 工作时段 上班期间 工作时间内 上班时间内",
    DayPart.DAY: "全天 一整天 整天 一天都 白天 整日 全日",
    DayPart.AFTER_WORK: "下班后 下班以后 下班之后",
    DayPart.CLOSE: "下班",
}
_MEALS = {DayPart.LUNCH: "午饭 午餐 午休 吃饭时间 午饭时间 午休时间 午餐时间 饭点"}
_WORDS: tuple[tuple[Kind, int, str, str], ...] = (
    (
        Kind.NOW,
        0,
        "",
        "现在 此刻 此时 当前 目前 这会儿 这会 马上 立刻 眼下 立即 而家 宜家 这时候 此时此刻 当下",
    ),
    (Kind.HALF, 0, "", "半"),
    (Kind.QUARTER, 15, "", "刻"),
    (Kind.CLOCK_SIGN, 0, "", "点 点钟 时 點"),
    (Kind.MINUTE_SIGN, 0, "", "分"),
    (Kind.EXACTLY, 0, "", "整 左右 许 多钟 多 前后 上下 正 来钟 出头"),
    (Kind.UNIT, 0, Unit.MINUTE, "分钟"),
    (Kind.UNIT, 0, Unit.QUARTER, "刻钟"),
    (Kind.UNIT, 0, Unit.HOUR, "小时 钟头 个钟 小時"),
    (Kind.UNIT, 0, Unit.DAY, "天"),
    (Kind.UNIT, 0, Unit.WORKDAY, "工作日 交易日"),
    (Kind.UNIT, 0, Unit.WEEK, "周 星期 礼拜"),
    (Kind.UNIT, 0, Unit.MONTH, "个月"),
    (Kind.UNIT, 0, Unit.YEAR, "年"),
    (Kind.MONTH_SIGN, 0, "", "月 月份"),
    (Kind.DAY_SIGN, 0, "", "号 日"),
    (Kind.NEXT_DAY, 1, "", "次日 第二天 隔天"),
    (Kind.RELATIVE_MONTH, 0, Extent.END, "月底 月末 本月底 这个月底 本月末"),
    (Kind.RELATIVE_MONTH, 0, Extent.START, "月初 本月初"),
    (Kind.RELATIVE_MONTH, 0, Extent.MIDDLE, "月中 本月中 月中旬"),
    (Kind.RELATIVE_MONTH, 1, Extent.END, "下月底 下个月底 下月末"),
    (Kind.RELATIVE_MONTH, 1, Extent.START, "下月初 下个月初"),
    (Kind.RELATIVE_MONTH, 1, Extent.MIDDLE, "下月中 下个月中"),
    (Kind.INCLUDED, 0, "", "含 包含 包括"),
    (Kind.RELATIVE_MONTH, 0, Extent.YEAR_END, "年底 年末 今年底 今年年底"),
    (Kind.RELATIVE_YEAR, 0, "", "今年 本年"),
    (Kind.RELATIVE_YEAR, 1, "", "明年"),
    (Kind.RELATIVE_YEAR, 2, "", "后年"),
    (Kind.RELATIVE_YEAR, -1, "", "去年"),
    (Kind.PORTION, 0, Extent.START, "上旬 初"),
    (Kind.PORTION, 0, Extent.MIDDLE, "中旬"),
    (Kind.PORTION, 0, Extent.END, "下旬 底 末"),
    (Kind.NTH, 0, "", "第"),
    (Kind.LACKING, 0, "", "差"),
    (Kind.ZONE_SIGN, 0, "", "时间"),
    (Kind.TO, 0, "", "到 至 直到 一直到"),
    (Kind.LIST, 0, Join.OR, "或 或者 或是 还是 要么 不然"),
    (Kind.LIST, 0, Join.AND, "和 与 及 以及 还有 并且 加上 跟 同 再加"),
    (Kind.COMMA, 0, "", "、"),
    (Kind.BEFORE, 0, "", "以前 之前 前 前头"),
    (Kind.AFTER, 0, "", "以后 之后 后 过后 往后"),
    (Kind.BY, 0, "", "截止 截至 截止到 不晚于 最晚 最迟"),
    (Kind.UNTIL, 0, Position.SUFFIX, "为止 止"),
    (Kind.FROM, 0, "", "从 自 打 自从"),
    (Kind.BETWEEN, 0, "", "介于"),
    (Kind.ONWARDS, 0, "", "起 开始 往后 之后开始"),
    (Kind.INSIDE, 0, "", "内 以内 之内 里 之间 期间 中"),
    (Kind.LATER, 0, "", "过"),
    (
        Kind.AHEAD,
        0,
        "",
        "接下来 接下来的 未来 未来的 今后 往后的 后面 还剩 之后的 随后 最近 这几 近",
    ),
    (
        Kind.NOT,
        0,
        "",
        "别约 别放在 别定 别订 别安排 别排 不要约 不要安排 不要放在 不要定 不想约 不考虑 不是 不要 除了 避开 除 "
        "不含 不算 不包括 别 别在 排除 不能 避免 除去 错开 绕开 不选",
    ),
    (Kind.NOT, 0, Position.SUFFIX, "除外 不行 不可以"),
    (Kind.ONLY, 0, "", "只要 只能 只 仅 仅限 只在 只看 只有 仅在 最好 只考虑"),
    (Kind.EVERY, 0, "", "每天 每日 天天"),
    (Kind.EVERY, 1, Repeat.WORKDAYS, "每个工作日 每工作日"),
    (Kind.EVERY, 1, "", "每 每个 逢 每逢 固定每"),
    (Kind.EVERY, 2, "", "隔 每隔一 每两 每2 每二 双周 每双周 每两个 隔一"),
    (Kind.COUNTER, 0, "", "个"),
    (Kind.SOME, 3, "", "几 若干"),
    (
        Kind.FILL,
        0,
        "",
        "的 在 于 大概 大约 差不多 可能 那 呢 呀 啊 吧 哈 嘛 这样 时候 这 定于 是 就 那天 哦 了 想 要 要是 如果 "
        "打算 准备 抽 抽个 抽空 请问 麻烦 一下 可以 能 能够 都 也 还 会 一起 有 先 再 用 给 把 让 去 来",
    ),
    (
        Kind.WHO,
        0,
        "",
        "谁 谁们 哪些人 有人 哪位 哪个人 有没有人 有谁 哪几位 哪几个 几个人 多少人 人员 还有谁",
    ),
    (Kind.WHO, 0, Tag.NOBODY, "没人 没有人"),
    (Kind.ME, 0, "", "我 本人 自己 咱 俺"),
    (
        Kind.EVERYONE,
        0,
        "",
        "帮我们 给我们 请帮我们 大家 所有人 我们 咱们 全员 全体 全组 团队 整个团队 全团队 各位 大伙 大伙儿 全部人 "
        "每个人 全部 其他人 其余人 其余的人 剩下的人 其他同事 其余同事 其他成员 所有成员 我们组 我们团队 咱们组 "
        "小组 本组 全队 组里",
    ),
    (
        Kind.WITH,
        0,
        "",
        "向 参会人 与会人 参加人 参会人员 与会人员 参加人员 出席人 出席人员 面试官 必须有 要有 得有 一定要有 喊 "
        "约上 叫上 喊上 带上 拉上 跟 同 找到 请 叫 问 问下 问问 帮",
    ),
    (Kind.WITH, 1, "", "不含 不带"),
    (
        Kind.AVAILABLE,
        0,
        Tag.DOING,
        "参加 能参加 到场 上班 加班 能加班 值班 上线 能上线 替班 来得及 能赶上 可以参加 能开会 能去 有会 有安排 "
        "在线 能到",
    ),
    (
        Kind.AVAILABLE,
        0,
        Tag.WEAK,
        "在 行 空 闲",
    ),
    (
        Kind.AVAILABLE,
        0,
        Tag.HERE,
        "在不在 在吗 忙 忙吗 忙不忙 在岗 在公司 在位 在忙 在忙吗 忙着 在忙着 在工位 在不在线 "
        "在忙什么 在忙啥 在忙些什么 忙什么 忙啥 在干什么 在干啥 在干嘛 在做什么 在做啥",
    ),
    (
        Kind.AVAILABLE,
        0,
        "",
        "都能来 都能参加 能来吗 能来不 有安排不 有空 有时间 空闲 有没有空 有没有时间 方便 得空 有空闲 能来 有空吗 "
        "有档期 能不能来 能行 没空 没时间 没有空 没有时间 空着 有档 空不空 闲着 有闲 行不行 方不方便 可以吗 得闲",
    ),
    (
        Kind.AWAY,
        0,
        Tag.LEAVE,
        "请假 休假 年假 调休 请假了 病假 事假 休年假 产假 婚假 请了假 休病假 请病假 请年假 在休假 在请假",
    ),
    (
        Kind.AWAY,
        0,
        "",
        "不参加 不来 不用来 不用参加 不用到场 出差 不在 休息 外出 没来 外勤 放假 缺席 不在公司",
    ),
    (
        Kind.FIND,
        0,
        Tag.TIME,
        "找时间 找个时间 空档 空当 空隙 找空 凑时间 共同时间 挑个时间 约个时间 定个时间 选个时间 什么时间合适 "
        "哪个时间 合适的时间 共同空闲 时间段 敲个时间 看个时间 碰个时间",
    ),
    (
        Kind.FIND,
        0,
        "",
        "找 找一下 安排 凑 凑够 凑齐 凑足 协调 推荐 合适 挑 哪个行 哪个 找出 约到 能约到 最合适 哪天 哪个时段 时段 "
        "哪天合适",
    ),
    (
        Kind.BOOK,
        0,
        "",
        "约 约一下 预约 预订 预定 订 定 占 占掉 占用 安排会议 发起 创建 拉个会 约会 安排一次 约下 建个会 开个会 "
        "约个会 定会 订会 订会议 新建 加个会 拉会 安排个会 约好 定一下 约在 订一下",
    ),
    (
        Kind.MEET,
        0,
        Tag.WEAK,
        "会 开",
    ),
    (
        Kind.MEET,
        0,
        Tag.TOPIC,
        "聊聊 聊一下 聊 沟通 讨论 对一下 碰一下 聊下 沟通下 讨论下 讨论一下 沟通一下 对下 碰下 聊一聊 商量 商量下 "
        "谈谈 谈一下",
    ),
    (
        Kind.MEET,
        0,
        Tag.WHAT,
        "复盘会 评审 例会 周会 晨会 站会 面试 复盘 评审会 一对一 启动会 宣讲会 汇报会 周例会 双周会 月会 需求评审 "
        "代码评审 晨会 夕会 午餐会 茶话会 座谈会 研讨会 分享会 培训 答辩 述职",
    ),
    (
        Kind.MEET,
        0,
        "",
        "开会 会议 碰头 面谈 吃饭 一起吃饭 短会 聚餐 碰个头 见面 见个面 打电话 通话 喝咖啡 吃午饭 吃个饭 电话会",
    ),
    (
        Kind.SHOW,
        0,
        "",
        "看 看下 看看 看一下 查 查下 查看 查一下 显示 展示 列出 列一下 瞧瞧 一览 总览 概览 瞅瞅",
    ),
    (
        Kind.CALENDAR,
        0,
        "",
        "日程安排 的日程安排 忙闲 日程 日历 的安排 的会议 什么安排 行程 会议安排 时间表 日程表 工作安排 计划 "
        "时间安排 热力图 空闲情况 忙闲情况 安排表 有安排吗 档期 开会了 有什么安排 有啥安排 有哪些会 有什么会",
    ),
    (
        Kind.WHEN,
        0,
        Tag.FREE,
        "哪天有空 下次有空 下一次有空",
    ),
    (
        Kind.WHEN,
        0,
        "",
        "什么时候 什么时间 啥时候 几时 何时 几点 什么时候能 啥时间 多会儿 多久 最早",
    ),
    (Kind.DIGEST, 0, Tag.MONTHLY, "个月报"),
    (Kind.DIGEST, 0, Tag.MONTHLY, "月报 团队月报"),
    (Kind.DIGEST, 0, Tag.WEEKLY, "团队周报 周报 一周播报"),
    (Kind.DIGEST, 0, "", "日报 团队日报 早报 每日播报 播报 每日忙闲 忙闲日报 每日简报 简报"),
    (
        Kind.STOP,
        0,
        "",
        "撤销 撤回 停止 关闭 取消 停掉 停 不要发 别发 别再发 不发 退订 关掉 不再 停发 不用发",
    ),
    (Kind.STOP, 1, "", "暂停 先停 静音"),
    (Kind.START, 0, "", "开启 打开 发 发送 推送 订阅 恢复 启用 启动 继续 播报一下"),
    (
        Kind.TEAM,
        0,
        "",
        "团队成员 成员 名单 团队名单 团队有谁 团队里有谁 团队都有谁 团队有哪些人 成员名单 团队里",
    ),
    (Kind.ADD, 0, "", "加上 添加 加入 加到 加进 增加 加 再加上 拉进 拉入 加人 加个 加一个 再加个 再加一个 加一位"),
    (Kind.REMOVE, 0, "", "换掉 跳过 就算了 不用 去掉 移除 删掉 删除 踢 踢出 移出 去除 减去 移走 不要带"),
    (Kind.LANGUAGE, 0, "zh", "中文 汉语 普通话 简体"),
    (Kind.LANGUAGE, 0, "en", "英文 英语"),
    (Kind.THERE, 0, "", "那边 当地 当地时间 那边的时间 那头 本地时间"),
    (Kind.SET_ZONE, 0, "", "时区"),
    (
        Kind.USE,
        0,
        "",
        "用 说 讲 语言 切换 切换到 改用 切到 请用 请说 设为 设成",
    ),
    (
        Kind.HELP,
        0,
        "",
        "帮助 你会做什么 你能做什么 怎么用 使用说明 你好 您好 你会什么 能做什么 你能干什么 你能干啥 功能 使用方法 "
        "有什么功能 会做什么 说明书 嗨 哈喽 早安 教程 能干嘛 怎么使用 你是谁 在么",
    ),
    (Kind.CHANGE, 0, "", "换成 改成 换到 换 改 改为 换个 缩短到 缩短成 延长到"),
    (Kind.CHANGE, 0, Tag.MOVE, "改到 挪到 调到 改在 改期到 推迟到 推到 延后到 延期到 提前到 调整到 移到 改约到 顺延到"),
    (
        Kind.SAME,
        0,
        "",
        "同一时间 同样时间 同样的时间 同一个时间 相同时间 同一时段 一样的时间 同个时间 也是这个时间 还是这个时间 "
        "还是那个时间",
    ),
    (
        Kind.TELL,
        0,
        Tag.REMIND,
        "提醒我 提醒我们 提醒我一下",
    ),
    (
        Kind.TELL,
        0,
        "",
        "告诉我 告诉我一声 告知我 通知我 通知我们 跟我说 跟我说一声 和我说 说一声 告诉 通知 通知我一下",
    ),
    (Kind.REMINDER, 0, "", "提醒 会前提醒 提醒一下 提醒大家一下"),
    (Kind.AHEAD_OF, 0, "", "提前 提早 会前 会议前 开会前 开始前"),
    (Kind.AT_LEAST, 0, "", "至少得 最少要"),
    (Kind.AT_LEAST, 0, "", "至少 最少 起码 不少于"),
    (Kind.OPTIONAL, 0, "", "能来最好 来了最好 能来就来 有空就来 能来更好 来不来都行 来不来都可以 最好也来 看情况来"),
    (Kind.OPTIONAL, 0, "", "可选 可以不来 可不来 不是必须 不必来 可以缺席 可来可不来 选到 非必须 可参加可不参加"),
    (
        Kind.REQUIRED,
        0,
        "",
        "必须到 必到 必须来 必须在 必须参加 必须到场 必须出席 必来 必须得在 必须得到 必须得来 一定要在 一定要到 "
        "一定要来 一定得在 一定得来 一定要参加 一定到 一定来 一定在 得在 得到场 得来 得参加 要参加 要到场 要来 "
        "要在场 缺一不可 必参加 必选",
    ),
    (Kind.OPTIONAL, 1, "before", "最好还有 如果可以还有 可选的有 可选："),
    (Kind.MEET, 0, Tag.OVER, "开完会 散会 会开完 开完 散会了 开会开到"),
    (Kind.CALENDAR, 0, Tag.MOST, "最空 最闲 最空闲 最有空"),
    (Kind.CHAT, 0, "", "这个群 本群 群里 这个聊天 咱们群 我们群 群聊"),
    (Kind.CHAT, 1, "", "群号 群id 群的id 会话id 群聊id 这个群的群号"),
    (
        Kind.HIDE,
        0,
        "",
        "别在群里显示我 不要在群里显示我 别显示我 隐藏我 把我隐藏 别在群里列我 不要显示我",
    ),
    (Kind.HIDE, 1, "", "重新显示我 可以显示我 显示我 恢复显示我 在群里显示我 取消隐藏 别隐藏我 不用隐藏我"),
    (
        Kind.OFF_TOPIC,
        0,
        "",
        "天气 心情 身体好 身体怎么样 身体如何 下雨 下雪 气温 股票 新闻 笑话 讲个笑话 电影 彩票 汇率",
    ),
    (
        Kind.BOTH,
        0,
        Tag.ALL,
        "都有空 都有时间 都空 都方便 都能 都在 都行 都可以",
    ),
    (
        Kind.BOTH,
        0,
        "",
        "共同 同时 一块 一块儿",
    ),
    (
        Kind.BE,
        0,
        Tag.ASK,
        "吗 么 有没有 是否 能不能 可不可以 能否 是不是 好吗 好不好 怎么样 如何 什么 哪里 哪儿 多少 怎么 为什么 为啥 "
        "加班吗 机会吗",
    ),
    (
        Kind.BE,
        0,
        Tag.POLITE,
        "早上好 上午好 中午好 下午好 晚上好 早安 晚安 辛苦 辛苦啦 辛苦了 谢谢啦 多谢 拜托 谢谢 感谢 收到 对不起",
    ),
    (
        Kind.BE,
        0,
        Tag.NOUN,
        "苏州 沈阳 武汉 安徽 宁波 甘肃 韩国 金融 高级 高效 安全 安装 安卓 常规 关键 关系 毛利 程度 方式 强调 解决 "
        "解释 车位 车间 单独 单位 包装 温度 雷达 管理 查询 费用 纪要 严重 严格 毕业 路线 卫生 海外 含税 公司 项目 "
        "需求 办公室 部门 问题 任务 方案 程序 系统 文件 资料 报告 邮件 电话 视频 消息 郑州 常州 温州 徐州 梅州 柳州 "
        "金华 金山 黄山 唐山 江西 江南 江北 石家庄 高铁 陈述 安静 回复 产品 设计 研发 测试 运营 市场 销售 财务 行政 "
        "人事 事 事情 东西 大 小 周期 周报 周年 周边 周围 马路 金额 万 江苏 黄金 白板 石油 方向 方面 方法 重点 点评 "
        "点击 点餐 地点 焦点 前台 前端 后端 后台 后续 后果 目的 明确 明显 说明 表明 日本 日语 生日 节日 分享 分析 "
        "三方 三楼 上海话 中国 中心 内容 内部 国内 会议号 月报 月度 年度 年会 年终 周刊 号码 账号 型号 信号 帐号 "
        "口号 打开方式 止损 停车 停车场 找人 看法 查收 行业 行为 进行 执行 行李 空间 空调 存在 整体 整理 完整 调整 "
        "许可 差异 差距 第三方 终点 起草 同意 同步 合同 共同体 与其 参与 还款 归还 开放 公开 离开 开发 打算盘 订单 "
        "规定 决定 制定 设定 约定 合约 节约 契约 占比 机会 社会 能力 功能键 可能性 性能 智能 能源",
    ),
    (
        Kind.BE,
        0,
        "",
        "以外 之外 二选一 三选一 随便一个 任意一个 其中一个 这边 那里 这里 里面 关于 尤其 毕竟 比较 支持 愿意 线上 "
        "线下 马上 以上 楼下 楼上 从 没有 没 不 不方便 很 太 人 个人 的话 提 好 应该 需要 必须 得 曾 已经 已 正在 "
        "一直 一些 一样 一般 一定 一共 统一 万一 一会儿 一会 一次 更 刚才 余下 任何 全部时间 你 你们 他 她 他们 它 "
        "您 何必 有点 早点 晚点 快点 慢点 差点 早一点 晚一点 快一点 时长 时段内 及时 随时 平时 当时 同时段 准时 "
        "按时 有时 到时 到底 到位 前面 先后 然后 最后 今后再说 部分 分别 充分 一方面 下面 下来 一下子 上面 半年 "
        "半天 中间 其中 从来 自动 只是 只好 别人 别的 过去 过来 通过 超过 不过 经过 过程 定期 一定要 忙碌 在于 正式 "
        "或许 多数 很多 许多 更多 起来 一起来 不同 和谐 展开 确定 肯定 固定 稳定 大约摸 学会 不会 将会 才会 万能",
    ),
)
"""Kind, value, tag, and the words with spaces between."""


def _shifted(unit: str, kind: Kind) -> dict[str, Entry]:
    return {prefix + unit: Entry(kind, shift) for shift, prefixes in _SHIFTS.items() for prefix in prefixes}


def _weeks() -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for unit in WEEK_WORDS:
        found |= _shifted(unit, Kind.WEEK)
    for prefix in ("整", "一整", "这整"):
        found |= {prefix + unit: Entry(Kind.WEEK, 0) for unit in WEEK_WORDS}
    return found


def _months() -> dict[str, Entry]:
    found = _shifted("月", Kind.RELATIVE_MONTH)
    del found["上一月"], found["下一月"], found["这一月"]
    return found


def _build() -> dict[str, Entry]:
    table: dict[str, Entry] = {}
    for kind, value, tag, words in _WORDS:
        table |= {word: Entry(kind, value, tag) for word in words.split() if word not in table}
    for offset, words in _RELATIVE_DAYS.items():
        table |= {word: Entry(Kind.RELATIVE_DAY, offset) for word in words.split()}
    for part, words in _PARTS.items():
        table |= {word: Entry(Kind.PART, 0, part) for word in words.split()}
    for meal, words in _MEALS.items():
        table |= {word: Entry(Kind.MEAL, 0, meal) for word in words.split()}
    table |= {word: entry for word, entry in requests.WORDS.items() if _gives_way(word, entry, table)}
    return table | _weeks() | _months() | holidays.WORDS_ZH


def _gives_way(word: str, entry: Entry, table: dict[str, Entry]) -> bool:
    """True for a word that the table does not have, or has as one that says nothing by itself."""
    return word not in table or table[word].kind is Kind.BE or entry.kind is Kind.ERRAND


WORDS = _build()
DAY_PARTS: dict[str, tuple[Entry, ...]] = {}
DAY_PARTS |= {
    word: (Entry(Kind.RELATIVE_DAY, day), Entry(Kind.PART, 0, part)) for word, (day, part) in _DAY_PARTS.items()
}
DAY_PARTS |= {word: (Entry(Kind.EVERY, 1), Entry(Kind.RELATIVE_MONTH, 0)) for word in ("每月", "每个月")}
DAY_PARTS |= {
    order + room: (Entry(Kind.BOOK), Entry(Kind.BE, 0, Tag.VENUE))
    for order in ("订", "定", "约", "占")
    for room in ("会议室",)
}
DAY_PAIRS = {"明后": 1, "今明": 0, "明后天": 1, "今明天": 0, "明后两天": 1, "今明两天": 0}
"""Words for two days, and the first of them in days from today."""


def _lengths() -> dict[str, tuple[int, ...]]:
    found: dict[str, set[int]] = {}
    for word in WORDS:
        found.setdefault(word[0], set()).add(len(word))
    return {sign: tuple(sorted(lengths, reverse=True)) for sign, lengths in found.items()}


LENGTHS = _lengths()
"""The lengths of the words that begin with a sign, longest first."""
