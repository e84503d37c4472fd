"""A reply of every kind that a card is made of, in many of its states, with names of everyday length."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta

from drawn import ASKED, CALENDAR, DAY, WINDOW, at, person, question, unknown, verdict, who_is_free

from bot.availability.heatmap import day_map, day_rows
from bot.availability.intervals import clip
from bot.model.card_state import (
    AskCard,
    BookedCard,
    CancelledCard,
    DeclinedCard,
    DigestCard,
    DigestSettingsCard,
    DraftCard,
    HeatMapCard,
    HelpCard,
    MeetingCard,
    MeetingsCard,
    MovedCard,
    NextFreeCard,
    NoSlotCard,
    Note,
    OutCard,
    OwnHoursCard,
    RefusedCard,
    ResponsesCard,
    RoomsCard,
    SeriesBookedCard,
    SeriesCard,
    SettingsCard,
    SettingsEdit,
    SlotsCard,
    SubscriptionsCard,
    TakenCard,
    TeamCard,
    TeamEdit,
    VerdictsCard,
    Waiting,
    offered_on,
)
from bot.model.deeds import Book, BookSeries, SetDigest
from bot.model.digest_orders import DigestOrder
from bot.model.digests import DayPart, Digest, Edition, Engaged, Pause
from bot.model.freebusy import BestStretch, Busy, FreeBusy, State, Unknown
from bot.model.leave import LeaveRead
from bot.model.meetings import (
    Answered,
    Ask,
    Booking,
    Closest,
    Meeting,
    Refusal,
    RefusalReason,
    Relaxation,
    RelaxationKind,
    Responses,
    Slot,
)
from bot.model.overview import Cell
from bot.model.own_hours import HoursEdit
from bot.model.people import ConversationId, Missing, StaffId, UnknownReason
from bot.model.questions import Question, Remark
from bot.model.replies import (
    Absence,
    AtThisMoment,
    Booked,
    Cancelled,
    CommonTime,
    DayNote,
    Declined,
    DigestReply,
    DigestShown,
    Draft,
    DraftRooms,
    FreeRooms,
    Help,
    HoursShown,
    LineCode,
    Moved,
    MyMeetings,
    NextFree,
    NotBooked,
    NotChecked,
    Occurrence,
    OneMeeting,
    Outsider,
    Overview,
    PlainLine,
    PrivateQuestion,
    Reply,
    ResponsesShown,
    SeriesBooked,
    SeriesShown,
    SetBy,
    SettingsShown,
    SlotRooms,
    Subscriptions,
    Taken,
    Task,
    TeamChange,
    TeamShown,
    Unclear,
    WhoIsOut,
)
from bot.model.requests import Intent, Language, ProblemCode, Request, WorkingHours
from bot.model.rooms import Room, RoomBooked, RoomId, RoomNote, RoomOfEvent, RoomOutcome, RoomVerdict
from bot.model.series import Frequency, Series, SeriesBooking, SeriesRule
from bot.model.steps import Step, Verb
from bot.model.time import Interval, Window, WindowKind
from bot.model.working_week import WorkingWeek

NAMES = {
    Language.ZH: ("张伟", "李娜", "王小明", "陈静"),
    Language.EN: ("Zhang Wei", "Li Na", "Wang Fang", "Chen Jing"),
}
THREE = Interval(at(15), at(16))
LONG = Interval(at(10.5), at(12))
HALF = timedelta(minutes=30)
HOUR = timedelta(hours=1)
DAYS = Window(at(0), at(72), WindowKind.DAYS)  # Tuesday to Thursday
FRIDAY = Window(at(72), at(96), WindowKind.DAYS)
WORKED = tuple(Interval(at(day + 9), at(day + 18)) for day in (0, 24, 48))
SHIFT = tuple([Cell.FREE, Cell.BUSY] * 9)
FOUR_DAYS = WorkingWeek(frozenset(range(4)), WorkingHours(600, 1140), ((2, WorkingHours(540, 720, ())),))
NIGHTS = WorkingWeek(hours=WorkingHours(22 * 60, 30 * 60, ()))
BOOKING = Booking("event", THREE, StaffId("liu"), "刘洋", (), ASKED + timedelta(minutes=4))
OFFERED = (Slot(LONG), Slot(THREE), Slot(Interval(at(39), at(40))))


def every_reply(language: Language, *, in_group: bool = True) -> Iterator[Reply]:
    """Each kind at least once."""
    asked, names = question(language, in_group=in_group, author=NAMES[language][0]), NAMES[language]
    for about in (about_times, about_slots, about_maps, about_booking, about_meetings, about_responses, about_series):
        yield from about(asked, names)
    for about in (about_rooms, about_digests, about_setup, about_leave, about_nothing):
        yield from about(asked, names)


def about_times(asked: Question, names: tuple[str, ...]) -> Iterator[Reply]:
    """Who is free; when one or three are next free, now, today, later or never; and what waits for it."""
    waiting = Waiting(names=names[:1])
    card = NextFreeCard(waiting=waiting)
    steps = (*_book(asked), Step(Verb.WATCH), Step(Verb.DAY), Step(Verb.REFRESH))
    for known in (names[:1], names[:3]):
        for stretches in ((), (LONG,), (THREE, LONG), (Interval(ASKED, at(-6)), Interval(at(34.5), at(36)))):
            found = NextFree(asked, card, tuple(map(person, known)), (), stretches, at(14 * 24), ASKED, steps=steps)
            yield replace(found, bar=SHIFT, bar_over=Interval(at(9), at(18))) if len(known) == 1 else found
    yield NextFree(asked, card, (), (unknown(names[0]),), (), at(24), ASKED)
    yield NextFree(asked, card, (person(names[0]),), (), (LONG,), at(24), ASKED, elsewhere="Europe/Berlin")
    yield Subscriptions(asked, SubscriptionsCard(), tuple((name, at(24 * 30)) for name in names[:3]))
    yield Subscriptions(asked, SubscriptionsCard(), ())
    for answer in Answered:
        yield PrivateQuestion(asked, AskCard(Ask(StaffId("bob"), names[1], THREE, answer)), _three(Verb.YES))
    states = (
        verdict(names[0]),
        verdict(names[1], (14, 15)),
        verdict(names[2], (14, 15), tentative=True),
        verdict(names[3], (13, 16.5)),
    )
    for people in (states[:1], states[:2], states, (*states, unknown(names[0])), states[3:], states[1:2], states[2:3]):
        found = who_is_free(people, asked.language)
        yield replace(found, question=asked, card=VerdictsCard(waiting=waiting), steps=(*_book(asked), *found.steps))
    now = replace(who_is_free(states[3:], asked.language), question=asked)
    for busy in (True, False):
        yield replace(now, moment=AtThisMoment(at(15.5), busy, (Interval(at(16), at(16.5)), Interval(at(17), at(18)))))
    for note in Note:
        yield replace(now, card=VerdictsCard(note=note), steps=(Step(Verb.TONIGHT), Step(Verb.REFRESH)))


def about_slots(asked: Question, names: tuple[str, ...]) -> Iterator[Reply]:
    """Slots with their reasons; what comes nearest and what opens some."""
    staff = [person(name).staff_id for name in names]
    request = Request(Intent.FIND_TIME, asked.language, (DAYS,), duration=HOUR)
    asked = replace(asked, request=request)
    slots = (
        Slot(THREE, clear_before=HALF, clear_after=HOUR),
        Slot(Interval(at(34.5), at(35.5)), just_after=staff[1], clear_after=HALF, outside=(staff[2],)),
        Slot(Interval(at(62), at(63)), missing=(staff[3],), tentative=(staff[1],)),
    )
    book = tuple(Step(Verb.BOOK, deed=Book(slot), option=n, number=n) for n, slot in enumerate(slots, 1))
    found = CommonTime(
        asked,
        SlotsCard(slots, more=True),
        (DAYS,),
        (DayNote(),),
        WORKED,
        HOUR,
        tuple(map(verdict, names)),
        4,
        ASKED,
        "Asia/Shanghai",
        notes=(DayNote(),) * 3,
        breaks=(Interval(at(12), at(13)),),
        steps=(*book, Step(Verb.MORE)),
    )
    yield found
    yield replace(found, verdicts=(*found.verdicts[:3], unknown(names[3])), optional=frozenset(staff[3:]))
    yield replace(found, card=replace(found.card, moving=BOOKING))
    relaxations = (
        Relaxation(RelaxationKind.SHORTER, 3, duration=HALF),
        Relaxation(RelaxationKind.FARTHER, 2, windows=(DAYS, FRIDAY)),
        Relaxation(RelaxationKind.OPTIONAL, 4, person=staff[3]),
        Relaxation(RelaxationKind.OFF_HOURS, 1, windows=(Window(at(8), at(20)),)),
    )
    steps = (
        Step(Verb.SHORTER, replace(request, duration=HALF)),
        Step(Verb.FARTHER, replace(request, windows=(DAYS, FRIDAY))),
        Step(Verb.OPTIONAL, request, name=names[3]),
        Step(Verb.APPEAL, name=names[3]),
    )
    nearest = (Closest(Interval(at(40), at(41)), (staff[3],), at(40.5)), Closest(Interval(at(11), at(11.5))))
    none = replace(found, card=NoSlotCard(relaxations=relaxations), closest=nearest, steps=steps)
    yield none
    yield replace(none, card=NoSlotCard(), seen=0, closest=(), steps=(Step(Verb.OFF_HOURS), Step(Verb.REFRESH)))


def about_maps(asked: Question, names: tuple[str, ...]) -> Iterator[Reply]:
    """A day by person, a week by share."""
    busy = (Busy(THREE), Busy(LONG))
    people = [(person(name), FreeBusy(DAY, busy[: n % 3]), CALENDAR) for n, name in enumerate(names)]
    best = (BestStretch(Interval(at(13), at(15)), 4), BestStretch(Interval(at(16), at(18)), 4))
    week = Window(at(-24), at(6 * 24), WindowKind.DAYS)
    next_week = Request(Intent.OVERVIEW, asked.language, (Window(at(6 * 24), at(13 * 24), WindowKind.DAYS),))
    day = day_map(people, day=date(2026, 3, 17), calendar=CALENDAR)
    steps = (*_book(asked), Step(Verb.WEEK), Step(Verb.NAMES))
    shown = Overview(asked, HeatMapCard(), 4, (), ASKED, day=day, day_notes=(DayNote(),), best=best, steps=steps)
    yield shown
    yield replace(shown, people=5, unknown=(unknown(names[0]),), best=best[:1])
    days = day_rows(people, days=[date(2026, 3, 16 + n) for n in range(5)], calendar=CALENDAR)
    about_week = replace(asked, request=replace(asked.request, windows=(week,)))
    steps = (*_book(about_week), Step(Verb.LATER, next_week), Step(Verb.FIND))
    whole = replace(shown, question=about_week, day=None, days=days, day_notes=(DayNote(),) * 5, steps=steps)
    yield whole
    yield replace(whole, best_day=date(2026, 3, 19))
    yield replace(whole, best_day=date(2026, 3, 19), single=people[0][0], people=1)
    yield replace(whole, single=people[0][0], people=1, best=best[:1])
    yield replace(shown, note=Note.AFTER_WORK)


def about_booking(asked: Question, names: tuple[str, ...]) -> Iterator[Reply]:
    """A meeting before it is made, and what became of it."""
    people = tuple(map(person, names[:3]))
    titled = replace(asked, request=replace(asked.request, title="评审" if asked.language is Language.ZH else "review"))
    booking = replace(BOOKING, organizer_name=names[0])
    confirm = tuple(Step(verb) for verb in (Verb.CONFIRM, Verb.TIME, Verb.PEOPLE, Verb.DROP))
    draft = Draft(titled, DraftCard(Slot(THREE), StaffId("liu")), people[1:], ASKED, steps=confirm)
    yield draft
    yield replace(draft, tentative=people[1:2], unknown=people[2:], own=(Interval(at(15.5), at(16)),), outside=True)
    yield replace(draft, card=replace(draft.card, moving=booking, left_over=("还有财务",)))
    moves = (Step(Verb.MOVE), Step(Verb.CANCEL))
    yield Booked(titled, BookedCard(booking), people, steps=moves)
    yield Booked(asked, BookedCard(booking, booking), people, people[1:2], people[2:], steps=moves)
    offered = OFFERED[:2]
    for intent in (Intent.FIND_TIME, Intent.BOOK):
        wanted = replace(asked, request=replace(asked.request, intent=intent))
        for slots in ((), offered):
            yield Taken(wanted, TakenCard(THREE, slots), people[:1], ASKED, steps=(Step(Verb.FIND),))
    yield Cancelled(asked, CancelledCard(THREE), titled.request.title or "", steps=(Step(Verb.FIND),))
    for reason in RefusalReason:
        for cancelling, changing in ((False, False), (True, False), (False, True)):
            number = 9 if reason is RefusalReason.NO_SUCH_SLOT else 0
            refusal = Refusal(reason, THREE, cancelling, number=number, changing=changing, words=names[3:])
            yield NotBooked(asked, RefusedCard(refusal, offered, booking if cancelling else None), people[:1])


def about_meetings(asked: Question, names: tuple[str, ...]) -> Iterator[Reply]:
    """Meetings that are there."""
    guests = tuple(map(person, names[:2]))
    booking = replace(BOOKING, organizer_name=names[0])
    title = "评审" if asked.language is Language.ZH else "review"
    meeting = Meeting("event", THREE, StaffId("liu"), (), ASKED, title=title)
    steps = tuple(Step(verb, option=n) for n in (1, 2) for verb in (Verb.MOVE, Verb.CANCEL))
    yield MyMeetings(asked, MeetingsCard((booking, booking)), ((meeting, guests), (meeting, guests)), steps)
    yield MyMeetings(asked, MeetingsCard())
    sure = (Step(Verb.CANCEL_THIS), Step(Verb.KEEP))
    yield OneMeeting(asked, MeetingCard(booking), guests, title=title, steps=sure)
    yield OneMeeting(asked, MeetingCard(booking, (StaffId("x"),)), guests, guests[:1], title, (Step(Verb.CHANGE_THIS),))
    yield Moved(asked, MovedCard(booking, LONG), guests, title, steps=(Step(Verb.MOVE), Step(Verb.CANCEL)))
    yield Moved(asked, MovedCard(booking, LONG, booking), guests, title)


ROOMS = {
    Language.ZH: (("西湖厅", 8, "3 楼"), ("永澄亭", 10, "3 楼"), ("钱塘厅", 20, "5 楼"), ("A201", None, "")),
    Language.EN: (
        ("West Lake", 8, "floor 3"),
        ("Pavilion", 10, "floor 3"),
        ("Qiantang", 20, "floor 5"),
        ("A201", None, ""),
    ),
}


def about_rooms(asked: Question, names: tuple[str, ...]) -> Iterator[Reply]:
    """Which rooms are free; rooms beside slots, with a meeting that is not made, is made, or is moved."""
    rooms = tuple(Room(RoomId(called), called, seats, place) for called, seats, place in ROOMS[asked.language])
    lake, pavilion, hall, _ = rooms
    asked = replace(asked, request=Request(Intent.ROOMS, asked.language, (WINDOW,), seats=8))
    yield from _free_rooms(asked, rooms)
    yield from _slots_with_rooms(asked, names, rooms)
    people = tuple(map(person, names[:3]))
    draft = DraftCard(Slot(THREE), StaffId("liu"), rooms=rooms[:3])
    steps = tuple(Step(verb) for verb in (Verb.CONFIRM, Verb.OTHER_ROOM, Verb.NO_ROOM, Verb.DROP))
    yield Draft(asked, draft, people[1:], ASKED, steps=steps)
    yield Draft(asked, replace(draft, room_at=-1), (), ASKED, rooms=DraftRooms(RoomVerdict(lake, State.BUSY)))
    for unseen in (None, UnknownReason.TIMEOUT, UnknownReason.NO_SCOPE):
        known = Unknown(unseen, "Calendar.Event.Read" if unseen is UnknownReason.NO_SCOPE else "") if unseen else None
        yield Draft(asked, replace(draft, rooms=()), people[1:], ASKED, rooms=DraftRooms(unknown=known))
    yield Draft(asked, replace(draft, rooms=None), people[1:], ASKED, rooms=DraftRooms(off=True))
    booking = replace(BOOKING, organizer_name=names[0], room=RoomBooked(lake))
    yield Booked(asked, BookedCard(booking), people, steps=tuple(map(Step, (Verb.MOVE, Verb.CANCEL, Verb.OTHER_ROOM))))
    yield Booked(asked, BookedCard(replace(booking, room=RoomBooked(lake, pending=True))), people)
    for outcome in RoomOutcome:
        scopes = ("Calendar.Event.Write",) if outcome is RoomOutcome.SCOPE else ()
        note = RoomNote(outcome, lake, (pavilion, hall) if outcome is RoomOutcome.GONE else (), scopes)
        use = tuple(Step(Verb.ROOM, option=n, name=each.name) for n, each in enumerate(note.others, 1))
        yield Booked(asked, BookedCard(replace(booking, room=None), room=note), people, steps=use)
        yield Moved(asked, MovedCard(replace(booking, room=None), LONG, room=note), people[1:])
    yield Booked(asked, BookedCard(replace(booking, room=None), room=RoomNote(RoomOutcome.GONE, lake)), people)
    meeting = Meeting("event", THREE, StaffId("liu"), (), ASKED, room=RoomOfEvent(RoomBooked(lake, pending=True)))
    yield MyMeetings(asked, MeetingsCard((booking,)), ((meeting, people[1:]),))


def _free_rooms(asked: Question, rooms: tuple[Room, ...]) -> Iterator[Reply]:
    lake, pavilion, hall, plain = rooms
    hidden = Unknown(UnknownReason.NOT_SHARED, "No permission")
    verdicts = (
        RoomVerdict(lake, State.FREE, (THREE,)),
        RoomVerdict(pavilion, State.BUSY, (Interval(at(15), at(16)),)),
        RoomVerdict(hall, State.TENTATIVE),
        RoomVerdict(replace(hall, room_id=RoomId("other")), State.BUSY, until=at(16.5)),
        RoomVerdict(plain, State.UNKNOWN, unknown=hidden),
    )
    hold = Step(Verb.HOLD, card=DraftCard(Slot(THREE), StaffId("liu"), ()), option=1, name=lake.name)
    found = FreeRooms(asked, RoomsCard((lake,)), (WINDOW,), (DayNote(),), verdicts, ASKED, 8, 12, steps=(hold,))
    yield found
    for each in verdicts:
        yield replace(found, rooms=(each,), named=(each.room,), others=0)
    yield replace(found, rooms=verdicts[1:2])
    yield replace(found, rooms=verdicts[2:4], unmatched=rooms[0].name)
    yield replace(found, rooms=(), others=0)
    missing = Unknown(UnknownReason.NO_SCOPE, "VideoConference.Conference.Read")
    yield replace(found, rooms=(), others=0, failed=missing)
    yield replace(found, rooms=tuple(RoomVerdict(each, State.UNKNOWN, unknown=hidden) for each in rooms), others=0)
    for room in (None, RoomBooked(lake)):
        choosing = RoomsCard((pavilion, hall), replace(BOOKING, room=room))
        yield replace(found, card=choosing, rooms=verdicts[:2], others=0)
        yield replace(found, card=choosing, rooms=verdicts[3:4], others=0)


def _slots_with_rooms(asked: Question, names: tuple[str, ...], rooms: tuple[Room, ...]) -> Iterator[Reply]:
    found = next(about_slots(asked, names))
    assert isinstance(found, CommonTime)
    slots = tuple(replace(slot, rooms=rooms[at:3] if at < 2 else ()) for at, slot in enumerate(offered_on(found.card)))
    book = tuple(
        Step(Verb.BOOK, deed=Book(slot), option=n, number=n, name=slot.room.name if slot.room else "")
        for n, slot in enumerate(slots[:2], 1)
    )
    steps = (*book, Step(Verb.OTHER_ROOM), Step(Verb.NO_ROOM))
    with_rooms = replace(found, card=SlotsCard(slots), rooms=SlotRooms(8), steps=steps)
    yield with_rooms
    denied = Unknown(UnknownReason.NO_SCOPE, "Calendar.Event.Read")
    for said in (
        SlotRooms(unknown=denied),
        SlotRooms(unmatched=rooms[0].name),
        SlotRooms(too_many=40),
        SlotRooms(off=True),
    ):
        yield replace(with_rooms, rooms=said)


def about_responses(asked: Question, names: tuple[str, ...]) -> Iterator[Reply]:
    """What guests replied, who declined, and why that could not be read."""
    people = tuple(map(person, names[:3]))
    known = {each.staff_id: each for each in people}
    one, two, three = known
    booking = replace(BOOKING, organizer_name=names[0])
    title = "评审" if asked.language is Language.ZH else "review"
    steps = (Step(Verb.MOVE), Step(Verb.CANCEL), Step(Verb.RESPONSES))
    for said in (
        Responses(ASKED),
        Responses(ASKED, (one, two), (three,)),
        Responses(ASKED, (), (), (one,), (two, three)),
        Responses(ASKED, (one,), (two,), (three,), (StaffId(""),)),
    ):
        yield ResponsesShown(asked, ResponsesCard(booking, said), known, title, steps)
    for slot, unseen in ((Slot(LONG), ()), (None, ()), (Slot(LONG), (three,))):
        card = DeclinedCard(booking, (one,), (two, three), slot, unseen)
        yield Declined(asked, card, known, title, (Step(Verb.MOVE), Step(Verb.STAY)))
        yield Declined(asked, card, known)
    for reason in RefusalReason:
        yield NotBooked(asked, RefusedCard(Refusal(reason, THREE, reading=True), booking=booking), people[:1])


def about_series(asked: Question, names: tuple[str, ...]) -> Iterator[Reply]:
    """What repeats."""
    people = tuple(map(person, names[:3]))
    weeks = tuple(Slot(Interval(at(24 + 15 + 168 * n), at(24 + 16 + 168 * n))) for n in range(8))
    series = Series(SeriesRule(Frequency.WEEKLY, weekdays=(2,)), "Asia/Shanghai", weeks)
    better = replace(series, rule=SeriesRule(Frequency.WEEKLY, weekdays=(3,)))
    times = tuple(Occurrence(week.interval, 3) for week in weeks[:5])
    clashes = (
        Occurrence(weeks[5].interval, 2, busy=((people[0], weeks[5].interval.end),)),
        Occurrence(weeks[6].interval, 2, tentative=people[1:2], unknown=people[2:]),
        Occurrence(weeks[7].interval, 3, holiday=("劳动节", "Labour Day")),
    )
    steps = tuple(Step(Verb.SERIES, deed=BookSeries(each, ()), option=n) for n, each in enumerate((series, better), 1))
    card = SeriesCard(StaffId("liu"), (series, better))
    shown = SeriesShown(asked, card, people, (*times, *clashes), (6, 8), checked_at=ASKED)
    yield replace(shown, steps=(*steps, Step(Verb.ONCE, soon=True), Step(Verb.DROP)))
    yield replace(shown, always_busy=people[:1], unseen=(unknown(names[3]),), outside=True, makeable=False)
    yield replace(shown, card=replace(card, numbered=True))
    yield replace(shown, card=replace(card, changed=True))
    made = SeriesBooking(replace(BOOKING, organizer_name=names[0]), series)
    holidays = ((weeks[7].interval, ("劳动节", "Labour Day")),)
    yield SeriesBooked(asked, SeriesBookedCard(made), people, people[2:], holidays, steps=(Step(Verb.CANCEL),))
    yield SeriesBooked(asked, SeriesBookedCard(made, cancelled=True), people)
    for reason in (RefusalReason.UNCERTAIN, RefusalReason.REFUSED):
        yield SeriesBooked(asked, SeriesBookedCard(made, refusal=Refusal(reason)), people)
        yield replace(shown, card=replace(card, refusal=Refusal(reason)))


def about_digests(asked: Question, names: tuple[str, ...]) -> Iterator[Reply]:
    """Digests of a day and of a week, one that failed, and how they are set."""
    team = "产品群" if asked.language is Language.ZH else "Product"
    digest = Digest(ConversationId("cid"), time(9, 10), "Asia/Shanghai", asked.language, team=team, set_in_chat=True)
    day = Window(at(0), at(24), WindowKind.DAYS)
    asked = replace(asked, request=Request(Intent.DIGEST_SHOW, asked.language, (day,)))
    people = tuple(map(person, names))
    card = DigestCard(Edition(digest, date(2026, 3, 17)), Slot(THREE))
    steps = (*_book(asked), Step(Verb.HEAT_MAP), Step(Verb.SETTINGS))
    today = DigestReply(
        asked,
        card,
        DayNote(today=True),
        ASKED,
        engaged=(
            Engaged(people[0], DayPart.ALL),
            Engaged(people[1], DayPart.MORNING),
            Engaged(people[2], DayPart.AFTERNOON, until=at(16)),
            Engaged(people[3], DayPart.MORNING, firm=False),
        ),
        unknown=(unknown(names[0]),),
        off=people[3:],
        left=3,
        opted_out=1,
        best=BestStretch(Interval(at(16), at(17)), 6),
        ahead=Pause(date(2026, 9, 25), date(2026, 9, 25), "中秋节", "Mid-Autumn Festival"),
        steps=steps,
    )
    yield today
    yield replace(today, engaged=(), off=(), unknown=(), opted_out=0, best=None, left=2, unannounced=2027)
    make_up = Pause(date(2026, 10, 10), date(2026, 10, 10), make_up=True)
    yield replace(today, ahead=make_up, unread=12, card=replace(card, edition=replace(card.edition, late=True)))
    again = replace(card, edition=replace(card.edition, retry_at=at(9.5)))
    for reason in (UnknownReason.TIMEOUT, UnknownReason.NO_SCOPE):
        yield replace(today, card=again, failed=reason, engaged=(), left=0, best=None, scopes=("Calendar.Event.Read",))
    shares = day_rows(
        [(each, FreeBusy(DAY, ()), CALENDAR) for each in people],
        days=[date(2026, 3, 23 + n) for n in range(5)],
        calendar=CALENDAR,
    )
    yield replace(today, days=shares, day_notes=(DayNote(),) * 5, best=BestStretch(Interval(at(13), at(14)), 4))
    pause = Step(Verb.PAUSE, deed=SetDigest(DigestOrder(paused_until=date(2026, 3, 22))))
    buttons = (Step(Verb.RESCHEDULE), pause, Step(Verb.NOT_ME, count=1), Step(Verb.TURN_OFF))
    for set_up in (digest, replace(digest, paused_until=date(2026, 3, 22)), replace(digest, on=False), None):
        settings = DigestSettingsCard(set_up, StaffId("op"), (StaffId("bob"),), loosely=True)
        facts = {"set_by": names[0], "set_at": ASKED, "overrides": True, "holidays": True}
        yield DigestShown(asked, settings, next_at=at(9), steps=buttons, **facts)
    choosing = DigestSettingsCard(digest, choosing=True)
    times = tuple(Step(Verb.AT, deed=SetDigest(DigestOrder(at=60 * 8 + 40 + 60 * n)), option=n + 1) for n in range(3))
    yield DigestShown(asked, choosing, next_at=at(9), steps=(*times, Step(Verb.BACK)))


def about_setup(asked: Question, names: tuple[str, ...]) -> Iterator[Reply]:
    """Teams, and what is set for a chat."""
    me, members = asked.author, tuple(map(person, names))
    lost = Missing(names[0], UnknownReason.NOT_FOUND, StaffId("staff-9"))
    change = TeamChange(names[0], ASKED, added=members[:2])
    edit = TeamEdit(me, ASKED, (me,))
    for team in (TeamCard(), TeamCard(edit), TeamCard(replace(edit, undone=True))):
        yield TeamShown(asked, team, (*members, lost), change=change, already=members[2:], steps=(Step(Verb.UNDO),))
    yield TeamShown(asked, TeamCard(), (), unknown=(lost,))
    yield TeamShown(asked, TeamCard(), members, names=("design",), fixed=True)
    by = {"locale": SetBy(names[0], ASKED), "timezone": SetBy(names[0], ASKED)}
    settings = SettingsEdit(me, ASKED, ("locale", "timezone"))
    for card in (SettingsCard(), SettingsCard(settings), SettingsCard(replace(settings, undone=True))):
        yield SettingsShown(asked, card, asked.language.value, "Asia/Tokyo", by, steps=(Step(Verb.UNDO),))
    yield SettingsShown(asked, SettingsCard(), "auto", "Europe/Berlin", {}, unknown="火星", chat_id=False)
    yield SettingsShown(asked, SettingsCard(), "auto", "Europe/Berlin", {}, chat_id=True)
    for week in (FOUR_DAYS, NIGHTS, WorkingWeek(), WorkingWeek(frozenset())):
        for kept in (None, HoursEdit(ASKED), HoursEdit(ASKED, undone=True)):
            own, buttons = week != WorkingWeek(), (Step(Verb.UNDO), Step(Verb.COMPANY_HOURS))
            country = "DE" if own else None
            yield HoursShown(asked, OwnHoursCard(kept), week, "America/New_York", own, country, buttons)


def about_leave(asked: Question, names: tuple[str, ...]) -> Iterator[Reply]:
    """Who is out: all day, until noon, from noon, on several days; where nobody looked, and where it failed."""
    day = Window(at(0), at(24), WindowKind.DAYS)
    worked = (Interval(at(9), at(12)), Interval(at(13), at(18)))
    people = tuple(verdict(name, window=day) for name in names)
    hidden = replace(unknown(names[3]), leave=())
    off = [Interval(at(0), at(24)), Interval(at(9), at(12)), Interval(at(13), at(18)), Interval(at(14), at(16))]
    away = tuple(
        Absence(person(name), tuple(clip([leave], worked)), worked, (leave,))
        for name, leave in zip(names, off, strict=True)
    )
    found = WhoIsOut(asked, OutCard(), (day,), (DayNote(today=True),), people, (), (), (), (), ASKED, LeaveRead())
    days = replace(found, windows=(DAYS,))
    for reply in (found, days):
        for count in range(len(away) + 1):
            yield replace(reply, out=away[:count])
    yield replace(found, out=away[:1], verdicts=(*people[:3], hidden), unknown=(hidden,))
    yield replace(found, busy=people[:1], off=people[1:2])
    yield replace(found, verdicts=(hidden,), unknown=(hidden,))
    for one in (found, replace(found, out=away[:1]), replace(found, busy=people[:1]), replace(found, leave=None)):
        yield replace(one, verdicts=people[:1])
    yield replace(found, leave=None, busy=people[:2])
    yield replace(found, leave=LeaveRead(UnknownReason.TIMEOUT), busy=people[:2])


def about_nothing(asked: Question, names: tuple[str, ...]) -> Iterator[Reply]:
    """What cannot be answered, and why."""
    yield Help(asked, HelpCard(), tuple(Task))
    yield Help(asked, HelpCard(ordering=True), (Task.BOOK,))
    yield Outsider(asked.language)
    for code in LineCode:
        for turn in range(4):
            yield PlainLine(replace(asked, remark=Remark.THANKS), code, turn)
    for remark in Remark:
        yield PlainLine(replace(asked, remark=remark), LineCode.UNSUPPORTED)
    forms = (
        Step(Verb.NOW),
        Step(Verb.TODAY),
        Step(Verb.NEXT_DAY, Request(Intent.WHO_IS_FREE, asked.language, (DAYS,))),
    )
    for code in ProblemCode:
        yield Unclear(asked, code, forms)
    yield Unclear(asked, ProblemCode.NO_PEOPLE, (Step(Verb.TEAM),))
    for reason in UnknownReason:
        yield NotChecked(asked, reason, "7F3A")
        yield who_is_free([unknown(names[0], reason)], asked.language)
        yield who_is_free([verdict(names[0]), unknown(names[1], reason)], asked.language)
    late = [verdict(name, window=asked.request.windows[0]) for name in names[:1]]
    yield replace(who_is_free(late, asked.language), clocks={late[0].who.staff_id: "Europe/Berlin"})


def _book(asked: Question) -> tuple[Step, ...]:
    return (Step(Verb.BOOK, deed=Book(Slot(THREE)), option=1, count=4),)


def _three(first: Verb) -> tuple[Step, ...]:
    return (Step(first), Step(Verb.NO), Step(Verb.OTHER_TIME))
