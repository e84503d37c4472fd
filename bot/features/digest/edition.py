"""What a digest says of one day of a chat's team, or of the week to come, and where its buttons lead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.availability.ahead import ahead, unannounced
from bot.availability.day_parts import engaged, noon
from bot.availability.due import edition_on
from bot.availability.heatmap import best_runs, day_map, day_rows
from bot.availability.on_duty import on_duty
from bot.availability.working_time import WorkingCalendar
from bot.errors import RemoteError
from bot.features.common.book_steps import book_steps
from bot.features.common.free_busy import MOST_PEOPLE, Gathered, gather_standing, opted_out
from bot.features.common.moves import worked_day
from bot.features.common.requests import asked_about, day_note
from bot.features.services import Services
from bot.features.times.offering import slot_at
from bot.model.card_state import DigestCard, DigestSettingsCard, HeatMapCard
from bot.model.causes import Member, standing
from bot.model.deeds import SetUpDigest
from bot.model.digest_orders import DigestDays, EditionKind
from bot.model.digests import Digest, Edition, Pause
from bot.model.freebusy import BestStretch, FreeBusy
from bot.model.overview import Cell, DayMap, Share
from bot.model.people import PASSING, Missing, Person, StaffId, UnknownReason, Who, reason_of
from bot.model.questions import Question
from bot.model.replies import DigestReply
from bot.model.requests import Intent, Language, Request
from bot.model.steps import Step, Verb
from bot.model.time import Interval, Window, WindowKind
from bot.store import hidden

RETRY_AFTER = timedelta(minutes=10)
_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
_People = list[tuple[Person | Missing, FreeBusy, WorkingCalendar]]


async def compose(
    digest: Digest,
    services: Services,
    *,
    day: date,
    now: datetime,
    late: bool = False,
    failed_before: bool = False,
    asked_by: StaffId | None = None,
    week: date | None = None,
) -> DigestReply:
    """The edition that goes out on `day`, a calendar day in its zone; about the week that begins on the Monday `week`.

    Without one it is about that day, or about the week to come where that is what the digest says on such a day.

    As a standing order (`asked_by` None) its operator reads whom the configuration or the operator put into the team,
    and everybody else is read by whoever added them; somebody who asks for it reads all of them.

    Where nobody can be seen it says why, and `card.edition.retry_at` when to try once more, unless that was
    done before (`failed_before`) or cannot help. Raises StoreError.
    """
    edition = replace(edition_on(digest, day, services.calendar(digest.zone)), late=late)
    reply = await _composed(replace(edition, week=week) if week else edition, services, now, asked_by=asked_by)
    if failed_before or reply.failed not in PASSING:
        return reply
    return _shown_as(reply, replace(reply.card.edition, retry_at=now + RETRY_AFTER))


async def answer(question: Question, card: DigestCard, services: Services) -> DigestReply:
    """The same card once more, read anew by whoever pressed it. Raises StoreError."""
    edition = card.edition
    if edition.week is None:  # a card from before an edition knew its week
        edition = replace(edition, week=edition_on(edition.digest, edition.day, services.calendar(question.zone)).week)
    reply = await _composed(replace(edition, retry_at=None), services, question.now, asked_by=question.asker)
    still_to_come = reply.failed and edition.retry_at and edition.retry_at > question.now
    reply = replace(reply, question=replace(reply.question, card=question.card, author=question.author))
    if card.drafted_by:
        reply = replace(reply, card=replace(reply.card, drafted_by=card.drafted_by))
        return replace(reply, steps=steps(reply.question, reply.card, services))
    return _shown_as(reply, edition) if still_to_come else reply


def nothing_to_say(reply: DigestReply) -> bool:
    """True where everybody is mostly free and nobody unknown, so that a quiet digest is not sent."""
    squares = {square for day in reply.days for square in day.squares}
    special = reply.failed or reply.engaged or reply.off or reply.unknown or reply.unread
    return not special and squares <= {Share.ALL, Share.MOST, Cell.FREE}


def steps(question: Question, card: DigestCard, services: Services) -> tuple[Step, ...]:
    """Book the best hour, see the heat map and the next day, set the digest, read it anew."""
    if card.drafted_by:
        return _of_draft(card, card.drafted_by)
    request, calendar = question.request, services.calendar(question.zone)
    heat_map = asked_about(request, request.windows, intent=Intent.OVERVIEW)
    opened = HeatMapCard(edition=card.edition)
    on = [Step(Verb.HEAT_MAP, heat_map, opened)]
    if len(calendar.days(request.windows[0].interval)) == 1:
        start = worked_day(request.windows[0].end, calendar, _DAY)
        following = Window(start, start + _DAY, WindowKind.DAYS)
        on.append(Step(Verb.NEXT_DAY, asked_about(request, (following,), intent=Intent.OVERVIEW), opened))
    settings = Step(Verb.SETTINGS, card=DigestSettingsCard(edition=card.edition, kind=card.edition.digest.kind))
    return (*book_steps(question, card, services), *on, settings, Step(Verb.REFRESH))


def _of_draft(card: DigestCard, by: StaffId) -> tuple[Step, ...]:
    """A digest that is not set yet is set as it is shown, or looked at once more."""
    digest = card.edition.digest
    back = DigestSettingsCard(digest, opened_by=by, kind=digest.kind, draft=True)
    return (Step(Verb.SET_UP, deed=SetUpDigest(digest), only=by), Step(Verb.BACK, card=back, only=by))


async def _composed(edition: Edition, services: Services, now: datetime, *, asked_by: StaffId | None) -> DigestReply:
    """The digest without a word on another try."""
    digest, calendar = edition.digest, services.calendar(edition.digest.zone)
    spoken = (await services.chats.of(digest.chat or digest.place)).language(digest.language)
    question = _question(edition, spoken, services, now)
    reply = DigestReply(
        question,
        DigestCard(edition),
        day_note(question.request.windows[0], now, calendar),
        now,
        ahead=_ahead(digest, edition.day, calendar),
        unannounced=unannounced(edition.day, calendar),
    )
    try:
        team = await services.directory.teams.members_with_adders(digest.chat or digest.place, digest.team)
    except RemoteError as error:
        return _failed(reply, reason_of(error), services)
    members = _with_owner(team, digest.user)
    ids = [member.staff_id for member in members]
    gone = await hidden.of_chat(services.store, digest.place) | await opted_out(question, services)
    shown = [member for member in members if member.staff_id not in gone]
    operator = digest.operator or next(iter(ids), question.asker)
    reply = replace(
        reply,
        question=_asked_by(asked_by or operator, question, gone.intersection(ids)),
        opted_out=len(members) - len(shown),
        unread=max(len(shown) - MOST_PEOPLE, 0),
    )
    if not shown:
        return reply
    read = shown[:MOST_PEOPLE]
    readers = {asked_by: [each.staff_id for each in read]} if asked_by else standing(read, operator=operator)
    return await _read(reply, readers, services, order=[each.staff_id for each in read])


def _with_owner(team: Sequence[Member], user: StaffId | None) -> Sequence[Member]:
    """One's own digest is about oneself first."""
    return (Member(user), *(each for each in team if each.staff_id != user)) if user else team


async def _read(
    reply: DigestReply,
    readers: Mapping[StaffId, Sequence[StaffId]],
    services: Services,
    *,
    order: Sequence[StaffId],
) -> DigestReply:
    """`reply` with the calendars of its people, each in the name of the one who reads them."""
    question = reply.question
    window = question.request.windows[0].interval
    gathered = await gather_standing(question, services, window=window, readers=readers, order=order)
    reply = replace(reply, checked_at=gathered.checked_at, unknown=gathered.unknown, leave=gathered.leave)
    if len(gathered.unknown) == len(gathered.known):
        return _failed(reply, _commonest(gathered), services)
    return _filled(reply, gathered, services)


def _asked_by(asker: StaffId, question: Question, gone: Iterable[StaffId]) -> Question:
    """In the name of `asker`, about everybody but those who do not want to be looked at, wherever its buttons lead."""
    who = Who(me=not question.in_group, everyone=True, without=tuple(sorted(gone)))
    request = replace(question.request, who=who)
    return replace(question, request=request, asker=asker, author=asker)


def _question(edition: Edition, language: Language, services: Services, now: datetime) -> Question:
    """What the card is kept as: the whole day, or the whole week, that it is about."""
    digest, calendar = edition.digest, services.calendar(edition.digest.zone)
    days = _days(edition)
    whole = Interval(calendar.day(days[0]).start, calendar.day(days[-1]).end)
    asker = digest.operator or digest.user or StaffId("")
    return Question(
        request=Request(Intent.DIGEST_SHOW, language, (_whole(whole, calendar),), who=Who(everyone=True)),
        asker=asker,
        author=asker,
        author_name="",
        conversation_id=digest.chat or digest.place,
        in_group=digest.user is None,
        zone=digest.zone,
        now=now,
        language=language,
        team=digest.team,
    )


def _days(edition: Edition) -> list[date]:
    """The day itself, or Monday to Sunday of the week; what is over of it on the edition's day is left out."""
    if edition.week is None:
        return [edition.day]
    week = [edition.week + number * _DAY for number in range(7)]
    return [day for day in week if day >= edition.day] or week


def _ahead(digest: Digest, day: date, calendar: WorkingCalendar) -> Pause | None:
    """A digest of the last working day of each week leaves out no holiday."""
    once_a_week = digest.kind is EditionKind.WEEK and isinstance(digest.days, DigestDays)
    return None if once_a_week else ahead(digest, day, calendar)


def _filled(reply: DigestReply, gathered: Gathered, services: Services) -> DigestReply:
    """`reply` with what is known of the people, and the buttons that follow from it."""
    question = reply.question
    usual = services.calendar(question.zone)
    days = usual.days(question.request.windows[0].interval)
    weekly = reply.card.edition.week is not None
    calendar = usual if weekly else on_duty(usual, days[0])
    people = [
        (who, known, gathered.calendars.of(who.staff_id) if calendar is usual else calendar)
        for who, known in gathered.known
        if isinstance(known, FreeBusy)
    ]
    reply = _of_week(reply, people, days, calendar) if weekly else _of_day(reply, people, days[0], calendar)
    if reply.best:
        start, end = reply.best.interval.start, reply.best.interval.end
        slot = slot_at(Interval(start, min(end, start + _HOUR)), gathered)
        reply = replace(reply, card=replace(reply.card, offered=slot))
    return replace(reply, steps=steps(question, reply.card, services))


def _of_day(reply: DigestReply, people: _People, day: date, calendar: WorkingCalendar) -> DigestReply:
    """Everything that is told of a day is read off its heat map, which is one tap away."""
    drawn = day_map(people, day=day, calendar=calendar)
    if drawn is None:
        return replace(reply, off=tuple(who for who, _, _ in people))
    at_work, parted_at = [row for row in drawn.rows if not row.off], noon(day, calendar)
    found = (engaged(row, drawn, parted_at=parted_at) for row in at_work)
    taken = tuple(each for each in found if each)
    best = _best_hour(drawn, seen=len(people), now=reply.question.now)
    off = tuple(row.who for row in drawn.rows if row.off)
    return replace(reply, engaged=taken, off=off, left=len(at_work) - len(taken), best=best)


def _of_week(reply: DigestReply, people: _People, days: Sequence[date], calendar: WorkingCalendar) -> DigestReply:
    """The shares of each of its days, weekends without work left out."""
    shown = [day for day in days if calendar.is_worked(day) or day.weekday() in calendar.weekdays] or list(days)
    shares = day_rows(people, days=shown, calendar=calendar)
    best = best_runs(shares, seen=len(people), now=reply.question.now)
    notes = tuple(day_note(_whole(calendar.day(day), calendar), reply.question.now, calendar) for day in shown)
    return replace(reply, days=shares, day_notes=notes, best=best[0] if best else None, left=len(people))


def _best_hour(drawn: DayMap, *, seen: int, now: datetime) -> BestStretch | None:
    """The full hour still to come in which most people are firmly free, two at least where two can be seen."""
    hours = [
        BestStretch(hour, free)
        for hour, free in zip(drawn.hours, drawn.free, strict=True)
        if hour.start >= now and hour.length == _HOUR
    ]
    most = max((each.free for each in hours), default=0)
    return next(each for each in hours if each.free == most) if most >= min(seen, 2) > 0 else None


def _failed(reply: DigestReply, reason: UnknownReason, services: Services) -> DigestReply:
    """Nobody could be seen: the next step is to try again."""
    scopes = {verdict.unknown.detail for verdict in reply.unknown if verdict.unknown and verdict.unknown.detail}
    missing = tuple(sorted(scopes)) if reason is UnknownReason.NO_SCOPE else ()
    following = [
        step for step in steps(reply.question, reply.card, services) if step.verb in (Verb.SETTINGS, Verb.REFRESH)
    ]
    return replace(reply, failed=reason, scopes=missing, steps=tuple(reversed(following)))


def _commonest(gathered: Gathered) -> UnknownReason:
    return Counter(each.unknown.reason for each in gathered.unknown if each.unknown).most_common(1)[0][0]


def _shown_as(reply: DigestReply, edition: Edition) -> DigestReply:
    return replace(reply, card=replace(reply.card, edition=edition))


def _whole(interval: Interval, calendar: WorkingCalendar) -> Window:
    """Whole days on the clocks of the calendar."""
    return Window(interval.start.astimezone(calendar.zone), interval.end.astimezone(calendar.zone), WindowKind.DAYS)
