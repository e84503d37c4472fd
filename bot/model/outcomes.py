"""What became of what the bot was sent or had to send, as metrics, logs and the store name it."""

from __future__ import annotations

from enum import StrEnum


class MessageOutcome(StrEnum):
    """A pushed message; all but the first are acked and left alone, or pushed again."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    STALE = "stale"
    FLOOD = "flood"
    STORE_ERROR = "store_error"  # not acked
    UNREADABLE = "unreadable"  # no JSON object, or without the ids an answer needs
    OWN = "own"  # the bot's own words
    OVER_QUOTA = "over_quota"  # DingTalk left the text out: the organisation's pushes of this month are spent


class AnswerOutcome(StrEnum):
    """How the answer to a message left."""

    CARD = "card"
    ALL_UNKNOWN = "all_unknown"  # as a card or text, which knows nothing of anybody; for metrics and logs alone
    EDITED = "edited"  # onto an older card
    TEXT = "text"
    TEXT_UNCONFIRMED = "text_unconfirmed"  # begun by a process that died; never sent again
    SILENT = "silent"  # nothing was to be said
    OVER_SHARE = "over_share"  # of somebody who was told today that their share of the month's calls is spent
    UNDELIVERED = "undelivered"
    UNCONFIRMED = "unconfirmed"  # to be tried again
    FAILED = "failed"  # to be tried again
    LOST = "lost"  # another holder has it
    STALE = "stale"  # nobody answered it while it was fresh
    UNREADABLE = "unreadable"  # taken over from a version that stored it otherwise


class PressOutcome(StrEnum):
    """A press on a card."""

    DONE = "done"
    SLOW = "slow"  # the change follows the ack
    REPEATED = "repeated"
    UNKNOWN = "unknown"
    REFUSED = "refused"  # somebody else's button
    OVER_SHARE = "over_share"  # who pressed has caused as many calls today as one person may
    FOREIGN = "foreign"  # of another organisation


class DigestOutcome(StrEnum):
    """A digest; or the notice that calls are spent, or that a digest has stopped (warned, refused)."""

    SENT = "sent"
    LATE = "late"
    TEXT = "text"
    FAILED = "failed"
    UNREAD = "unread"  # to be tried again
    POSTPONED = "postponed"
    QUIET = "quiet"
    NO_TEAM = "no_team"
    OFF = "off"
    SKIPPED = "skipped"
    REMOVED = "removed"  # its group is without the bot, so that it has stopped
    WARNED = "warned"
    REFUSED = "refused"  # the notice was


class ReminderOutcome(StrEnum):
    """A reminder that is over."""

    TOLD = "told"
    OVER = "over"  # it did not come true in time
    UNREADABLE = "unreadable"
