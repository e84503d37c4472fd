"""What is wanted."""

from datetime import timedelta

import pytest
from said import problem, request, windows

from bot.language import detect_language
from bot.model.requests import ChangeKind, Intent, Language, Setting

_ASKED = {
    Intent.WHO_IS_FREE: [
        "who's free Tue 2-4pm",
        "is @Bob free now",
        "谁周二下午2点到4点有空",
        "李四现在有空吗",
        "周五3点开会谁能来",
        "does 4pm work",
        "那周四呢",
        "what about Thursday",
        "请问明天下午三点到五点大家有没有时间开个会",
    ],
    Intent.FIND_TIME: [
        "find a 45 min slot for me, Alice and Bob this week",
        "帮我和@张三@李四本周找45分钟",
        "下周三前大家都有空的一小时",
        "when can we all meet next week",
        "什么时候大家都有空",
        "下周什么时候能开会",
        "Thursday morning standup slot?",
        "45 minutes by the end of next week please",
        "帮我找个45分钟的会议时间",
        "明天中午之前找个时间",
        "I need an hour with Carol before Thursday",
        "约个时间和李四聊聊，下周",
    ],
    Intent.NEXT_FREE: [
        "when is Alice next free",
        "张三什么时候有空",
        "我这个星期什么时候有空",
        "when am I free today?",
        "what's the earliest Alice is free",
        "李四下次有空是什么时候",
        "when will Alice be available",
    ],
    Intent.OVERVIEW: [
        "show the team's week",
        "看下团队本周的忙闲",
        "明天大家的日程",
        "show my calendar for next Monday",
        "what does my week look like",
        "show Alice's schedule next week",
        "team calendar this week",
        "12月3号大家有什么安排",
        "我下午有什么会",
    ],
    Intent.BOOK: [
        "book Thu 3pm with @Bob",
        "约明天下午3点和@张三",
        "block 14:00 for 90 minutes on Friday",
        "can we meet Thursday at noon",
        "帮我把本周五全天占掉",
        "schedule a meeting with Alice tomorrow at 2pm for 30 minutes",
        "下周三上午10点和李四开会",
    ],
    Intent.DIGEST_ON: [
        "每天9点10分发团队日报",
        "daily digest at 9:10",
        "开启日报",
        "send the team digest every weekday at 9am",
    ],
    Intent.DIGEST_OFF: [
        "停止日报",
        "stop digest",
        "暂停到周五",
        "pause until Friday",
        "取消日报",
        "turn off the daily digest",
    ],
    Intent.DIGEST_SHOW: ["日报设置", "digest", "看看日报"],
    Intent.TEAM_ADD: [
        "团队加上 @张三 @李四",
        "team add @Alice @Bob",
        "add Alice and Bob to the team",
        "把张三加到团队",
    ],
    Intent.TEAM_REMOVE: ["团队移除@李四", "remove Bob from the team", "从团队去掉李四"],
    Intent.TEAM_SHOW: ["团队有谁", "team", "who is in the team", "团队成员"],
    Intent.SETTINGS: [
        "用英文",
        "speak Chinese",
        "时区 东京",
        "timezone Tokyo",
        "set timezone to Europe/Berlin",
        "时区改成纽约",
    ],
    Intent.HELP: ["帮助", "help", "你好,你会做什么", "what can you do", "hi", "怎么用"],
    Intent.UNCLEAR: [
        "",
        "tell me a joke",
        "给周周和明明提一点建议",
        "三楼5号会议室能坐几个人",
        "weather tomorrow",
        "今天天气怎么样",
        "123",
    ],
}


@pytest.mark.parametrize(("intent", "text"), [(intent, text) for intent, texts in _ASKED.items() for text in texts])
def test_the_intent_of_a_text(intent: Intent, text: str) -> None:
    assert request(text).intent is intent


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("45分钟", 45),
        ("半小时", 30),
        ("一个半小时", 90),
        ("两个半小时", 150),
        ("1小时30分钟", 90),
        ("3.5小时", 210),
        ("一刻钟", 15),
        ("三刻钟", 45),
        ("1h", 60),
        ("1h30", 90),
        ("90 min", 90),
        ("an hour and a half", 90),
        ("half an hour", 30),
        ("1.5 hours", 90),
        ("one and a half hours", 90),
        ("a couple of hours", 120),
        ("90-minute meeting", 90),
    ],
)
def test_a_length_of_time(text: str, minutes: int) -> None:
    assert request(f"{text} tomorrow").duration == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    "text",
    [
        "find a 45 min slot for me, Alice and Bob",
        "when is Alice next free",
        "张三什么时候有空",
        "三楼5号会议室能坐几个人",
        "给周周和明明提一点建议",
        "add April and May to the review group",
        "有一点建议",
        "v2.14.3什么时候发布",
        "release v2.14.3",
        "205会议室",
        "3号楼",
        "may I ask",
        "am I free",
        "my temperature is 37.1",
        "看下3号会议室",
    ],
)
def test_what_is_no_time_gives_no_window(text: str) -> None:
    assert windows(text) == []


def test_a_digest_has_the_one_point_at_which_it_is_sent() -> None:
    assert windows("每天9点10分发团队日报") == ["11-25 09:10-10:10"]
    assert windows("every workday at 9:10am send the digest") == ["11-25 09:10-10:10"]


def test_a_pause_has_its_end() -> None:
    assert windows("pause until Friday") == ["11-24 10:00..11-28 00:00"]
    assert windows("暂停一周") == ["11-24 10:00..12-01 00:00"]


@pytest.mark.parametrize(
    ("text", "setting"),
    [
        ("时区 东京", Setting(zone="Asia/Tokyo")),
        ("set timezone to Europe/Berlin", Setting(zone="Europe/Berlin")),
        ("speak Chinese", Setting(locale="zh")),
        ("用英文", Setting(locale="en")),
        ("用英文，时区东京", Setting(locale="en", zone="Asia/Tokyo")),
        ("语言自动", Setting(locale="auto")),
        ("把时区改成火星", Setting(unknown="火星")),
        ("timezone Atlantis", Setting(unknown="Atlantis")),
        ("设置", None),
        ("show me the settings", None),
        ("时区", None),
        ("this chat reminders", None),
    ],
)
def test_settings_name_what_is_set(text: str, setting: Setting | None) -> None:
    assert (request(text).intent, request(text).setting) == (Intent.SETTINGS, setting)


@pytest.mark.parametrize("text", ["设计组有谁", "设计组都有谁", "who is in design", "show design", "设计组成员"])
def test_who_is_in_a_named_team_is_asked_by_its_name(text: str) -> None:
    asked = request(text)
    assert (asked.intent, asked.who.teams) == (Intent.TEAM_SHOW, ("design",))


@pytest.mark.parametrize("text", ["设计组谁明天有空", "设计组明天", "who in design is free tomorrow"])
def test_a_team_beside_a_time_is_asked_about_its_time(text: str) -> None:
    asked = request(text)
    assert asked.intent is Intent.WHO_IS_FREE


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("谁有空", "no_time"),
        ("is Bob free", "no_time"),
        ("2月31号谁有空", "impossible_time"),
        ("Feb 31", "impossible_time"),
        ("25:00", "impossible_time"),
        ("25点谁在", "impossible_time"),
        ("4pm to 2pm tomorrow", "end_before_start"),
        ("明天16:00-14:00", "end_before_start"),
        ("下午4点到2点", "end_before_start"),
        ("昨天下午谁有空", "in_the_past"),
        ("last Friday", "in_the_past"),
        ("who was off 3 days ago", "in_the_past"),
        ("三天前谁请假", "in_the_past"),
        ("12月1号到2月1号谁有空", "too_long"),
        ("香蕉", "not_understood"),
        ("team add", "no_people"),
    ],
)
def test_a_problem_is_named(text: str, code: str) -> None:
    assert problem(text) == code


@pytest.mark.parametrize(
    "text", ["张三什么时候有空", "find 45 min with Bob", "help", "停止日报", "team", "show my calendar"]
)
def test_a_request_that_needs_no_time_has_no_problem(text: str) -> None:
    assert problem(text) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("那周四呢", ChangeKind.DAY),
        ("what about Thursday", ChangeKind.DAY),
        ("换成周五", ChangeKind.DAY),
        ("what about 3pm", ChangeKind.CLOCK),
        ("改到下午4点", ChangeKind.CLOCK),
        ("那明天下午呢", ChangeKind.TIME),
        ("how about tomorrow afternoon?", ChangeKind.TIME),
        ("换成30分钟", ChangeKind.DURATION),
        ("make it 30 min", ChangeKind.DURATION),
        ("再加上@王五", ChangeKind.ADD),
        ("also Bob", ChangeKind.ADD),
        ("去掉李四", ChangeKind.REMOVE),
        ("without Bob", ChangeKind.REMOVE),
        ("不要李四", ChangeKind.REMOVE),
        ("再晚点", ChangeKind.LATER),
        ("later", ChangeKind.LATER),
        ("a bit earlier", ChangeKind.EARLIER),
    ],
)
def test_a_follow_up_changes_one_thing(text: str, kind: ChangeKind) -> None:
    found = request(text).change
    assert found is not None
    assert found.kind is kind


def test_a_follow_up_carries_what_it_puts_in() -> None:
    day, length, more = (request(text).change for text in ("那周四呢", "make it 30 min", "再加上@王五"))
    assert day is not None
    assert [f"{window.start:%m-%d}" for window in day.windows] == ["11-26"]
    assert length is not None
    assert length.duration == timedelta(minutes=30)
    assert more is not None
    assert more.who.names == ("王五",)


@pytest.mark.parametrize(
    "text",
    [
        "周四谁有空",
        "明天下午谁有空呢",
        "is Thursday ok",
        "tomorrow at 3pm",
        "add Bob to the team",
        "换成英文",
        "what about Bob tomorrow",
    ],
)
def test_a_request_of_its_own_changes_nothing(text: str) -> None:
    assert request(text).change is None


def test_the_text_of_a_problem_is_one_plain_line() -> None:
    for text in ("谁有空", "2月31号谁有空", "4pm to 2pm tomorrow", "昨天谁有空", "香蕉"):
        found = request(text).problem
        assert found is not None
        assert found.text == found.text.strip().rstrip(".")
        assert "\n" not in found.text
        assert found.text[0].islower()


def test_a_long_text_is_read_to_500_characters() -> None:
    assert problem("明天下午谁有空" + "啊" * 600) is None
    assert problem("明天下午谁有空" + "啊" * 600 + "还有后天上午") == "too_long"
    assert problem("啊" * 600 + "明天下午谁有空") == "too_long"
    assert problem("明天下午谁有空" + "啊" * 1600) == "too_long"
    assert problem("啊" * 100) == "not_understood"


@pytest.mark.parametrize("unit", ["王伟、", "Alice, ", "@小明 ", "张三李四"])
def test_a_list_of_people_that_is_cut_says_so(unit: str) -> None:
    assert problem(f"明天下午有空吗 {unit * 30}") is None
    assert problem(f"明天下午有空吗 {unit * (540 // len(unit))}") == "too_long"
    assert problem(f"{unit * 500} 明天下午有空吗") in ("too_many_people", "too_long")


def test_five_hundred_names_are_too_many_before_and_behind_the_question() -> None:
    firsts, lasts = "伟芳娜敏静丽强磊军洋勇艳杰娟涛超秀霞刚桂英华玉兰竹", "文斌海波辉雪梅亮森林峰飞鹏宇晨阳琳琪"
    names = "、".join(f"王{first}{last}" for first in firsts for last in lasts)
    assert problem(f"明天下午有空吗 {names}") == "too_many_people"
    assert problem(f"{names}明天下午有空吗") == "too_many_people"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("", Language.ZH),
        ("14:00-15:00", Language.ZH),
        ("谁 free 明天", Language.ZH),
        ("Alice 明天下午有空吗", Language.ZH),
        ("is @张三 free tomorrow afternoon", Language.EN),
        ("who is free Tue 2-4pm", Language.EN),
        ("help", Language.EN),
    ],
)
def test_the_language_is_that_of_the_grammar(text: str, language: Language) -> None:
    assert detect_language(text) is language
