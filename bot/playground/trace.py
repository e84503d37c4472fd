"""What became of a message or a press, hop by hop: frame, claim, ack, words, calls, verdicts, card, delivery."""

from __future__ import annotations

import asyncio
import json
from collections import Counter, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bot import __version__
from bot.emulator import Call, Card, Conversation, Emulator, Event, Message, Press, Push, Room, Said
from bot.features.services import Services
from bot.language import as_row, parse, words_of
from bot.model.freebusy import Verdict
from bot.model.people import ConversationId, StaffId
from bot.model.replies import Reply
from bot.playground.diaries import ZONE
from bot.store.tables import messages

JsonObject = dict[str, Any]
_REMEMBERED = 300
_SECRET = frozenset(
    {"accesstoken", "access_token", "appsecret", "clientsecret", "client_secret", "sessionwebhook", "ticket", "appkey"}
)
_NOBODYS = frozenset({"connections/open", "user/list", "department/listsub"})
"""Calls that nobody caused: the connection, and the reading of everybody's names."""
HIDDEN = "•••"


@dataclass(frozen=True, slots=True)
class Cause:
    """A message, a press, or that the clock was set: from `at` (loop seconds) on, what the bot does is its doing.

    `now` is the stage's time. Of a press: on which `card`, `by` whom, on the button with which `label`.
    """

    key: str
    at: float
    now: datetime
    said: Said | None = None
    press: Press | None = None
    card: str = ""
    by: str = ""
    label: str = ""

    @property
    def push(self) -> Push | None:
        """What went to the bot."""
        return self.said.push if self.said else self.press.push if self.press else None


@dataclass(frozen=True, slots=True)
class Replied:
    """A reply of the bot, before it became a card at `at`."""

    at: float
    reply: Reply


@dataclass(frozen=True, slots=True)
class Sent:
    """What a chat showed: a card was made or changed, a message came."""

    at: float
    item: Card | Message
    what: str


class Recorder:
    """Remembers what was said and pressed, what the bot meant to answer, and what was shown of it."""

    def __init__(self, emulator: Emulator, *, clock: Callable[[], datetime]) -> None:
        self._emulator = emulator
        self._clock = clock
        self._causes: deque[Cause] = deque(maxlen=_REMEMBERED)
        self._replies: deque[Replied] = deque(maxlen=_REMEMBERED)
        self._sent: deque[Sent] = deque(maxlen=_REMEMBERED)
        self._presses = self._turns = 0
        self._labels: dict[str, str] = {}
        self._counts: Counter[Room | None] = Counter()
        self.close = emulator.on_event(self._notice)

    @property
    def causes(self) -> tuple[Cause, ...]:
        """What was said and pressed, oldest first."""
        return tuple(self._causes)

    def clock_set(self) -> None:
        """Hear that the clock was set: digests and reminders come of it."""
        self._turns += 1
        self._causes.append(Cause(f"clock-{self._turns}", _seconds(), self._clock()))

    def on_reply(self, reply: Reply) -> None:
        """Hear of a reply that becomes a card."""
        self._replies.append(Replied(_seconds(), reply))

    def cause_of(self, key: str) -> Cause | None:
        """The message or press behind an entry of a chat: `said-…` itself, for `card-…` what changed the card last."""
        if key.startswith("card-"):
            return self._cause_of_card(key.removeprefix("card-"))
        if key.startswith("message-"):
            sent = next((e for e in self._sent if isinstance(e.item, Message) and f"message-{e.item.key}" == key), None)
            return self._before(sent.at) if sent else None
        return next((each for each in self._causes if each.key == key), None)

    def calls(self, cause: Cause) -> list[Call]:
        """The calls that the bot made between this cause and the next one."""
        until = self._until(cause)
        calls = [call for call in self._emulator.calls if cause.at <= call.started < until]
        return [call for call in calls if call.api not in _NOBODYS]

    def replies(self, cause: Cause) -> list[Replied]:
        """What the bot meant to answer, in order."""
        return [each for each in self._replies if cause.at <= each.at < self._until(cause)]

    def last_reply(self, out_track_id: str) -> Reply | None:
        """What a card shows now."""
        found = [e.reply for e in self._replies if _card_of(e.reply) == out_track_id]
        return found[-1] if found else None

    def newest(self, chat: Room | None) -> Card | Message | None:
        """What appeared or changed last in a chat."""
        return next((each.item for each in reversed(self._sent) if each.item.conversation is chat), None)

    def count_in(self, chat: Room | None) -> int:
        """How often something appeared or changed in a chat."""
        return self._counts[chat]

    def shown(self, cause: Cause) -> list[Sent]:
        """What appeared or changed in chats."""
        return [each for each in self._sent if cause.at <= each.at < self._until(cause)]

    def _until(self, cause: Cause) -> float:
        return next((each.at for each in self._causes if each.at > cause.at), float("inf"))

    def _before(self, at: float) -> Cause | None:
        return next((each for each in reversed(self._causes) if each.at <= at), None)

    def _cause_of_card(self, out_track_id: str) -> Cause | None:
        pressed = [each for each in self._causes if each.card == out_track_id]
        changed = [e for e in self._sent if isinstance(e.item, Card) and e.item.out_track_id == out_track_id]
        before = self._before(changed[-1].at) if changed else None
        return pressed[-1] if pressed else before

    def _notice(self, event: Event) -> None:
        item = event.item
        if isinstance(item, Said):
            self._causes.append(Cause(f"said-{item.msg_id}", _seconds(), self._clock(), said=item))
        elif isinstance(item, Press) and item.push:
            self._insert(self._pressed(item, item.push))
        elif isinstance(item, Card | Message):
            if isinstance(item, Card):
                self._labels.update((button.id, button.text) for button in item.buttons)
            self._counts[item.conversation] += 1
            self._sent.append(Sent(_seconds(), item, event.kind))

    def _pressed(self, press: Press, push: Push) -> Cause:
        self._presses += 1
        data, at = json.loads(push.data), push.deliveries[0].sent
        track, by = str(data.get("outTrackId", "")), str(data.get("userId", ""))
        label = self._labels.get(press.button, "")
        return Cause(f"press-{self._presses}", at, self._clock(), press=press, card=track, by=by, label=label)

    def _insert(self, cause: Cause) -> None:
        """A press is told of once it is answered; what was said meanwhile comes after it."""
        later = []
        while self._causes and self._causes[-1].at > cause.at:
            later.append(self._causes.pop())
        self._causes.extend([cause, *reversed(later)])


async def trace(recorder: Recorder, services: Services, cause: Cause) -> JsonObject:
    """The hops of one cause as JSON, in order; `ms` counts from the frame, secrets are hidden."""
    push = cause.push
    steps: list[JsonObject] = []
    if push is None and cause.said is None:
        steps.append({"hop": "clock", "ms": 0, "detail": cause.now.astimezone(ZONE).isoformat(timespec="seconds")})
    if push:
        frame = {"topic": push.topic, "data": hidden(json.loads(push.data))}
        steps.append({"hop": "frame", "ms": 0, "deliveries": len(push.deliveries), "detail": frame})
    if cause.said:
        steps.append({"hop": "claim", "detail": await _claim(services, cause.said)})
    if push and push.ack and push.ack.acked is not None:
        detail = hidden(push.ack.data) if cause.press else None
        steps.append({"hop": "ack", "ms": _ms(cause, push.ack.acked), "code": push.ack.code, "detail": detail})
    if cause.said:
        steps.append({"hop": "words", **_words(services, cause.said)})
    done = [_call(cause, call) for call in recorder.calls(cause)]
    done += [_judged(cause, each) for each in recorder.replies(cause)]
    done += [_delivered(cause, sent) for sent in recorder.shown(cause)]
    steps += sorted(done, key=lambda step: int(step["ms"]))
    return {"key": cause.key, "steps": steps, "report": report(steps, now=services.clock())}


def report(steps: list[JsonObject], *, now: datetime) -> str:
    """The same as text for a bug report: Markdown, one line a hop, details as JSON."""
    lines = [f"Youkong {__version__}, playground, at {now.astimezone(ZONE).isoformat(timespec='seconds')}", ""]
    for step in steps:
        rest = {name: value for name, value in step.items() if name not in ("hop", "ms")}
        when = f" +{step['ms']} ms" if "ms" in step else ""
        lines += [f"- **{step['hop']}**{when}: `{json.dumps(rest, ensure_ascii=False)}`"]
    return "\n".join(lines)


def hidden(value: Any) -> Any:
    """The same JSON with tokens, secrets and session addresses struck out, also inside texts that hold JSON.

    >>> hidden({"accessToken": "x", "list": [{"sessionWebhook": "y"}], "n": 1})
    {'accessToken': '•••', 'list': [{'sessionWebhook': '•••'}], 'n': 1}
    """
    if isinstance(value, Mapping):
        return {name: HIDDEN if name.casefold() in _SECRET else hidden(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [hidden(each) for each in value]
    return value


async def _claim(services: Services, said: Said) -> JsonObject | None:
    columns = messages.c

    def read(connection: sa.Connection) -> JsonObject | None:
        named = (columns.state, columns.turn, columns.attempt, columns.outcome, columns.received_at)
        row = connection.execute(sa.select(*named).where(columns.msg_id == said.msg_id)).one_or_none()
        if row is None:
            return None
        received = row.received_at.astimezone(ZONE).isoformat(timespec="milliseconds")
        found = {"state": row.state, "turn": row.turn, "attempt": row.attempt, "outcome": row.outcome}
        return {**found, "received_at": received}

    return await services.store.run(read)


def _words(services: Services, said: Said) -> JsonObject:
    """Each word with its account, and what the whole was read as, by the teams and names of its chat."""
    config, chat = services.config, ConversationId(said.conversation.conversation_id)
    team = next((each.team for each in config.chats if each.id == chat), None)
    names = services.directory.known_names(chat, team)
    teams = {form: each.name for each in config.teams for form in (each.name, *each.aliases)}
    at = tuple(StaffId(each.staff_id) for each in said.at if not each.outsider)
    zone = ZoneInfo(config.timezone)
    words = words_of(said.text, mentioned=at, hours=config.working_time.hours, teams=teams, names=names)
    request = parse(
        said.text,
        now=services.clock(),
        zone=zone,
        mentioned=at,
        hours=config.working_time.hours,
        teams=teams,
        names=names,
    )
    read = {name: value for name, value in as_row(request, row_id=None, zone=zone).items() if value not in (None, [])}
    return {"text": said.text, "words": [list(each) for each in words], "detail": read}


def _call(cause: Cause, call: Call) -> JsonObject:
    ended = call.ended
    return {
        "hop": "call",
        "ms": _ms(cause, call.started),
        "took": round((ended - call.started) * 1000) if ended is not None else None,
        "api": call.api,
        "status": call.status,
        "code": call.code,
        "fault": call.fault,
        "detail": hidden({"method": call.method, "path": call.path, "body": call.body, "answer": call.answer}),
    }


def _judged(cause: Cause, replied: Replied) -> JsonObject:
    reply = replied.reply
    verdicts = getattr(reply, "verdicts", None) or getattr(reply, "unknown", None) or ()
    rows = [_verdict(each) for each in verdicts if isinstance(each, Verdict)]
    return {"hop": "verdicts", "ms": _ms(cause, replied.at), "reply": type(reply).__name__, "detail": rows}


def _verdict(verdict: Verdict) -> JsonObject:
    found: JsonObject = {"name": verdict.label, "state": verdict.state.value}
    if verdict.busy:
        found["busy"] = [f"{_clock(b.interval.start)}–{_clock(b.interval.end)} {b.status.value}" for b in verdict.busy]
    if verdict.unknown:
        found["reason"] = verdict.unknown.reason.value
    return found


def _delivered(cause: Cause, sent: Sent) -> JsonObject:
    item = sent.item
    chat = item.conversation.title if isinstance(item.conversation, Conversation) else ""
    if isinstance(item, Message):
        return {"hop": "delivery", "ms": _ms(cause, sent.at), "chat": chat, "what": item.via, "detail": item.text}
    last = item.updates[-1] if item.updates else None
    variables = {name: value for name, value in item.params.items() if name != "sys_full_json_obj"}
    buttons = [button.text for button in item.buttons]
    how = {"create": "card_made", "put": "card_changed", "ack": "card_changed_by_ack"}.get(last.by if last else "", "")
    return {
        "hop": "delivery",
        "ms": _ms(cause, sent.at),
        "chat": chat,
        "what": how or sent.what,
        "to": list(item.recipients),
        "detail": {"outTrackId": item.out_track_id, **variables, "buttons": buttons},
    }


def _card_of(reply: Reply) -> str:
    question = getattr(reply, "question", None)
    return str(question.card or "") if question is not None else ""


def _clock(instant: datetime) -> str:
    return instant.astimezone(ZONE).strftime("%m-%d %H:%M")


def _ms(cause: Cause, at: float) -> int:
    return max(round((at - cause.at) * 1000), 0)


def _seconds() -> float:
    return asyncio.get_running_loop().time()
