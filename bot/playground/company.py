"""A company to try the bot on: twelve colleagues and one outsider, two groups, and questions worth asking."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time

from bot.emulator import Conversation, Emulator, Person
from bot.playground.diaries import ZONE, fill, go_on_leave

PRODUCT, DESIGN, MARKETING = 101, 102, 103

# staffId, name, nickname, departments, title, other names
_PEOPLE = (
    ("zhangwei", "张伟", "", (PRODUCT,), "产品经理", ("Zhang Wei",)),
    ("lina", "李娜", "", (PRODUCT,), "产品经理", ("Li Na",)),
    ("wangfang", "王芳", "", (PRODUCT,), "工程师", ("Wang Fang",)),
    ("zhaolei", "赵磊", "石头", (PRODUCT,), "工程师", ("Zhao Lei",)),
    ("chenjing", "陈静", "", (PRODUCT,), "测试", ("Chen Jing",)),
    ("sunyue", "孙悦", "", (PRODUCT,), "法务", ("Sun Yue",)),
    ("wangxiaoming", "王小明", "小明", (PRODUCT, MARKETING), "市场", ("Wang Xiaoming",)),
    ("liuyang", "刘洋", "", (PRODUCT, DESIGN), "设计", ("Liu Yang",)),
    ("alice", "Alice Chen", "", (DESIGN,), "Design lead", ("陈爱丽",)),
    ("bob", "Bob Smith", "", (DESIGN,), "Designer", ()),
    ("carol", "Carol Jones", "", (DESIGN,), "Researcher", ()),
    ("zoe", "Zoe Zhou", "晓彤", (DESIGN, MARKETING), "Writer", ("周晓彤", "Zhou Xiaotong")),
    ("hans", "Hans Weber", "", (DESIGN,), "Engineer", ()),
)
_ABROAD = {"hans": "Europe/Berlin"}
"""Who lives by another clock than the company's."""
# roomId, name, seats, place, whether bookings wait for approval
_ROOMS = (
    ("room-lake", "西湖厅", 8, "3 楼", False),
    ("room-pavilion", "永澄亭", 6, "3 楼", False),
    ("room-hall", "钱塘厅", 20, "5 楼", False),
    ("room-board", "董事会议室", 12, "9 楼", True),
    ("room-maple", "Maple", 8, "floor 5", False),
    ("room-phone", "电话间", 2, "3 楼", False),
)
_PRODUCT_GROUP = ("zhangwei", "lina", "wangfang", "zhaolei", "chenjing", "sunyue", "wangxiaoming", "liuyang")
_DESIGN_GROUP = ("alice", "bob", "carol", "zoe", "liuyang")
_DIGEST_AT = time(9, 10)


@dataclass(frozen=True, slots=True)
class Example:
    """A question one tap away: what is typed and who is mentioned."""

    text: str
    at: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Team:
    """A group's team as the bot's settings have it, "" for none, and when its digest goes out."""

    name: str
    alias: str
    group: Conversation
    members: tuple[str, ...]
    digest: time | None = None
    english: bool = False


@dataclass(frozen=True, slots=True)
class Company:
    """Who is there and where they talk. `examples` by conversation id; `direct_examples` for any 1:1 chat.

    `hidden` are the staffIds of those who do not share when they are busy.
    """

    people: list[Person]
    teams: list[Team]
    examples: dict[str, tuple[Example, ...]] = field(default_factory=dict)
    direct_examples: tuple[Example, ...] = ()
    hidden: frozenset[str] = frozenset()

    @property
    def groups(self) -> list[Conversation]:
        """The groups, in the order of their teams."""
        return [team.group for team in self.teams]

    @property
    def zones(self) -> dict[str, str]:
        """The zones of those who live by other clocks than the company, by staffId."""
        return {each.staff_id: each.calendar.zone for each in self.people if each.calendar.zone != ZONE.key}

    def person(self, staff_id: str) -> Person | None:
        """The person with this id; the page knows outsiders by theirs too."""
        return next((each for each in self.people if each.staff_id == staff_id), None)

    def chats(self) -> list[Conversation]:
        """The groups, then every colleague's 1:1 chat with the bot."""
        return self.groups + [each.direct for each in self.people if not each.outsider]


PRODUCT_EXAMPLES = (
    Example("下周二下午2点到4点谁有空", ("zhangwei", "lina", "wangfang", "zhaolei", "chenjing")),
    Example("下周找一小时，陈静可选", ("zhangwei", "lina", "wangfang", "chenjing")),
    Example("现在有空吗", ("zhaolei", "lina")),
    Example("什么时候有空", ("zhaolei",)),
    Example("大家下周的日程"),
    Example("约下周二下午5点", ("lina", "zhaolei")),
    Example("团队有谁"),
    Example("今天谁请假"),
)
DESIGN_EXAMPLES = (
    Example("who's free next Tue 2-4pm", ("alice", "bob", "carol", "zoe", "liuyang")),
    Example("find 45 min next week", ("carol", "zoe")),
    Example("free now?", ("alice", "bob")),
    Example("when is she next free", ("carol",)),
    Example("show everyone's next week"),
    Example("book next Wed 1pm", ("bob", "zoe")),
    Example("next Mon 5pm Berlin time", ("bob", "hans")),
    Example("who is on leave today"),
)
DIRECT_EXAMPLES = (
    Example("李娜明天下午有空吗"),
    Example("帮我和张伟、赵磊下周找45分钟"),
    Example("陈静什么时候有空"),
    Example("我周五不上班"),
    Example("is Bob Smith free next Tue 2-4pm"),
    Example("find 30 min for me and Li Na tomorrow"),
    Example("when is Carol Jones next free"),
    Example("I work Mon to Thu 10am-7pm"),
)


def sample_company(emulator: Emulator, today: date) -> Company:
    """The sample company inside `emulator`, with calendars around `today` (a day in Shanghai)."""
    for dept_id, name in ((PRODUCT, "产品部"), (DESIGN, "Design"), (MARKETING, "市场部")):
        emulator.department(dept_id, name)
    people = {row[0]: _hire(emulator, row, today=today) for row in _PEOPLE}
    for room_id, name, seats, place, approval in _ROOMS:
        room = emulator.room(room_id, name, capacity=seats, place=place, approval=approval)
        fill(room.calendar, room_id, today=today)
    people["dan"] = emulator.outsider("dan", name="Dan Brown（供应商）")
    product = emulator.group("产品群", [people[each] for each in _PRODUCT_GROUP])
    design = emulator.group("Design", [people[each] for each in (*_DESIGN_GROUP, "hans", "dan")])
    return Company(
        people=list(people.values()),
        teams=[
            Team("产品组", "product", product, _PRODUCT_GROUP, _DIGEST_AT),
            Team("Design", "设计组", design, _DESIGN_GROUP, _DIGEST_AT, english=True),
        ],
        examples={product.conversation_id: PRODUCT_EXAMPLES, design.conversation_id: DESIGN_EXAMPLES},
        direct_examples=DIRECT_EXAMPLES,
        hidden=frozenset({"sunyue"}),
    )


def _hire(
    emulator: Emulator, row: tuple[str, str, str, tuple[int, ...], str, tuple[str, ...]], *, today: date
) -> Person:
    staff_id, name, nick, departments, title, aliases = row
    person = emulator.person(staff_id, name=name, nick=nick, department=list(departments), title=title, aliases=aliases)
    person.calendar.zone = _ABROAD.get(staff_id, ZONE.key)
    fill(person.calendar, staff_id, today=today)
    go_on_leave(person, staff_id, today=today)
    return person
