"""Reply -> Card: Jinja2 templates arrange the lines and hold the words, this module gives them their values."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.cards.bookings import AboutBooking, booking_values
from bot.cards.buttons import MOST_BUTTONS, button_facts
from bot.cards.digest import digest_values
from bot.cards.digest_settings import brief_values, panel_values
from bot.cards.escape import name
from bot.cards.groups import groups_of
from bot.cards.maps import next_free_values, overview_values, verdict_values
from bot.cards.own_hours import hours_values
from bot.cards.rooms import rooms_values
from bot.cards.series import AboutSeries, series_values
from bot.cards.slots import slot_values
from bot.cards.teams import settings_values, team_values
from bot.cards.templates import environment, load_all, vocabulary
from bot.cards.times import TimeWords
from bot.cards.who_is_out import out_values
from bot.model.billing import Resource, Spent, month_after
from bot.model.card_state import OUT_OF_WORK, SlotsCard
from bot.model.digests import Digest
from bot.model.freebusy import State
from bot.model.people import PASSING
from bot.model.questions import Question
from bot.model.rendered import Button, Card
from bot.model.replies import (
    Booked,
    Cancelled,
    CommonTime,
    Declined,
    DigestReply,
    DigestShown,
    Draft,
    FreeRooms,
    Help,
    HoursShown,
    Moved,
    MyMeetings,
    NextFree,
    NotBooked,
    NotChecked,
    OneMeeting,
    Outsider,
    Overview,
    PlainLine,
    PrivateQuestion,
    Reply,
    ResponsesShown,
    SeriesBooked,
    SeriesShown,
    SettingsShown,
    Subscriptions,
    Taken,
    TeamShown,
    Unclear,
    WhoIsFree,
    WhoIsOut,
)
from bot.model.requests import Intent, Language, ProblemCode
from bot.model.steps import Verb
from bot.model.time import Window, span

MOST_BYTES = 2900
_NAMES_A_LINE = (8, 6, 4, 2, 0)
_MOST_DAYS = 31
_ByCalendars = WhoIsFree | CommonTime | NextFree | Overview | DigestReply
"""Answers whose footer says that leave could not be read."""
_AboutTimes = (
    NextFree
    | FreeRooms
    | WhoIsOut
    | Overview
    | DigestReply
    | DigestShown
    | Subscriptions
    | TeamShown
    | SettingsShown
    | HoursShown
    | PrivateQuestion
    | Help
    | AboutBooking
    | AboutSeries
)
_VALUES: Mapping[type, Callable[[Any, TimeWords], dict[str, Any]]] = {
    NextFree: next_free_values,
    WhoIsOut: out_values,
    FreeRooms: rooms_values,
    Overview: overview_values,
    DigestReply: digest_values,
    DigestShown: panel_values,
    TeamShown: team_values,
    SettingsShown: settings_values,
    HoursShown: hours_values,
    Booked: booking_values,
    Moved: booking_values,
    ResponsesShown: booking_values,
    Declined: booking_values,
    MyMeetings: booking_values,
    OneMeeting: booking_values,
    Draft: booking_values,
    Taken: booking_values,
    Cancelled: booking_values,
    NotBooked: booking_values,
    SeriesShown: series_values,
    SeriesBooked: series_values,
}
"""What a template needs beyond its reply; a reply that is not here needs nothing. Its name is that of the class."""
_WithSteps = WhoIsFree | CommonTime | Unclear | _AboutTimes


class Renderer:
    """Templates, loaded once. Templates come from the package only; what people wrote is only ever a value.

    `on_reply` hears of every reply before it becomes a card.
    """

    def __init__(self, *, on_reply: Callable[[Reply], object] = id) -> None:
        self._environment = environment()
        self._on_reply = on_reply

    def load(self) -> None:
        """Has every template ready, which takes longer than a hundred cards; else the first cards do. Any thread."""
        load_all()

    def card(self, reply: Reply, *, key: str, clock_zone: str, now: datetime) -> Card:
        """`reply` in words. Buttons get the id `verb:key`; `clock_zone` and `now` date the footer."""
        self._on_reply(reply)
        card = self._card(reply, key, clock_zone, now)
        if not isinstance(reply, _ByCalendars) or not reply.leave or not reply.leave.failed:
            return card
        failed, words = reply.leave.failed, self._words(reply.question.language)
        return replace(card, tips=" · ".join(filter(None, (card.tips, str(words.leave_failed(words.reason(failed)))))))

    def _card(self, reply: Reply, key: str, clock_zone: str, now: datetime) -> Card:
        match reply:
            case WhoIsFree():
                return self._who_is_free(reply, key)
            case CommonTime():
                return self._common_time(reply, key)
            case PlainLine(question):
                return self._line(reply, question)
            case Outsider(language):
                return self._render("outsider", language, {})
            case NotChecked() | Unclear():
                return self._plain(reply, key, clock_zone, now)
            case _:
                return self._about_times(reply, key)

    def working(self, language: Language) -> str:
        """What a card says while it is being brought up to date."""
        return str(self._words(language).working())

    def see_below(self, language: Language) -> str:
        """What an older card says where the answer to its follow-up stands on one of its own."""
        return str(self._words(language).see_below())

    def interim(self, language: Language, *, count: int = 0) -> Card:
        """What stands in for an answer that takes longer: how many people are checked, as far as that is known."""
        return Card(str(self._words(language).working(count)), "", "")

    def quota_gone(self, language: Language) -> Card:
        """What whoever is responsible for a digest is told when the month's calls are spent."""
        words = self._words(language)
        return Card(str(words.quota_title()), str(words.quota_text()), "")

    def stopped(self, digests: Sequence[Digest], *, now: datetime) -> Card:
        """What is said of the digests of a group that is without the bot, in their language."""
        language, zone = digests[0].language, digests[0].zone
        words, times = self._words(language), _times(language, zone, now)
        team = name(digests[0].team) if digests[0].team else ""
        lines = words.stopped_text(team, [brief_values(digest, times) for digest in digests])
        return Card(str(words.stopped_title()).strip(), _paragraphs(str(lines)), "")

    def running_out(self, language: Language, about: Resource, spent: Spent, *, now: datetime) -> Card:
        """What administrators are told when the month's calls or pushes are nearly spent, or are."""
        words, back = self._words(language), month_after(now)
        until = _times(language, str(back.tzinfo), now).date(back.date())
        title = words.running_out_title(about.value, spent.gone)
        return Card(str(title), _paragraphs(str(words.running_out_text(about.value, spent, until))), "")

    def notice(self, code: str, language: Language) -> str:
        """Why a press changed nothing: `expired` (in both languages), `not_yours` or `share_spent`."""
        return str(self._words(language).notice(code))

    def _who_is_free(self, reply: WhoIsFree, key: str) -> Card:
        """Names are left out, line by line, until every value fits."""
        times = _times(reply.question.language, reply.zone, reply.question.now)
        chat_times = _times(reply.question.language, reply.question.zone, reply.question.now)
        for most_names in (len(reply.verdicts) if len(reply.verdicts) <= 8 else 8, *_NAMES_A_LINE):
            groups = groups_of(reply, times, most_names=most_names)
            off = [verdict for verdict in reply.verdicts if verdict.state is State.OUTSIDE_HOURS]
            values = {
                "reply": reply,
                "groups": groups,
                "times": times,
                "chat_times": chat_times,
                "outside": bool(off) and not any(verdict.busy for verdict in off),
                "out_of_work": reply.card.note in OUT_OF_WORK,
                **verdict_values(reply, times),
            }
            card = self._render("who_is_free", reply.question.language, values)
            if len(card.markdown.encode()) <= MOST_BYTES:
                break
        return replace(card, buttons=self._buttons(reply, times, key, seen_from=reply.windows, retry=_retry(reply)))

    def _common_time(self, reply: CommonTime, key: str) -> Card:
        question = reply.question
        times = _times(question.language, reply.zone, question.now)
        chat_times = _times(question.language, question.zone, question.now)
        template = "common_time" if isinstance(reply.card, SlotsCard) else "no_slot"
        card = self._render(template, question.language, slot_values(reply, times, chat_times))
        return replace(card, buttons=self._buttons(reply, times, key, seen_from=reply.windows, retry=_retry(reply)))

    def _about_times(self, reply: _AboutTimes, key: str) -> Card:
        """A card of times in the chat's zone, with the values that its template needs beyond the reply itself."""
        question, values = reply.question, _VALUES.get(type(reply), _no_values)
        times = _times(question.language, question.zone, question.now)
        context = {"reply": reply, "times": times, **values(reply, times)}
        card = self._render(template_of(type(reply)), question.language, context)
        return replace(card, buttons=self._buttons(reply, times, key, seen_from=question.request.windows))

    def _buttons(
        self, reply: _WithSteps, times: TimeWords, key: str, *, seen_from: Sequence[Window] = (), retry: int = 0
    ) -> tuple[Button, ...]:
        """At most four, the next step first."""
        words = self._words(reply.question.language)
        return tuple(
            Button(
                f"{step.id}:{key}",
                words.button(step.id, button_facts(step, times, seen_from=seen_from, retry=retry)).strip(),
            )
            for step in reply.steps[:MOST_BUTTONS]
        )

    def _plain(self, reply: NotChecked | Unclear, key: str, zone: str, now: datetime) -> Card:
        template = {NotChecked: "not_checked", Unclear: "unclear"}[type(reply)]
        times = _times(reply.question.language, zone, now)
        code = _code(reply) if isinstance(reply, Unclear) else ""
        request = reply.question.request
        nearest = request.alternatives[0].windows if request.problem and request.alternatives else ()
        said = request.problem.words if request.problem else ""
        asks_whom = isinstance(reply, Unclear) and any(step.verb is Verb.TEAM for step in reply.steps)
        values = {
            "reply": reply,
            "times": times,
            "code": code,
            "nearest": nearest,
            "said": said,
            "asks_whom": asks_whom,
        }
        card = self._render(template, reply.question.language, values)
        return card if isinstance(reply, NotChecked) else replace(card, buttons=self._buttons(reply, times, key))

    def _line(self, reply: PlainLine, question: Question) -> Card:
        words = self._words(question.language)
        remark = question.remark.value if question.remark else ""
        facts = {"remark": remark, "turn": reply.turn, "in_group": question.in_group}
        return Card(str(words.plain_line(reply.code.value, facts)).strip(), "", "")

    def _words(self, language: Language) -> Any:
        """The macros of a language, of all its files together."""
        return vocabulary(language)

    def _render(self, template: str, language: Language, values: dict[str, Any]) -> Card:
        found = self._environment.get_template(f"cards/{template}.j2")
        context = found.new_context({**values, "words": self._words(language)})
        parts = {part: "".join(block(context)).strip() for part, block in found.blocks.items()}
        return Card(parts["title"], _paragraphs(parts["markdown"]), parts.get("tips", ""))


def template_of(reply: type) -> str:
    """The template of a reply: its name in small letters.

    >>> template_of(NotBooked)
    'not_booked'
    """
    return re.sub(r"(?<!^)(?=[A-Z])", "_", reply.__name__).lower()


def _retry(reply: WhoIsFree | CommonTime) -> int:
    """How many people may be seen at a second try."""
    return sum(verdict.unknown is not None and verdict.unknown.reason in PASSING for verdict in reply.verdicts)


def _no_values(_: Any, __: TimeWords) -> dict[str, Any]:
    """For a reply that needs nothing beyond itself."""
    return {}


def event_summary(language: Language) -> str:
    """What an event is called that is made from a card: neutral words, as nobody's titles are known."""
    return str(vocabulary(language).event_summary()).strip()


def only_reads(language: Language) -> str:
    """What an agent is told that asks for more than an answer."""
    return str(vocabulary(language).only_reads()).strip()


def _code(reply: Unclear) -> str:
    """The name of the problem in the templates: what is too long may be the time or the text.

    Nobody is named either as people to look at or as people to change a team by.
    """
    windows = reply.question.request.windows
    days = span(windows).length.days if windows else 0
    if reply.code is ProblemCode.TOO_LONG and days <= _MOST_DAYS:
        return "long_text"
    changing = reply.question.request.intent in (Intent.TEAM_ADD, Intent.TEAM_REMOVE)
    return "no_members" if reply.code is ProblemCode.NO_PEOPLE and changing else reply.code.value


def card_params(card: Card) -> dict[str, str]:
    """The variables of the public template; every value is a text (a number would be refused)."""
    buttons = [
        {"text": button.text, "color": "blue" if n == 0 else "gray", "id": button.id, "request": True,
         "params": {"id": button.id, "action": button.id}}
        for n, button in enumerate(card.buttons)
    ]  # fmt: skip
    layout = json.dumps({"msgButtons": buttons}, ensure_ascii=False, separators=(",", ":"))
    return {"title": card.title, "markdown": card.markdown, "tips": card.tips, "sys_full_json_obj": layout}


def _paragraphs(text: str) -> str:
    """One idea a line: card markdown breaks a line only at an empty one."""
    return "\n\n".join(line.strip() for line in text.splitlines() if line.strip())


def _times(language: Language, zone: str, now: datetime) -> TimeWords:
    words = TimeWords(language, zone, now.date())
    return TimeWords(language, zone, words.local(now).date())
