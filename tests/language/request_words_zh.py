"""Chinese words of the generated requests, each with what it means."""

from request_rules import HOUR, WORK_END, WORK_START, Day, Span

WEEKDAYS = "一二三四五六日"
NAMES = ("张三", "李四", "王五", "赵六", "周周", "明明", "一鸣", "陈静", "小王", "老李", "刘洋", "Bob", "Alice")

DAYS: tuple[tuple[str, Day], ...] = (
    ("今天", Day("ahead", 0)),
    ("明天", Day("ahead", 1)),
    ("后天", Day("ahead", 2)),
    ("大后天", Day("ahead", 3)),
    ("周一", Day("weekday", 0)),
    ("周二", Day("weekday", 1)),
    ("周三", Day("weekday", 2)),
    ("星期四", Day("weekday", 3)),
    ("周五", Day("weekday", 4)),
    ("礼拜六", Day("weekday", 5)),
    ("周日", Day("weekday", 6)),
    ("本周五", Day("this", 4)),
    ("这周六", Day("this", 5)),
    ("这个星期天", Day("this", 6)),
    ("下周一", Day("next", 0)),
    ("下周三", Day("next", 2)),
    ("下星期五", Day("next", 4)),
    ("下个礼拜二", Day("next", 1)),
    ("下下周四", Day("next", 3, weeks=2)),
    ("11月25日", Day("date", 25, month=11)),
    ("3月8号", Day("date", 8, month=3)),
    ("十二月三号", Day("date", 3, month=12)),
    ("7/20", Day("date", 20, month=7)),
    ("10.26", Day("date", 26, month=10)),
    ("28号", Day("of_month", 28)),
    ("15日", Day("of_month", 15)),
)

POINTS: tuple[tuple[str, Span], ...] = (
    ("下午3点", Span("point", 15 * HOUR)),
    ("3点", Span("point", 15 * HOUR, ambiguous=True)),
    ("上午10点", Span("point", 10 * HOUR)),
    ("十点半", Span("point", 10 * HOUR + 30)),
    ("晚上8点", Span("point", 20 * HOUR)),
    ("14:30", Span("point", 14 * HOUR + 30)),
    ("16点45分", Span("point", 16 * HOUR + 45)),
    ("早上9点", Span("point", 9 * HOUR)),
    ("中午12点", Span("point", 12 * HOUR)),
    ("两点一刻", Span("point", 14 * HOUR + 15, ambiguous=True)),
    ("四点三刻", Span("point", 16 * HOUR + 45, ambiguous=True)),
    ("08:30", Span("point", 8 * HOUR + 30)),
    ("下午五点半", Span("point", 17 * HOUR + 30)),
    ("１１点", Span("point", 11 * HOUR)),
)

RANGES: tuple[tuple[str, Span], ...] = (
    ("下午2点到4点", Span("range", 14 * HOUR, 16 * HOUR)),
    ("2点到4点", Span("range", 14 * HOUR, 16 * HOUR, ambiguous=True)),
    ("14:00-16:00", Span("range", 14 * HOUR, 16 * HOUR)),
    ("上午10点到11点半", Span("range", 10 * HOUR, 11 * HOUR + 30)),
    ("11点到1点", Span("range", 11 * HOUR, 13 * HOUR)),
    ("9点-10点", Span("range", 9 * HOUR, 10 * HOUR)),
    ("13点至14点半", Span("range", 13 * HOUR, 14 * HOUR + 30)),
    ("下午三点到四点一刻", Span("range", 15 * HOUR, 16 * HOUR + 15)),
    ("晚上7点到9点", Span("range", 19 * HOUR, 21 * HOUR)),
    ("9:30~10:30", Span("range", 9 * HOUR + 30, 10 * HOUR + 30)),
    ("1点半到3点", Span("range", 13 * HOUR + 30, 15 * HOUR, ambiguous=True)),
    ("上午10点到下午2点", Span("range", 10 * HOUR, 14 * HOUR)),
    ("下午4-5点", Span("range", 16 * HOUR, 17 * HOUR)),
)

PARTS: tuple[tuple[str, Span], ...] = (
    ("上午", Span("part", 9 * HOUR, 12 * HOUR)),
    ("早上", Span("part", 8 * HOUR, 12 * HOUR)),
    ("中午", Span("part", 12 * HOUR, 14 * HOUR)),
    ("下午", Span("part", 13 * HOUR, 18 * HOUR)),
    ("晚上", Span("part", 18 * HOUR, 22 * HOUR)),
    ("凌晨", Span("part", 0, 6 * HOUR)),
    ("工作时间", Span("part", WORK_START, WORK_END)),
)

OPEN_ENDS: tuple[tuple[str, Span], ...] = (
    ("3点以后", Span("after", 15 * HOUR, WORK_END)),
    ("下午2点之后", Span("after", 14 * HOUR, WORK_END)),
    ("上午10点后", Span("after", 10 * HOUR, WORK_END)),
    ("中午之前", Span("before", 0, 12 * HOUR)),
    ("11点前", Span("before", 0, 11 * HOUR)),
    ("下午4点之前", Span("before", 0, 16 * HOUR)),
)

DURATIONS = (("半小时", 30), ("45分钟", 45), ("一个小时", 60), ("一个半小时", 90), ("两小时", 120))
ZONES = (
    ("东京", "Asia/Tokyo"),
    ("伦敦", "Europe/London"),
    ("纽约", "America/New_York"),
    ("柏林", "Europe/Berlin"),
    ("北京", "Asia/Shanghai"),
)

WHO_FREE = ("谁{t}有空", "{t}谁有空", "帮我看一下{t}谁有空", "请问{t}谁方便", "{t}有人有空吗？", "{t}谁能来帮个忙？")
IS_FREE = ("{who}{t}有空吗", "{t}{who}有空吗", "@{who} {t}有时间吗", "想问下{who}，{t}方便吗", "{who}{t}有没有空呀")
BOOK = ("帮我约{who}，{t}", "{t}跟{who}开个会，帮忙约一下", "约一下{who}，{t}")
FIND = ("{t}找{dur}，和{who}", "帮我和{who}找{dur}，{t}", "{t}给我和{who}安排{dur}")
