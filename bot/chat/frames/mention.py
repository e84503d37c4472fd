"""What DingTalk pushes, read leniently: a Mention, or the reason why there is nothing to answer."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pydantic import TypeAdapter

from bot.model.outcomes import MessageOutcome
from bot.model.people import ConversationId, MsgId, StaffId
from bot.model.questions import Remark

LONGEST_TEXT = 2_000  # characters kept of a message; the reader looks at 500
_MOST_MENTIONED = 600
_LONGEST_TITLE = 100
_LAST_YEAR = 9000
_WORDLESS = {"picture": Remark.PICTURE, "audio": Remark.VOICE, "video": Remark.VIDEO, "file": Remark.FILE}
_NO_TEXT = re.compile("[\\x00\\ud800-\\udfff]")  # halves of characters, and NUL: no database and no wire takes them


@dataclass(frozen=True, slots=True)
class Mention:
    """A message to the bot.

    `sender` is None for somebody outside the organisation. `mentioned` are linked mentions without the bot, `outsiders`
    how many more were mentioned that are not of this organisation. `text` is "" for pictures and the like, `wordless`
    which of them it is. `quoted` is what the message replies to, its author's own words or (not `quotes_self`) somebody
    else's. After `one_too_many` in a minute only that is said. `corp_id` is the organisation of the bot,
    `title` what the group is called ("" in a 1:1 chat).
    """

    msg_id: MsgId
    conversation_id: ConversationId
    in_group: bool
    sender: StaffId | None
    sender_name: str
    text: str
    created_at: datetime
    mentioned: tuple[StaffId, ...] = ()
    outsiders: int = 0
    webhook: str = ""
    webhook_until: datetime | None = None
    one_too_many: bool = False
    corp_id: str = ""
    title: str = ""
    wordless: Remark | None = None
    quoted: str = ""
    quoted_at: datetime | None = None
    quotes_self: bool = False

    def __repr__(self) -> str:
        return f"<Mention {self.msg_id}>"


_STORED = TypeAdapter(Mention)


def dump(mention: Mention) -> str:
    """As it is kept until it is answered."""
    return _STORED.dump_json(mention).decode()


def load(payload: str) -> Mention:
    """The reverse of `dump`. Raises ValueError."""
    return _STORED.validate_json(payload)


def read_mention(data: str, *, now: datetime) -> Mention | MessageOutcome:
    """The message in a frame's `data` (topic /v1.0/im/bot/messages/get); `now` stands in for a missing time."""
    push = _object(data)
    msg_id, conversation_id = _text(push, "msgId"), _text(push, "conversationId")
    if not msg_id or not conversation_id:
        return MessageOutcome.UNREADABLE
    bot = _text(push, "chatbotUserId")
    if bot and _text(push, "senderId") == bot:
        return MessageOutcome.OWN
    if any(str(push.get(key)) == "20001" for key in ("errorCode", "errCode")):
        return MessageOutcome.OVER_QUOTA
    mentioned, outsiders = _mentioned(push, bot)
    words, quoted = _words(push)[:LONGEST_TEXT], _quoted(push)
    return Mention(
        msg_id=MsgId(msg_id),
        conversation_id=ConversationId(conversation_id),
        in_group=_text(push, "conversationType") != "1",
        sender=_sender(push),
        sender_name=_text(push, "senderNick")[:64],
        text=words,
        created_at=_instant(push.get("createAt")) or now,
        mentioned=mentioned,
        outsiders=outsiders,
        webhook=_text(push, "sessionWebhook"),
        webhook_until=_instant(push.get("sessionWebhookExpiredTime")),
        corp_id=_text(push, "chatbotCorpId"),
        title=_text(push, "conversationTitle")[:_LONGEST_TITLE],
        wordless=None if words else _wordless(push),
        quoted=_words(quoted)[:LONGEST_TEXT],
        quoted_at=_instant(quoted.get("createdAt")),
        quotes_self=bool(quoted) and _text(quoted, "senderId") == _text(push, "senderId"),
    )


def pushed_at(headers: Mapping[str, str]) -> datetime | None:
    """When DingTalk pushed a frame, by its own clock; None where its headers do not say."""
    return _instant(headers.get("time"))


def _object(data: str) -> Mapping[str, Any]:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _text(source: Mapping[str, Any], key: str) -> str:
    value = source.get(key)
    return _NO_TEXT.sub("\N{REPLACEMENT CHARACTER}", value) if isinstance(value, str) else ""


def _sender(push: Mapping[str, Any]) -> StaffId | None:
    """None for an outsider: no staffId, or one of another organisation."""
    home, corp = _text(push, "chatbotCorpId"), _text(push, "senderCorpId")
    staff_id = _text(push, "senderStaffId")
    return StaffId(staff_id) if staff_id and not (home and corp and home != corp) else None


def _mentioned(push: Mapping[str, Any], bot: str) -> tuple[tuple[StaffId, ...], int]:
    listed = push.get("atUsers")
    people: dict[StaffId, None] = {}
    outsiders = 0
    for user in (listed if isinstance(listed, list) else [])[:_MOST_MENTIONED]:
        if not isinstance(user, dict) or (bot and user.get("dingtalkId") == bot):
            continue
        staff_id = _text(user, "staffId")
        if staff_id and staff_id != "all":
            people[StaffId(staff_id)] = None
        elif not staff_id and bot:
            outsiders += 1
    return tuple(people), outsiders


def _words(push: Mapping[str, Any]) -> str:
    """What was written or said, without linked mentions; "" where there are no words."""
    text, content = push.get("text"), push.get("content")
    if isinstance(text, dict) and isinstance(text.get("content"), str):
        return _text(text, "content").strip()
    if not isinstance(content, dict):
        return ""
    if isinstance(content.get("recognition"), str):
        return _text(content, "recognition").strip()
    parts = content.get("richText")
    linked = bool(push.get("atUsers"))
    spoken = [
        _rich_words(part, linked) for part in (parts if isinstance(parts, list) else []) if isinstance(part, dict)
    ]
    return " ".join(word for word in spoken if word).strip()


def _quoted(push: Mapping[str, Any]) -> Mapping[str, Any]:
    """The message that is replied to, in the shape of one; empty where there is none, or where it is a card."""
    text = push.get("text")
    replied = text.get("repliedMsg") if isinstance(text, dict) else None
    if not isinstance(replied, dict) or replied.get("msgType") == "interactiveCard":
        return {}
    content = replied.get("content")
    words = content.get("text") if isinstance(content, dict) else None
    return {**replied, "text": {"content": words}} if isinstance(words, str) else replied


def _wordless(push: Mapping[str, Any]) -> Remark | None:
    """What a message without words is; None for a bare mention of the bot."""
    kind, content = _text(push, "msgtype"), push.get("content")
    parts = content.get("richText") if isinstance(content, dict) else None
    if isinstance(parts, list) and any(isinstance(part, dict) and part.get("type") == "picture" for part in parts):
        return Remark.PICTURE
    return None if kind in ("", "text", "richText") else _WORDLESS.get(kind, Remark.RECORD)


def _rich_words(part: Mapping[str, Any], linked: bool) -> str:
    """One part of a richText. A part that is only `@name` shows a linked mention, which atUsers holds already."""
    words = _text(part, "text").strip()
    is_mention = part.get("type") == "at" or (linked and words.startswith("@") and " " not in words)
    return "" if is_mention else words


def _instant(value: object) -> datetime | None:
    """Milliseconds since 1970, as a number or its text; None where no calendar goes on from there."""
    try:
        moment = datetime.fromtimestamp(int(str(value)) / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return moment if moment.year < _LAST_YEAR else None
