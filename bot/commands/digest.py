"""`youkong digest`: one digest, printed or sent, as the clock would send it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.availability.due import WhyNot, kind_on, next_due, why_not
from bot.availability.working_time import WorkingCalendar
from bot.config import Config
from bot.delivery.sender import DirectSpace, GroupSpace, Target
from bot.errors import ConfigError, YoukongError
from bot.features.digest.configured import configured
from bot.features.digest.edition import compose, nothing_to_say
from bot.model.digest_orders import EditionKind
from bot.model.digests import Digest, digest_key
from bot.model.people import ConversationId
from bot.model.replies import DigestReply
from bot.store import Store, digests
from bot.wiring import Core, opened

_DAY = timedelta(days=1)


class NothingSent(YoukongError):
    """There is no digest to send."""


async def build(config: Config, chat: str, *, on: date | None, dry_run: bool, kind: EditionKind | None = None) -> str:
    """What is to be printed: the card, or why none goes out. Sent unless `dry_run`.

    `kind`: a digest of this kind; None: the day's, or the week's where only that is set. `on`: its day; without one the
    next after today on which a digest goes out is printed, today's is sent. Raises ConfigError for a chat without
    digest, NothingSent, RemoteError and StoreError.
    """
    async with opened(config) as core:
        digest = await _of_chat(config, chat, kind, core.store)
        return await _built(digest, core, on=on, dry_run=dry_run)


async def _of_chat(config: Config, chat: str, kind: EditionKind | None, store: Store) -> Digest:
    """The digest of that group, or of that person's 1:1 chat: set there, or else configured."""
    by_configuration = configured(config)
    for wanted in (kind,) if kind else EditionKind:
        for place in (chat, f"direct:{chat}"):
            if kept := await digests.get(store, digest_key(ConversationId(place), wanted)):
                return kept.digest
        for digest in by_configuration:
            if chat in (digest.place, digest.user) and (digest.kind is wanted or (kind and digest.week_ahead)):
                return digest
    places = list(dict.fromkeys(digest.user or digest.place for digest in by_configuration))
    known = f"known: {', '.join(map(repr, places))}" if places else "none is known"
    what = f"digest of the edition {kind}" if kind else "digest"
    raise ConfigError(f"no {what} for {chat!r} ({known}): set one in the chat", key="digests")


async def _built(digest: Digest, core: Core, *, on: date | None, dry_run: bool) -> str:
    services = core.services
    calendar, now = services.calendar(digest.zone), services.clock()
    today = now.astimezone(calendar.zone).date()
    day = on or (_next_day(digest, today, calendar) if dry_run else today)
    reason = why_not(digest, day, calendar)
    if reason is not None:
        return f"no digest on {day:%a} {day}: {_why(reason, digest, day, calendar)}"
    if day < today and not dry_run:
        raise NothingSent(f"{day} is over, nothing was sent (--dry-run prints it)")
    reply = await compose(digest, services, day=day, now=now, failed_before=True)
    card = services.card_ids.of_digest(digest_key(digest.place, kind_on(digest, day, calendar)), day)
    reply = replace(reply, question=replace(reply.question, card=card))
    text = core.renderer.card(reply, key="digest", clock_zone=digest.zone, now=now).lines
    silent = digest.quiet and nothing_to_say(reply)
    if dry_run or silent:
        return text + ("\n(quiet: there is nothing to say, so it is not sent)" if silent else "")
    return await _sent(reply, text, core)


async def _sent(reply: DigestReply, text: str, core: Core) -> str:
    if reply.failed or reply.nobody:
        why = f"nobody's calendar could be read ({reply.failed})" if reply.failed else "the chat has no team"
        raise NothingSent(f"{why}; nothing was sent")
    question, user = reply.question, reply.card.edition.digest.user
    assert question.card is not None
    space = DirectSpace(user) if user else GroupSpace(question.conversation_id)
    await core.sender.post(Target(question.card, space), reply, again=True)
    return text


def _next_day(digest: Digest, today: date, calendar: WorkingCalendar) -> date:
    """The next day after today with a digest; tomorrow where there is none to come."""
    tonight = calendar.day(today).end
    due = next_due(digest.resumed(today), calendar, after=tonight)
    return due.astimezone(ZoneInfo(digest.zone)).date() if due else today + _DAY


def _why(reason: WhyNot, digest: Digest, day: date, calendar: WorkingCalendar) -> str:
    table = calendar.holidays
    match reason:
        case WhyNot.OFF:
            return "it is turned off"
        case WhyNot.PAUSED:
            return f"it is paused through {digest.paused_until}"
        case WhyNot.HOLIDAY if table:
            return f"{table.name(day, 'zh')} ({table.name(day, 'en')}) is a holiday"
        case WhyNot.NOT_ITS_DAY:
            return "it goes out on other days of the week"
    return "it is a weekend" if day.weekday() > 4 else "it is a day off"
