"""Names that are told by where they stand: behind a meeting, between times, in lists of their own."""

import pytest
from said import request


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("张三李四王五 周四上午谁有空啊", ["张三", "李四", "王五"]),
        ("张三李四明天下午有空吗", ["张三", "李四"]),
        ("张伟李娜王芳 下午3点", ["张伟", "李娜", "王芳"]),
        ("张三李四王五谁明天下午有空", ["张三", "李四", "王五"]),
        ("老张老李明天下午有空吗", ["老张", "老李"]),
        ("张伟/李娜/王芳 明天3点有空吗", ["张伟", "李娜", "王芳"]),
        ("后天早上九点一刻 开会 李娜 张伟", ["李娜", "张伟"]),
        ("明天3点开会，叫上李娜、张伟", ["李娜", "张伟"]),
        ("周五10点和产品评审 张伟 李娜", ["张伟", "李娜"]),
        ("明天3点开会（张伟、李娜）", ["张伟", "李娜"]),
        ("明天3点评审会，参会人：张三、李四", ["张三", "李四"]),
        ("张伟 李娜 王芳 明天下午三点到五点", ["张伟", "李娜", "王芳"]),
        ("王芳老师明天有空吗", ["王芳"]),
        ("张三那边明天下午行吗", ["张三"]),
        ("周四下午张伟王芳都有空吗", ["张伟", "王芳"]),
        ("meeting tomorrow 3pm Bob Alice", ["Bob", "Alice"]),
        ("call Friday 2pm: Bob, Carol", ["Bob", "Carol"]),
        ("standup tomorrow 9:30 Bob Alice Carol", ["Bob", "Alice", "Carol"]),
        ("9am PST tomorrow Bob", ["Bob"]),
        ("9am PST tomorrow @Bob", ["Bob"]),
        ("Bob from 2 to 4 tomorrow", ["Bob"]),
        ("Bob Smith and Alice Jones next Tue 10-11", ["Bob Smith", "Alice Jones"]),
        ("Bob/Alice tomorrow 3pm", ["Bob", "Alice"]),
        ("either Bob or Alice tomorrow 3pm", ["Bob", "Alice"]),
        ("明天武汉出差 谁有空", []),
        ("下午3点 武汉", []),
        ("Marketing, can we meet tomorrow 3pm", []),
        ("Weekly sync tomorrow 3pm", []),
    ],
)
def test_names_stand_alone_between_times_signs_and_meetings(text: str, names: list[str]) -> None:
    assert list(request(text).who.names) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("can bob and alice meet tmr at 3", ["bob", "alice"]),
        ("3pm tomorrow bob alice", ["bob", "alice"]),
        ("book bob tomorrow 3pm", ["bob"]),
        ("明天下午3点跟bob开会", ["bob"]),
        ("is bob smith free tomorrow", ["bob smith"]),
        ("what's bob doing tomorrow", ["bob"]),
        ("deploy and test tomorrow 3pm", []),
    ],
)
def test_given_names_count_in_small_letters(text: str, names: list[str]) -> None:
    assert list(request(text).who.names) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("show me Bob's Thursday", ["Bob"]),
        ("Bob's week", ["Bob"]),
        ("how's Bob's Friday", ["Bob"]),
        ("李四的周四", ["李四"]),
        ("看看李四周四", ["李四"]),
        ("what is Bob doing on Thursday afternoon", ["Bob"]),
    ],
)
def test_somebodys_day_is_theirs(text: str, names: list[str]) -> None:
    assert list(request(text).who.names) == names


@pytest.mark.parametrize(
    ("text", "names", "optional"),
    [
        ("月底之前找两个小时做评审，张三必须到，李四可选", ["张三", "李四"], ["李四"]),
        ("明天开会，张三必到", ["张三"], []),
        ("张三得在 明天下午找半小时", ["张三"], []),
        ("周四必须有李四 找一个小时", ["李四"], []),
        ("Alice must be there, tomorrow 3pm", ["Alice"], []),
        ("find 1h this week, Alice is required, Bob optional", ["Alice", "Bob"], ["Bob"]),
        ("with Bob (required) and Alice (optional) tomorrow 3pm", ["Bob", "Alice"], ["Alice"]),
    ],
)
def test_those_who_must_come_are_asked(text: str, names: list[str], optional: list[str]) -> None:
    found = request(text)
    assert list(found.who.names) == names
    assert list(found.optional) == optional


@pytest.mark.parametrize(
    "text",
    [
        "everyone but Bob tomorrow 3pm",
        "all of us minus Bob, tomorrow 3pm",
        "Bob can't make it, everyone else tomorrow 3pm",
        "no need for Bob, everyone tomorrow 3pm",
    ],
)
def test_those_left_out_are_not_asked(text: str) -> None:
    who = request(text).who
    assert (who.everyone, who.names, who.without_names) == (True, (), ("Bob",))


@pytest.mark.parametrize(
    ("text", "quorum"),
    [
        ("周五下班前能不能凑4个人开1小时会", 4),
        ("明天下午凑够5人开会", 5),
        ("这周凑齐三个人开个会", 3),
        ("能有5个人就行，明天下午", 5),
        ("至少要有3个人，明天下午", 3),
        ("明天下午3个人有空就行", 3),
        ("get 4 of us together tomorrow", 4),
        ("the 3 of us tomorrow 3pm", None),
        ("3个人明天开会", None),
        ("凑4个小时", None),
    ],
)
def test_so_many_people_are_enough(text: str, quorum: int | None) -> None:
    assert request(text).quorum == quorum


@pytest.mark.parametrize("text", ["张三😊李四😊明天有空吗", "🙏🙏张三、李四明天有空吗❤️"])
def test_emoji_say_nothing(text: str) -> None:
    found = request(text)
    assert (list(found.who.names), len(found.windows)) == (["张三", "李四"], 1)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("欧阳锋黄药师明天有空吗", ["欧阳锋", "黄药师"]),
        ("马云马化腾李彦宏后天下午", ["马云", "马化腾", "李彦宏"]),
        ("王建国李四光周三有空不", ["王建国", "李四光"]),
        ("阿强阿珍明天有空吗", ["阿强", "阿珍"]),
        ("张三你明天有空吗", ["张三"]),
        ("向陈总汇报 明天上午", ["陈总"]),
        ("张三vs李四 明天谁有空", ["张三", "李四"]),
        ("张三李四随便一个 明天下午3点有空吗", ["张三", "李四"]),
        ("明天下午3点到5点之间找张三李四半小时", ["张三", "李四"]),
        ("张三李四这两天谁有空", ["张三", "李四"]),
        ("2-4 Bob Alice", ["Bob", "Alice"]),
        ("bob.smith tomorrow 3pm", ["bob.smith"]),
        ("Ms. Li tomorrow 3pm", ["Ms. Li"]),
        ("bob.smith@example.com tomorrow 3pm", []),
        ("Bob and the design team tomorrow 3pm", ["Bob"]),
        ("who is free tomorrow out of Bob and Alice", ["Bob", "Alice"]),
        ("from 2 to 4 Bob Alice", ["Bob", "Alice"]),
    ],
)
def test_names_that_touch_are_parted(text: str, names: list[str]) -> None:
    assert list(request(text).who.names) == names


@pytest.mark.parametrize(
    "text",
    [
        "不要叫张三 明天下午大家开会",
        "别叫张三 明天下午大家开会",
        "张三就不用来了 明天下午大家开会",
        "张三不参加 明天下午大家开会",
        "没有张三 明天下午大家开会",
        "去掉张三 明天下午大家开会",
        "除了张三以外大家明天下午有空吗",
    ],
)
def test_those_who_do_not_come_are_left_out(text: str) -> None:
    who = request(text).who
    assert (who.everyone, who.names, who.without_names) == (True, (), ("张三",))


def test_a_question_whether_somebody_comes_leaves_nobody_out() -> None:
    assert request("张三明天不参加吗").who.names == ("张三",)
