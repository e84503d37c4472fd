"""What became of a message or a press, hop by hop: frame, claim, ack, words, calls, verdicts, card, delivery."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from bot import __version__
from bot.emulator import Call, Conversation, Message, Said
from bot.features.services import Services
from bot.language import as_row, parse, words_of
from bot.model.freebusy import Verdict
from bot.model.people import ConversationId, StaffId
from bot.playground.diaries import ZONE
from bot.playground.recorder import Cause, Recorder, Replied, Sent
from bot.store.tables import messages

JsonObject = dict[str, Any]
_SECRET = frozenset(
    {"accesstoken", "access_token", "appsecret", "clientsecret", "client_secret", "sessionwebhook", "ticket", "appkey"}
)
HIDDEN = "•••"


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


def _clock(instant: datetime) -> str:
    return instant.astimezone(ZONE).strftime("%m-%d %H:%M")


def _ms(cause: Cause, at: float) -> int:
    return max(round((at - cause.at) * 1000), 0)
