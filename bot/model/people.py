"""People and the ids by which DingTalk knows them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NewType

from bot.errors import (
    CredentialsRefused,
    MalformedReply,
    NotFound,
    PermissionDenied,
    QuotaExhausted,
    RemoteError,
    RemoteTimeout,
    Throttled,
)

StaffId = NewType("StaffId", str)
"""An employee within one organisation (DingTalk: userId, staffId, userid)."""
UnionId = NewType("UnionId", str)
"""The same person across the organisation's apps; what calendars use."""
ConversationId = NewType("ConversationId", str)
"""A chat (`cid…`); of a group it is also the openConversationId."""
MsgId = NewType("MsgId", str)
"""One message, the same however often it is delivered."""
OutTrackId = NewType("OutTrackId", str)
"""One card, in our own naming."""


class UnknownReason(StrEnum):
    """Why somebody's busy times are not known. The words for it live in the templates."""

    EXTERNAL = "external"  # not in this organisation
    NOT_FOUND = "not_found"  # nobody of that name, or gone from the directory
    SEVERAL = "several"  # more than one person of that name
    NOT_SHARED = "not_shared"  # DingTalk answered with an error for this person
    NO_SCOPE = "no_scope"  # the app lacks the permission point
    TIMEOUT = "timeout"
    THROTTLED = "throttled"
    QUOTA = "quota"
    NO_ANSWER = "no_answer"  # left out of the answer
    UNREADABLE = "unreadable"  # an answer or an item that makes no sense
    FAILED = "failed"
    OPTED_OUT = "opted_out"  # does not want to be shown; nobody asked DingTalk
    READER_GONE = "reader_gone"  # in whose name they would be read: not in the directory any more


PASSING = frozenset(
    {
        UnknownReason.TIMEOUT,
        UnknownReason.THROTTLED,
        UnknownReason.NO_ANSWER,
        UnknownReason.UNREADABLE,
        UnknownReason.FAILED,
    }
)
"""What may be gone at a second try."""

_REASONS: tuple[tuple[type[RemoteError], UnknownReason], ...] = (
    (RemoteTimeout, UnknownReason.TIMEOUT),
    (Throttled, UnknownReason.THROTTLED),
    (QuotaExhausted, UnknownReason.QUOTA),
    (PermissionDenied, UnknownReason.NO_SCOPE),
    (CredentialsRefused, UnknownReason.NO_SCOPE),  # a personal app has no token of its own
    (NotFound, UnknownReason.NOT_FOUND),
    (MalformedReply, UnknownReason.UNREADABLE),
)


def reason_of(error: RemoteError) -> UnknownReason:
    """The reason a card gives for people who could not be asked about because of `error`."""
    return next((reason for kind, reason in _REASONS if isinstance(error, kind)), UnknownReason.FAILED)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of this organisation whose calendar can be asked for.

    `place` is their department and title as far as they are known, which tells namesakes apart. `called` are the words
    by which they were found, where those are not their whole name. `shown` is what a card calls them beside others who
    look the same.
    """

    staff_id: StaffId
    union_id: UnionId
    name: str
    place: str = ""
    called: str = ""
    shown: str = ""

    @property
    def label(self) -> str:
        """What a card calls them."""
        return self.shown or self.name


@dataclass(frozen=True, slots=True)
class Missing:
    """Somebody who was asked about and cannot be looked up. `label` is what a card calls them.

    `among` are the people who may be meant: those of one name, or those whose names come nearest to one that nobody
    has. `hidden`: there may be somebody of that name whom the app is not allowed to see.
    """

    label: str
    reason: UnknownReason
    staff_id: StaffId | None = None
    detail: str = ""
    among: tuple[Person, ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Who:
    """The people a request speaks of, before anybody is looked up.

    `mentioned` are linked mentions, `names` typed ones, `teams` names of configured teams; `me` is the sender,
    `everyone` the chat's team. `without` and `without_names` are left out of all of these, `without_me` says that the
    sender does not come along, where they would by themselves. `unread` are words in a person's place that the names
    known to the reader do not have: they are searched, and asked back where they are nobody.
    """

    mentioned: tuple[StaffId, ...] = ()
    names: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    me: bool = False
    everyone: bool = False
    without: tuple[StaffId, ...] = ()
    without_names: tuple[str, ...] = ()
    without_me: bool = False
    unread: tuple[str, ...] = ()

    @property
    def typed(self) -> tuple[str, ...]:
        """Everybody who was typed, those first whom the reader knows."""
        return (*self.names, *self.unread)

    @property
    def nobody(self) -> bool:
        """True where the request names no one, so that the chat's team is meant."""
        return not (self.mentioned or self.names or self.teams or self.me or self.everyone or self.unread)

    def without_typed(self, name: str) -> Who:
        """The same people but for one typed name, be it of somebody who is left out."""
        names, out = (tuple(each for each in some if each != name) for some in (self.names, self.without_names))
        return replace(self, names=names, without_names=out, unread=tuple(each for each in self.unread if each != name))
