"""Switches for what goes wrong: for the next n calls or until cleared, per API, for everybody or for one person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.emulator.calendars import TIME_FORMS
from bot.emulator.meeting_rooms import MeetingRoom, RoomFaults
from bot.emulator.people import Account
from bot.emulator.rules import AnswerFaults, Rule
from bot.emulator.sign_ins import SignIns
from bot.emulator.tokens import Tokens


@dataclass(slots=True)
class Redelivery:
    """How messages are pushed again although they were acked."""

    after: float
    times: int
    presses: bool = False


@dataclass(slots=True)
class PersonFault:
    """What querySchedule says of a person: an error for one asker (or all), absence, or the entry twice."""

    error: str = ""
    asker: str | None = None
    omitted: bool = False
    repeated: bool = False


@dataclass(slots=True)
class GatewayFaults:
    """Faults of the Stream gateway."""

    redelivery: Redelivery | None = None
    flaps: int = 0
    expired_tickets: int = 0
    ticket_status: int = 401
    endpoint: str = ""
    to_all: bool = False
    to_dead: bool = False
    zombie: bool = False
    push_quota_gone: bool = False


class Faults(AnswerFaults):
    """Every fault is a method; `clear()` ends them all and lets go whatever hangs."""

    def __init__(self, tokens: Tokens, sign_ins: SignIns, *, unacked_after: float | None = 60.0) -> None:
        super().__init__()
        self._tokens = tokens
        self._sign_ins = sign_ins
        self._unacked_after = unacked_after
        self._reset()

    def _reset(self) -> None:
        self.unacked_after = self._unacked_after
        self.gateway = GatewayFaults()
        self.people: dict[str, PersonFault] = {}
        self.rooms = RoomFaults()
        self.denied_scopes: set[str] = set()
        self.flow_controlled: set[str] = set()
        self.time_forms: tuple[str, ...] = tuple(TIME_FORMS)
        self.quota_is_gone = False
        self.webhooks_are_expired = False
        self.reused_cards_are_refused = False
        self.users_are_shuffled = False
        self.mentions_are_shuffled = False
        self.mentions_are_bare = False
        self.event_seconds = 0.0
        self.out_of_range: set[str] = set()
        self.replies_are_reset = False
        self.leave_is_endless = False
        self.leave_pages_repeat = False
        self.unanswered_is_tentative = False

    # Tokens, permissions and quotas.

    def expire_tokens(self, *, errcode: int = 40014) -> None:
        """Make every token issued so far invalid: 400 InvalidAuthentication, on oapi this errcode (88: wrapped)."""
        self._tokens.revoke(errcode)

    def deny_scope(self, *scopes: str) -> None:
        """Take permission points away from the app."""
        self.denied_scopes.update(scopes)

    def expire_user_tokens(self) -> None:
        """Let the access tokens of users lapse: 400 accesstoken.expired; they can be renewed."""
        self._sign_ins.expire()

    def end_sign_ins(self) -> None:
        """Withdraw every user's consent: access tokens lapse, and refresh tokens are refused."""
        self._sign_ins.revoke()

    def quota_gone(self) -> None:
        """Use up the month's API calls; exempt calls go on."""
        self.quota_is_gone = True

    def push_quota_gone(self) -> None:
        """Use up the month's pushes: messages arrive gutted, with errorCode 20001."""
        self.gateway.push_quota_gone = True

    # People.

    def person_error(self, person: Account, error: str = "No permission", *, asker: Account | None = None) -> None:
        """Give an error instead of a schedule, to everybody or to one asker (the person in the path)."""
        fault = self.people.setdefault(person.union_id, PersonFault())
        fault.error, fault.asker = error, asker.union_id if asker else None

    def forgive_person(self, person: Account) -> None:
        """End what is wrong with one person's schedule."""
        self.people.pop(person.union_id, None)

    def omit_person(self, person: Account) -> None:
        """Leave the person out of scheduleInformation."""
        self.people.setdefault(person.union_id, PersonFault()).omitted = True

    def repeat_person(self, person: Account) -> None:
        """List the person twice."""
        self.people.setdefault(person.union_id, PersonFault()).repeated = True

    def shuffle_schedule(self) -> None:
        """List people in another order than they were asked for."""
        self.users_are_shuffled = True

    def shuffle_mentions(self) -> None:
        """List atUsers in another order than they were typed."""
        self.mentions_are_shuffled = True

    def bare_mentions(self) -> None:
        """Leave staffId out of atUsers even for colleagues."""
        self.mentions_are_bare = True

    def flow_control(self, person: Account) -> None:
        """List the person in flowControlledStaffIdList of oToMessages/batchSend and deliver nothing."""
        self.flow_controlled.add(person.staff_id)

    def strict_time(self, forms: str | Iterable[str] = ("utc_ms",)) -> None:
        """Accept only these time forms: "offset", "utc", "utc_ms", "utc_minutes"."""
        wanted = (forms,) if isinstance(forms, str) else tuple(forms)
        unknown = set(wanted) - set(TIME_FORMS)
        if unknown:
            raise ValueError(f"unknown time forms {sorted(unknown)}, expected some of {list(TIME_FORMS)}")
        self.time_forms = wanted

    def slow_events(self, seconds: float) -> None:
        """Refuse a repeat of a client token with idempotencyProcessing for so long after the event was made."""
        self.event_seconds = seconds

    def outside_range(self, person: Account) -> None:
        """Refuse the person as an attendee with permissionDeny, as one outside the app's range."""
        self.out_of_range.add(person.union_id)

    def endless_leave(self, *, repeating: bool = False) -> None:
        """Promise another page of leave for ever: empty ones, or (`repeating`) the first one again."""
        self.leave_is_endless, self.leave_pages_repeat = not repeating, repeating

    def reset_replies(self) -> None:
        """Ask for every reply again when an event gets another time; otherwise replies are kept."""
        self.replies_are_reset = True

    def show_unanswered_as_tentative(self) -> None:
        """Show events as TENTATIVE to whoever has not replied yet, which else are BUSY: the page leaves it open."""
        self.unanswered_is_tentative = True

    # Meeting rooms.

    def room_error(self, room: MeetingRoom, error: str = "No permission") -> None:
        """Give an error instead of the schedule of a room."""
        self.rooms.of(room.room_id).error = error

    def omit_room(self, room: MeetingRoom) -> None:
        """Leave a room out of scheduleInformation."""
        self.rooms.of(room.room_id).omitted = True

    def endless_rooms(self, *, repeating: bool = False) -> None:
        """Promise another page of the list of rooms for ever: empty ones, or (`repeating`) the first one again."""
        self.rooms.endless, self.rooms.repeating = not repeating, repeating

    def refuse_room_again(self) -> None:
        """Refuse a room that the event has already as not available: the page leaves open what a repeat is."""
        self.rooms.strict = True

    def tell_room_titles(self) -> None:
        """Put the title of each event into the schedule of its room, which nobody may keep."""
        self.rooms.titles = True

    def leave_rooms_behind(self) -> None:
        """Take the rooms off an event that gets another time; otherwise they follow where they are free."""
        self.rooms.staying = True

    # Cards and messages.

    def refuse_card(self, error: str = "spaceId is illegal", *, times: int | None = None) -> None:
        """Answer createAndDeliver with outer success and a failed row in deliverResults."""
        for api in ("createAndDeliver", "instances.deliver"):
            self.add(Rule("inner", api, times, text=error))

    def card_error(self, code: str = "param.templateNotExist", *, times: int | None = None) -> None:
        """Refuse createAndDeliver with HTTP 400 and this code."""
        self.fail("createAndDeliver", status=400, code=code, times=times)

    def refuse_reused_cards(self) -> None:
        """Refuse a second createAndDeliver of one outTrackId with param.cardAlreadyExist instead of ignoring it."""
        self.reused_cards_are_refused = True

    def webhook_expired(self) -> None:
        """Make every sessionWebhook answer errcode 300001."""
        self.webhooks_are_expired = True

    # Stream.

    def redeliver(self, after: float, times: int = 1, *, presses: bool = False) -> None:
        """Push every message (and press) again although it was acked: same msgId, new messageId."""
        self.gateway.redelivery = Redelivery(after, times, presses)

    def redeliver_unacked(self, after: float | None) -> None:
        """Push unacked messages again after so many seconds; None: never, what is not acked is lost."""
        self.unacked_after = after

    def open_refused(self, status: int = 401, code: str = "authFailed", *, times: int | None = None) -> None:
        """Refuse connections/open."""
        self.fail("connections/open", status=status, code=code, times=times)

    def slow_open(self, seconds: float, *, times: int | None = None) -> None:
        """Answer connections/open late."""
        self.slow("connections/open", seconds, times=times)

    def flap(self, times: int = 1_000_000) -> None:
        """Accept connections and close them at once."""
        self.gateway.flaps = times

    def ticket_expired(self, times: int = 1, *, status: int = 401) -> None:
        """Refuse the next tickets at the WebSocket handshake."""
        self.gateway.expired_tickets, self.gateway.ticket_status = times, status

    def foreign_endpoint(self, endpoint: str) -> None:
        """Name this WebSocket endpoint in the answer of connections/open."""
        self.gateway.endpoint = endpoint

    def deliver_to_all(self) -> None:
        """Push each message to every connection at the same moment."""
        self.gateway.to_all = True

    def keep_sending_to_dead(self) -> None:
        """Let closed and frozen connections take their share of the pushes, which are lost there."""
        self.gateway.to_dead = True

    def zombie(self) -> None:
        """Keep connections and answer pings, but push nothing."""
        self.gateway.zombie = True

    # Ending faults.

    def clear(self) -> None:
        """End every fault and let go whatever hangs; tokens that were expired stay so."""
        self.forget_rules()
        self._reset()
