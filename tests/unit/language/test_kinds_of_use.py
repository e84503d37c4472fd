"""Texts of use by their kinds, each with neighbours in both languages: the whole reading on a Tuesday morning."""

import json
import sys
from pathlib import Path

import pytest

from bot.language import answer_line

sys.path.append(str(Path(__file__).parents[2] / "language"))
import readings

AT_THREE = "point 11-25 15:00-16:00"
NIGHTLY = "or point 11-25 03:00-04:00 | afternoon of 3点"
NO_NEWS = "digest_on | digest quiet True"

# ---------------------------------------------------------------- what makes an order act, or somebody of a word
TOPICS = (
    ("约张三明天3点讨论下季度计划", f"book | {AT_THREE} | {NIGHTLY} | names 张三 | acts | title 下季度计划"),
    ("约张三明天3点讨论李四的计划", f"book | {AT_THREE} | {NIGHTLY} | names 张三 | acts | title 李四的计划"),
    ("约张三明天3点评审季度计划", f"book | {AT_THREE} | {NIGHTLY} | names 张三 | acts | title 评审季度计划"),
    ("book Bob tomorrow 3pm to discuss Alice's plan", f"book | {AT_THREE} | names Bob | acts | title Alice's plan"),
    (
        "book Bob tomorrow 3pm to discuss hiring with Alice",
        f"book | {AT_THREE} | names Bob, Alice | acts | title hiring",
    ),
    ("约张三明天3点讨论预算，李四参加", f"book | {AT_THREE} | {NIGHTLY} | names 张三, 李四 | acts | title 预算"),
)
CODES = (
    ("(order PO-20260318)", "unclear | problem not_understood | leaves order PO-20260318"),
    ("book Bob tomorrow 3pm (order PO-20260318)", f"book | {AT_THREE} | names Bob | leaves order PO-20260318"),
    ("谁明天3点有空 SO-20260318", f"who_is_free | {AT_THREE} | {NIGHTLY} | leaves SO-20260318"),
    ("谁明天3点有空，工单A-2026-03-18", f"who_is_free | {AT_THREE} | {NIGHTLY} | leaves 工单A-2026-03-18"),
    ("who is free 20261203", "who_is_free | days 12-03 00:00-12-04 00:00"),
)
MEETINGS_THAT_ARE = (
    ("is Bob in a meeting tomorrow", "who_is_free | days 11-25 00:00-11-26 00:00 | names Bob"),
    ("is Bob in a meeting", "presence | names Bob"),
    (
        "am I meeting John today",
        "who_is_free | days 11-24 10:00-11-25 00:00 | in full days 11-24 00:00-11-25 00:00 | names John | me",
    ),
    ("is Bob meeting Alice tomorrow", "who_is_free | days 11-25 00:00-11-26 00:00 | names Bob, Alice"),
    ("张三明天下午在开会吗", "who_is_free | part 11-25 13:00-18:00 | names 张三"),
    ("李四周五下午3点正在开会吗", "who_is_free | point 11-27 15:00-16:00 | names 李四"),
    ("李四在开会吗", "presence | names 李四"),
    ("明天3点和张三开会", f"book | {AT_THREE} | {NIGHTLY} | names 张三"),
)
QUIET = (
    ("没人请假就不发日报", NO_NEWS),
    ("如果没人请假就不发日报", NO_NEWS),
    ("大家都在就别发日报", "digest_show | everyone | digest"),
    ("don't send the digest if nobody is out", NO_NEWS),
    ("stop the digest when nobody is away", NO_NEWS),
    ("stop the digest if it rains", "digest_show | digest"),
    ("停止日报", "digest_off | digest"),
    ("不要在没人请假时发日报", NO_NEWS),
    ("if nobody is out don't send the digest", NO_NEWS),
    ("only send the digest if someone is out", NO_NEWS),
)
ENDED = (
    (
        "每周五下午直到12月底",
        "unclear | part 11-27 13:00-18:00, 12-04 13:00-18:00, 12-11 13:00-18:00, 12-18 13:00-18:00"
        " | series FREQ=WEEKLY;BYDAY=FR;UNTIL=20261231T155959Z",
    ),
    (
        "every Friday until the end of December",
        "unclear | days 11-27 00:00-11-28 00:00, 12-04 00:00-12-05 00:00, 12-11 00:00-12-12 00:00,"
        " 12-18 00:00-12-19 00:00 | series FREQ=WEEKLY;BYDAY=FR;UNTIL=20261231",
    ),
    (
        "每周五下午3点到月底",
        "unclear | point 11-27 15:00-16:00 | series FREQ=WEEKLY;BYDAY=FR;UNTIL=20261130T155959Z",
    ),
    ("每周五到月底", "unclear | days 11-27 00:00-11-28 00:00 | series FREQ=WEEKLY;BYDAY=FR;UNTIL=20261130"),
    (
        "book every Friday 3pm with Bob until December 10",
        "book | point 11-27 15:00-16:00, 12-04 15:00-16:00 | names Bob"
        " | series FREQ=WEEKLY;BYDAY=FR;UNTIL=20261210T155959Z",
    ),
    (
        "约张三每周五下午3点到12月10日",
        "book | point 11-27 15:00-16:00, 12-04 15:00-16:00 | names 张三"
        " | series FREQ=WEEKLY;BYDAY=FR;UNTIL=20261210T155959Z",
    ),
    (
        "每周五下午3点到5点谁有空",
        "who_is_free | range 11-27 15:00-17:00, 12-04 15:00-17:00, 12-11 15:00-17:00, 12-18 15:00-17:00"
        " | series FREQ=WEEKLY;BYDAY=FR",
    ),
    (
        "every Friday at 3pm until November 26",
        "unclear | series FREQ=WEEKLY;BYDAY=FR;UNTIL=20261126T155959Z | problem end_before_start",
    ),
)
# ---------------------------------------------------------------- times
HOURS = (
    ("who is free first thing tomorrow", "who_is_free | part 11-25 09:00-10:00"),
    ("who is free tomorrow first thing in the morning", "who_is_free | part 11-25 09:00-10:00"),
    ("明天一上班谁有空", "who_is_free | part 11-25 09:00-10:00"),
    ("今晚11点到次日1:00谁有空", "who_is_free | range 11-24 23:00-11-25 01:00"),
    ("今晚11点到第二天1点谁有空", "who_is_free | range 11-24 23:00-11-25 01:00"),
    ("到第二天1点", "unclear | range 11-24 10:00-11-25 01:00"),
    ("who is free tonight 11pm until 1 the next day", "who_is_free | range 11-24 23:00-11-25 01:00"),
    ("周五晚上9点到周六1点谁有空", "who_is_free | range 11-27 21:00-11-28 01:00"),
    ("今晚11点到次日下午1点谁有空", "who_is_free | range 11-24 23:00-11-25 13:00"),
    ("今晚凌晨2点谁有空", "who_is_free | point 11-25 02:00-03:00"),
    ("明晚凌晨1点谁有空", "who_is_free | point 11-26 01:00-02:00"),
    ("周五凌晨2点谁有空", "who_is_free | point 11-27 02:00-03:00"),
    ("who is free tomorrow 2015", "who_is_free | point 11-25 20:15-21:15"),
    ("明天2015谁有空", "who_is_free | point 11-25 20:15-21:15"),
    ("who is free on Friday 1930", "who_is_free | point 11-27 19:30-20:30"),
    ("who is free tomorrow 3pm [PST]", "who_is_free | point 11-26 07:00-08:00 | zone America/Los_Angeles"),
    ("明天下午3点[PST]谁有空", "who_is_free | point 11-26 07:00-08:00 | zone America/Los_Angeles"),
    ("谁明天3点有空[微笑]", f"who_is_free | {AT_THREE} | {NIGHTLY}"),
    ("tomorrow at 13/13?", "who_is_free | days 11-25 00:00-11-26 00:00 | doubts 13/13"),
    ("明天13/13谁有空", "who_is_free | days 11-25 00:00-11-26 00:00 | doubts 13/13"),
)
DAYS = (
    ("who is free from today 3pm until tomorrow noon", "who_is_free | range 11-24 15:00-11-25 12:00"),
    ("today 3pm till tomorrow 11am, who is free", "who_is_free | range 11-24 15:00-11-25 11:00"),
    ("thanks, until tomorrow!", "thanks"),
    (
        "除了周五，下周上午谁有空",
        "who_is_free | part 11-30 09:00-12:00, 12-01 09:00-12:00, 12-02 09:00-12:00, 12-03 09:00-12:00",
    ),
    ("除了周五和周三，下周上午谁有空", "who_is_free | part 11-30 09:00-12:00, 12-01 09:00-12:00, 12-03 09:00-12:00"),
    (
        "except Friday, next week in the morning, who is free",
        "who_is_free | part 11-30 09:00-12:00, 12-01 09:00-12:00, 12-02 09:00-12:00, 12-03 09:00-12:00",
    ),
    ("who is free the day before Friday", "who_is_free | days 11-26 00:00-11-27 00:00"),
    ("who is free the day after Friday", "who_is_free | days 11-28 00:00-11-29 00:00"),
    ("who is free the day after tomorrow", "who_is_free | days 11-26 00:00-11-27 00:00"),
    ("周五的前一天谁有空", "who_is_free | days 11-26 00:00-11-27 00:00"),
    ("周五前两天谁有空", "who_is_free | days 11-25 00:00-11-27 00:00"),
    ("周五后一天谁有空", "who_is_free | days 11-28 00:00-11-29 00:00"),
    (
        "next Monday, Tuesday or Wednesday",
        "unclear | days 11-30 00:00-12-01 00:00, 12-01 00:00-12-02 00:00, 12-02 00:00-12-03 00:00"
        " | next_week of next Monday | next_week of Tuesday | next_week of Wednesday",
    ),
    (
        "下周一，周二或者周三谁有空",
        "who_is_free | days 11-30 00:00-12-01 00:00, 12-01 00:00-12-02 00:00, 12-02 00:00-12-03 00:00"
        " | next_week of 下周一 | next_week of 周二 | next_week of 周三",
    ),
    ("who is free today in one hour", "who_is_free | point 11-24 11:00-12:00"),
    ("今天一小时后谁有空", "who_is_free | point 11-24 11:00-12:00"),
    ("not now, in an hour", "unclear | point 11-24 11:00-12:00"),
    ("不是现在，一小时后谁有空", "who_is_free | point 11-24 11:00-12:00"),
    ("张三年底有空吗", "who_is_free | days 12-21 00:00-01-01 00:00 | names 张三"),
    (
        "王五月底有空吗",
        "who_is_free | days 11-24 10:00-12-01 00:00 | in full days 11-21 00:00-12-01 00:00 | names 王五",
    ),
    ("张三下个工作日有空吗", "who_is_free | days 11-25 00:00-11-26 00:00 | names 张三"),
    ("李四下一个工作日有空吗", "who_is_free | days 11-25 00:00-11-26 00:00 | names 李四"),
)
# ---------------------------------------------------------------- people
PEOPLE = (
    ("me and Bob tomorrow 3pm", f"who_is_free | {AT_THREE} | names Bob | me"),
    ("我和张三明天3点", f"who_is_free | {AT_THREE} | {NIGHTLY} | names 张三 | me"),
    ("I'm with Bob tomorrow 3pm", f"thanks | {AT_THREE} | names Bob | me"),
    ("everyone but Bob", "unclear | without_names Bob | everyone | problem no_time"),
    ("everyone but Bob tomorrow 3pm", f"who_is_free | {AT_THREE} | without_names Bob | everyone"),
    ("Bob (required) and Alice tomorrow 3pm", f"who_is_free | {AT_THREE} | names Bob, Alice"),
    ("find a time for Bob (optional), Alice and Eve", "find_time | names Bob, Alice, Eve | optional Bob"),
    ("张三（必须到）和李四明天3点有空吗", f"who_is_free | {AT_THREE} | {NIGHTLY} | names 张三, 李四"),
    ("optional Alice", "unclear | names Alice | optional Alice | changes optional names Alice | problem no_time"),
    ("book Bob tomorrow 3pm, optional Alice", f"book | {AT_THREE} | names Bob, Alice | acts | optional Alice"),
    ("约张三明天3点，可选王五", f"book | {AT_THREE} | {NIGHTLY} | names 张三, 王五 | acts | optional 王五"),
    ("可选王五", "unclear | names 王五 | optional 王五 | changes optional names 王五 | problem no_time"),
    ("约李四明天3点，王五可选", f"book | {AT_THREE} | {NIGHTLY} | names 李四, 王五 | acts | optional 王五"),
    ("等张三有空了告诉我", "next_free | names 张三 | watch"),
    ("等李四开完会告诉我", "next_free | names 李四 | watch"),
    ("等李四有空的时候告诉我", "next_free | names 李四 | watch"),
    ("let Bob be optional", "unclear | names Bob | optional Bob | changes optional names Bob | problem no_time"),
    ("让张三可选", "unclear | names 张三 | optional 张三 | changes optional names 张三 | problem no_time"),
    ("约张三明天3点，不叫李四", f"book | {AT_THREE} | {NIGHTLY} | names 张三 | without_names 李四 | acts"),
    ("约张三明天3点，不约李四", f"book | {AT_THREE} | {NIGHTLY} | names 张三 | without_names 李四 | acts"),
    ("约张三明天3点，不要叫李四", f"book | {AT_THREE} | {NIGHTLY} | names 张三 | without_names 李四 | acts"),
    ("book Carol tomorrow 3pm, don't invite Bob", f"book | {AT_THREE} | names Carol | without_names Bob | acts"),
)
# ---------------------------------------------------------------- wants
WANTS = (
    ("turn the digest off", "digest_off | digest"),
    ("digest off", "digest_off | digest"),
    ("digest off on Wednesday", "digest_off | days 11-25 00:00-11-26 00:00 | digest paused_until 2026-11-25"),
    ("is the digest off?", "digest_show | digest"),
    ("日报关了吗", "digest_show | digest"),
    ("turn the digest on", "digest_on | digest on True"),
    ("把日报关了", "digest_off | digest"),
    ("把日报开一下", "digest_on | digest on True"),
    ("评审是几点", "bookings | title 评审"),
    ("例会几点", "bookings | title 例会"),
    ("我的会", "bookings | me"),
    ("我的会议", "bookings | me"),
    ("my meetings", "bookings | me"),
    ("my meetings tomorrow", "overview | days 11-25 00:00-11-26 00:00 | me"),
    ("move tomorrow's 3pm to 4pm", "bookings | point 11-25 16:00-17:00"),
    ("move my 3pm to 5-6pm", "bookings | range 11-24 17:00-18:00"),
    ("reschedule tomorrow's review to Friday", "bookings | days 11-27 00:00-11-28 00:00 | title review"),
    ("把明天的会改到后天", "bookings | days 11-26 00:00-11-27 00:00 | changes day days 11-26 00:00-11-27 00:00"),
    ("明天下午3点的会挪到下午4点", "bookings | point 11-25 16:00-17:00 | changes time point 11-25 16:00-17:00"),
    ("any room free at 3pm", "rooms | point 11-24 15:00-16:00"),
    ("any room free for 5 people tomorrow", "rooms | days 11-25 00:00-11-26 00:00"),
    ("下午3点有会议室吗", "rooms | point 11-24 15:00-16:00"),
    ("明天有会议吗", "who_is_free | days 11-25 00:00-11-26 00:00"),
    ("周五有会议没有", "who_is_free | days 11-27 00:00-11-28 00:00"),
    ("下午3点评审", "unclear | point 11-24 15:00-16:00 | title 评审 | problem not_understood"),
    ("下午3时代码评审", "unclear | point 11-24 15:00-16:00 | title 代码评审 | problem not_understood"),
    ("review at 3pm", "unclear | point 11-24 15:00-16:00 | title review | problem not_understood"),
)
KINDS = {
    "topics": TOPICS,
    "codes": CODES,
    "meetings that are": MEETINGS_THAT_ARE,
    "quiet": QUIET,
    "ended": ENDED,
    "hours": HOURS,
    "days": DAYS,
    "people": PEOPLE,
    "wants": WANTS,
}
ROWS = [pytest.param(text, read, id=f"{kind}: {text}") for kind, rows in KINDS.items() for text, read in rows]


@pytest.mark.parametrize(("text", "read"), ROWS)
def test_a_text_of_use_is_read_as_its_kind_is(text: str, read: str) -> None:
    assert readings.reading(text) == read


# ---------------------------------------------------------------- with a directory, as the contract has it
NAMES = ["张三", "李四", "孙一凡", "Bob Smith", "Alice Jones"]
KNOWN = (
    ("约张三明天下午3点讨论李四的计划", {"names": ["张三"], "title": "李四的计划", "acts": True}),
    ("约张三明天下午3点评审孙一凡的方案", {"names": ["张三"], "title": "评审孙一凡的方案", "acts": True}),
    ("约张三明天下午3点讨论下季度计划", {"names": ["张三"], "unread": [], "title": "下季度计划", "acts": True}),
    ("约张三明天下午3点讨论预算，孙一凡参加", {"names": ["张三", "孙一凡"], "title": "预算", "acts": True}),
    ("book Bob tomorrow 3pm to discuss Alice's plan", {"names": ["Bob"], "title": "Alice's plan", "acts": True}),
    ("约李四明天下午3点，不叫张三", {"names": ["李四"], "without": ["张三"], "acts": True}),
    ("约李四明天下午3点，不叫王晓明", {"names": ["李四"], "without": ["王晓明"], "unread": []}),
    ("book Bob tomorrow 3pm, optional Alice", {"names": ["Bob", "Alice"], "optional": ["Alice"], "acts": True}),
    ("everyone but Bob tomorrow 3pm", {"names": [], "without": ["Bob"], "everyone": True, "acts": False}),
    ("is Bob in a meeting tomorrow", {"intent": "who_is_free", "names": ["Bob"], "acts": False}),
    ("等张三有空了告诉我", {"intent": "next_free", "names": ["张三"], "leftover": []}),
    ("没人请假就不发日报", {"intent": "digest_on", "leftover": []}),
)


def _row(text: str) -> dict[str, object]:
    asked = {"id": "1", "text": text, "ref": "2026-11-24T10:00:00+08:00", "timezone": "Asia/Shanghai", "names": NAMES}
    found = json.loads(answer_line(json.dumps(asked)))
    return found | found["people"]


@pytest.mark.parametrize(("text", "expected"), KNOWN)
def test_a_text_of_use_is_read_with_a_directory(text: str, expected: dict[str, object]) -> None:
    found = _row(text)
    assert {key: found[key] for key in expected} == expected


def test_an_order_with_a_topic_is_one_whole_row() -> None:
    expected = {
        "id": "1",
        "intent": "book",
        "language": "zh",
        "windows": [{"start": "2026-11-25T15:00:00+08:00", "end": "2026-11-25T16:00:00+08:00"}],
        "duration_minutes": None,
        "people": {
            "mentioned": [],
            "names": ["张三"],
            "teams": [],
            "me": False,
            "everyone": False,
            "without": [],
            "unread": [],
        },
        "optional": [],
        "quorum": None,
        "zone": None,
        "series": None,
        "title": "下季度计划",
        "reminder_minutes": None,
        "place": None,
        "leftover": [],
        "acts": True,
        "alternatives": [],
        "problem": None,
    }
    found = _row("约张三明天下午3点讨论下季度计划")
    assert {key: found[key] for key in expected} == expected
