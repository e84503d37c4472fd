"""The company: people with their three kinds of ids, departments, and outsiders."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.emulator.calendars import Calendar
from bot.emulator.wire import JsonObject


@dataclass(eq=False)
class Account:
    """What DingTalk knows of a person; an outsider has no staffId as far as the bot can see."""

    staff_id: str
    union_id: str
    name: str
    dingtalk_id: str
    corp_id: str
    nick: str = ""
    title: str = ""
    departments: list[int] = field(default_factory=lambda: [1])
    aliases: tuple[str, ...] = ()
    outsider: bool = False
    calendar: Calendar = field(default_factory=Calendar, repr=False)

    @property
    def key(self) -> str:
        """What chats and cards know the person by: the staffId, for outsiders with their organization."""
        return account_key(self.staff_id, self.corp_id if self.outsider else "")

    @property
    def ids(self) -> frozenset[str]:
        """The ids under which calls name this person."""
        return frozenset({self.staff_id, self.union_id})

    def profile(self) -> JsonObject:
        """The `result` of topapi/v2/user/get; mobile and e-mail need scopes of their own and are absent."""
        return {
            "userid": self.staff_id,
            "unionid": self.union_id,
            "name": self.name,
            "avatar": "",
            "dept_id_list": list(self.departments),
            "title": self.title,
            "job_number": "",
            "active": True,
            "admin": False,
            "boss": False,
            "senior": False,
        }

    def matches(self, word: str, *, exact: bool) -> bool:
        """True when a name search for `word` finds this person: name, nick or alias (pinyin, English name)."""
        names = [each.casefold() for each in (self.name, self.nick, *self.aliases) if each]
        wanted = word.casefold()
        return wanted in names if exact else any(wanted in each for each in names)


@dataclass(slots=True)
class Department:
    """A department; the root has id 1."""

    dept_id: int
    name: str
    parent_id: int | None = 1

    def row(self) -> JsonObject:
        """One row of topapi/v2/department/listsub."""
        return {"dept_id": self.dept_id, "name": self.name, "parent_id": self.parent_id}


class Company:
    """Everybody the emulator knows by `Account.key`, in the order in which they were entered; colleagues by staffId."""

    def __init__(self, corp_id: str) -> None:
        self.corp_id = corp_id
        self.everybody: dict[str, Account] = {}
        self.by_staff_id: dict[str, Account] = {}
        self.by_union_id: dict[str, Account] = {}
        self.departments: dict[int, Department] = {1: Department(1, "Company", None)}

    def add(self, person: Account) -> None:
        """Enter somebody; a second person with the same staffId is refused, within one organization."""
        if person.key in self.everybody:
            raise ValueError(f"staff id {person.staff_id!r} is taken: choose another")
        self.everybody[person.key] = person
        self.by_union_id[person.union_id] = person
        if not person.outsider:
            self.by_staff_id[person.staff_id] = person
        for dept_id in person.departments:
            self.departments.setdefault(dept_id, Department(dept_id, f"Department {dept_id}"))

    def remove(self, person: Account) -> None:
        """Let somebody leave: calls that name them now find nobody."""
        self.everybody.pop(person.key, None)
        self.by_union_id.pop(person.union_id, None)
        if not person.outsider:
            self.by_staff_id.pop(person.staff_id, None)

    def staff(self, staff_id: object) -> Account | None:
        """The colleague with this staffId; outsiders have none."""
        return self.by_staff_id.get(staff_id) if isinstance(staff_id, str) else None

    def members(self, dept_id: int) -> list[Account]:
        """The direct members of a department, in the order in which they were entered."""
        return [each for each in self.colleagues() if dept_id in each.departments]

    def colleagues(self) -> Iterator[Account]:
        """Everybody but the outsiders."""
        return iter(self.by_staff_id.values())


def account_key(staff_id: str, other_corp: str = "") -> str:
    """A key that is unique across organizations; colleagues have their staffId.

    >>> account_key("alice"), account_key("alice", "dingcorpother")
    ('alice', 'dingcorpother alice')
    """
    return f"{other_corp} {staff_id}" if other_corp else staff_id
