"""Whom a text speaks of."""

import pytest
from said import SHANGHAI, TUESDAY, request, shown

from bot.language import parse
from bot.model.people import StaffId
from bot.model.requests import Intent


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("is Bob free now", ["Bob"]),
        ("is bob free tomorrow", ["bob"]),
        ("are Alice and Bob free Friday afternoon", ["Alice", "Bob"]),
        ("bob and alice free tomorrow?", ["bob", "alice"]),
        ("Is Wang Fang available on Monday at 10?", ["Wang Fang"]),
        ("does Carol have time Thursday morning", ["Carol"]),
        ("can Bob meet tomorrow at 3pm", ["Bob"]),
        ("when is Alice next free", ["Alice"]),
        ("Bob's calendar next week", ["Bob"]),
        ("show Alice's schedule next week", ["Alice"]),
        ("find 30 min with Carol by Friday", ["Carol"]),
        ("find a slot for Alice Smith, Bob and me", ["Alice Smith", "Bob"]),
        ("lunch with Bob next Wednesday?", ["Bob"]),
        ("nxt mon 10am w/ Alice", ["Alice"]),
        ("is @Alice free on Friday", ["Alice"]),
        ("thurs 2ish ok for you @Bob?", ["Bob"]),
        ("is April free tomorrow", ["April"]),
        ("are May and June available on Friday at 2", ["May", "June"]),
        ("张三有空吗", ["张三"]),
        ("张三什么时候有空", ["张三"]),
        ("明天下午3点张三有空吗", ["张三"]),
        ("李四现在有空吗", ["李四"]),
        ("30号张三在不在", ["张三"]),
        ("@张三 @李四 明天下午有空吗", ["张三", "李四"]),
        ("@张三@李四明天有空吗", ["张三", "李四"]),
        ("张三、李四和王五明天有空吗", ["张三", "李四", "王五"]),
        ("张三李四王五明天有空吗", ["张三", "李四", "王五"]),
        ("约一下李四明天上午", ["李四"]),
        ("今天下午5点前能约到李四吗", ["李四"]),
        ("周五之前找半小时和王五聊聊", ["王五"]),
        ("这周找个45分钟,我、小王和小李", ["小王", "小李"]),
        ("小王和小李周四下午有空吗", ["小王", "小李"]),
        ("张总明天上午方便吗", ["张总"]),
        ("王经理周五有空吗", ["王经理"]),
        ("李明明天有空吗", ["李明"]),
        ("王小明明天有空吗", ["王小明"]),
        ("欧阳娜娜后天下午在吗", ["欧阳娜娜"]),
        ("周周周三有空吗", ["周周"]),
        ("李四明天的安排", ["李四"]),
        ("查一下王芳明天的忙闲", ["王芳"]),
        ("Alice明天有空吗", ["Alice"]),
        ("和Bob约明天下午三点", ["Bob"]),
        ("给Alice和李四约个会，周四上午10点", ["Alice", "李四"]),
        ("把张三加到团队", ["张三"]),
        ("remove Bob from the team", ["Bob"]),
        ("張偉明天有空嗎", []),
    ],
)
def test_typed_names_are_found_where_people_stand(text: str, names: list[str]) -> None:
    assert [name for name in request(text).who.names if name != "張偉"] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("明天下午有空吗 王伟、李芳", ["王伟", "李芳"]),
        ("明天下午有空吗？王伟，李芳", ["王伟", "李芳"]),
        ("谁有空 周二下午 张伟 李娜", ["张伟", "李娜"]),
        ("谁周五下午有空：王伟、李芳", ["王伟", "李芳"]),
        ("free Tue 2-4pm? Bob, Alice", ["Bob", "Alice"]),
        ("free Tue 2-4pm: Bob, Alice and Carol", ["Bob", "Alice", "Carol"]),
        ("who's free tomorrow? Bob", ["Bob"]),
        ("who's free tomorrow? Thanks, Bob", []),
        ("who's free tomorrow? Cheers Bob", []),
        ("谁周二有空？谢谢 王伟", []),
    ],
)
def test_names_may_stand_behind_the_question(text: str, names: list[str]) -> None:
    assert list(request(text).who.names) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("张三 明天下午", ["张三"]),
        ("晓彤明天下午", ["晓彤"]),
        ("明天下午 张三、李四", ["张三", "李四"]),
        ("Bob tomorrow 3pm", ["Bob"]),
        ("tomorrow 3pm Bob", ["Bob"]),
        ("Bob and Alice Friday", ["Bob", "Alice"]),
        ("May tomorrow", ["May"]),
        ("明明 明天", ["明明"]),
        ("bob tomorrow 3pm", ["bob"]),
        ("budget tomorrow 3pm", []),
        ("deploy tomorrow 3pm", []),
        ("下午 评审", []),
    ],
)
def test_a_name_and_a_time_are_enough(text: str, names: list[str]) -> None:
    found = request(text)
    assert list(found.who.names) == names
    assert not names or found.intent is Intent.WHO_IS_FREE


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("are zhang wei and Zoe free tomorrow", ["zhang wei", "Zoe"]),
        ("are Zoe and zhang wei free", ["Zoe", "zhang wei"]),
        ("is bob free at 3", ["bob"]),
        ("when is alice next free", ["alice"]),
        ("when is li na next free", ["li na"]),
        ("find 30 min with zhang wei tomorrow", ["zhang wei"]),
        ("find 30 min with bob tomorrow", ["bob"]),
        ("tell me if bob is free tomorrow", ["bob"]),
        ("let me know whether li na is free at 3", ["li na"]),
        ("is will free tomorrow", ["will"]),
        ("is mark free", ["mark"]),
        ("is anyone free", []),
        ("is the team free", []),
        ("is everybody available", []),
        ("is it ok", []),
        ("is tomorrow free", []),
        ("is next week free", []),
        ("is that time free", []),
        ("is the room free", []),
        ("is the main hall free tomorrow", []),
        ("are those two free tomorrow", []),
        ("quick question: free tomorrow?", []),
        ("what about the team", []),
    ],
)
def test_names_in_small_letters_are_found_where_nothing_else_can_stand(text: str, names: list[str]) -> None:
    assert list(request(text).who.names) == names


@pytest.mark.parametrize(
    ("text", "names", "windows"),
    [
        ("周周周三有空吗", ["周周"], ["11-25 00:00..11-26 00:00"]),
        ("周周 周三", ["周周"], ["11-25 00:00..11-26 00:00"]),
        ("明明明天有空吗", ["明明"], ["11-25 00:00..11-26 00:00"]),
        ("晨晨 周三上午", ["晨晨"], ["11-25 09:00-12:00"]),
        ("小满明天下午有空吗", ["小满"], ["11-25 13:00-18:00"]),
        ("伍月五月有空吗", ["伍月"], ["05-01 00:00..06-01 00:00"]),
        ("江月明天有空吗", ["江月"], ["11-25 00:00..11-26 00:00"]),
        ("陈月华周五有空吗", ["陈月华"], ["11-27 00:00..11-28 00:00"]),
        ("5月江月有空吗", ["江月"], ["05-01 00:00..06-01 00:00"]),
        ("安月底前找一小时", [], ["11-24 10:00..12-01 00:00"]),
        ("这周月会谁参加", [], ["11-24 10:00..11-30 00:00"]),
        ("is May free in May", ["May"], ["05-01 00:00..06-01 00:00"]),
        ("is June free in July", ["June"], ["07-01 00:00..08-01 00:00"]),
        ("April free tomorrow?", ["April"], ["11-25 00:00..11-26 00:00"]),
        ("is Summer free tomorrow", ["Summer"], ["11-25 00:00..11-26 00:00"]),
        ("can Will meet on Wednesday", ["Will"], ["11-25 00:00..11-26 00:00"]),
        ("free in May", [], ["05-01 00:00..06-01 00:00"]),
    ],
)
def test_names_that_look_like_times_are_told_from_them(text: str, names: list[str], windows: list[str]) -> None:
    assert list(request(text).who.names) == names
    assert [shown(window) for window in request(text).windows] == windows


@pytest.mark.parametrize(
    "text",
    [
        "who's free Tue 2-4pm",
        "anyone up for a call this evening",
        "is the team in on Friday",
        "any room during working hours on Thursday",
        "is it ok tomorrow",
        "are you free tomorrow",
        "is anything open on Friday",
        "谁明天有空",
        "有没有人明天能替班",
        "明天大家方便吗",
        "周五下午有没有空档",
        "今天下午开会方便吗",
        "高管会议明天方便吗",
        "方案评审明天下午有空吗",
        "明天项目组有时间吗",
        "于明天下午开会",
        "那周四呢",
        "明天下午谁有空啊啊",
        "谁有空 明天下午 谢谢",
        "谁有空 明天下午 收到请回复",
        "谁周二有空 在上海",
        "谁明天有空 郑州出差",
        "谁有空 周二下午 高铁",
    ],
)
def test_grammar_is_never_a_name(text: str) -> None:
    assert request(text).who.names == ()


@pytest.mark.parametrize(
    "text", ["am I free Friday at 3?", "我明天有空吗", "find a slot for me and Bob", "我和张三明天"]
)
def test_the_sender_is_told_from_the_one_who_asks(text: str) -> None:
    assert request(text).who.me


@pytest.mark.parametrize("text", ["find me a slot tomorrow", "show me tomorrow", "帮我找个时间", "给我看看明天的忙闲"])
def test_somebody_who_only_asks_is_not_meant(text: str) -> None:
    assert not request(text).who.me


@pytest.mark.parametrize(
    "text",
    [
        "is everyone in on Friday",
        "can we meet at noon",
        "show the team's week",
        "大家有空吗",
        "我们周五开会",
        "团队本周的忙闲",
    ],
)
def test_the_whole_team_is_meant(text: str) -> None:
    assert request(text).who.everyone


@pytest.mark.parametrize(
    "text", ["who is free", "谁有空", "anyone free at 3", "block this Friday all day", "有人值班吗"]
)
def test_who_names_nobody(text: str) -> None:
    assert request(text).who.nobody


@pytest.mark.parametrize("text", ["设计组周五有空吗", "is Design free on Friday", "和设计组约周四下午"])
def test_a_configured_team_is_known_by_its_names(text: str) -> None:
    assert request(text).who.teams == ("design",)


def test_a_teams_name_is_no_part_of_another_word() -> None:
    assert request("who is free for redesigning tomorrow").who.teams == ()


def test_linked_mentions_come_through_once_and_in_order() -> None:
    at = (StaffId("b"), StaffId("a"), StaffId("b"))
    assert parse("明天有空吗", now=TUESDAY, zone=SHANGHAI, mentioned=at).who.mentioned == ("b", "a")


def test_somebody_may_be_optional_and_a_number_enough() -> None:
    found = request("find 30 min tomorrow with Alice and Bob, Bob optional")
    assert (found.who.names, found.optional) == (("Alice", "Bob"), ("Bob",))
    assert request("本周找一小时，至少3个人").quorum == 3
    assert request("明天找个空，至少30分钟").quorum is None


@pytest.mark.parametrize(
    "text",
    [
        "给张三和李四找个时间，不用算我",
        "张三李四本周找一小时，我不参加",
        "张三周二找一小时，不算我",
        "除了我，李四和王五周二找一小时",
        "张三周三找一小时 我除外",
        "find 1h for Alice and Bob without me",
        "find an hour for Alice and Bob tomorrow, not me",
    ],
)
def test_the_sender_may_stay_away(text: str) -> None:
    found = request(text)
    assert (found.intent, found.who.me, found.who.without_me) == (Intent.FIND_TIME, False, True)


@pytest.mark.parametrize(
    "text", ["我和张三找一小时", "find 1h for me and Bob, not Friday", "帮我找个时间 不要周五", "am I free"]
)
def test_the_sender_is_not_left_out_by_other_words(text: str) -> None:
    assert not request(text).who.without_me
