"""Where people and the bot meet, and the messages that the bot sends there."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.emulator.people import Account
from bot.emulator.wire import JsonObject

GROUP, DIRECT = "2", "1"


class Room:
    """A group ("2") or a 1:1 chat with the bot ("1") and who sits there; what appears there is in `Conversation`."""

    def __init__(
        self,
        conversation_id: str,
        title: str,
        members: list[Account],
        *,
        kind: str = GROUP,
        has_bot: bool = True,
        scene: bool = False,
    ) -> None:
        self.conversation_id = conversation_id
        self.title = title
        self.members = members
        self.kind = kind
        self.has_bot = has_bot
        self.scene = scene
        self.disbanded = False

    def __repr__(self) -> str:
        """The title and the id."""
        return f"{type(self).__name__}({self.title!r}, {self.conversation_id!r})"

    def remove_bot(self) -> None:
        """Somebody takes the bot out of the group: what is sent there is refused from now on."""
        self.has_bot = False

    def add_bot(self) -> None:
        """Somebody adds the bot again."""
        self.has_bot = True

    def disband(self) -> None:
        """The group is no more."""
        self.has_bot, self.disbanded = False, True

    @property
    def is_direct(self) -> bool:
        """True for a 1:1 chat."""
        return self.kind == DIRECT

    def has_member(self, person: Account) -> bool:
        """True when the person sits in this conversation."""
        return person in self.members


@dataclass(eq=False, slots=True)
class Message:
    """A message of the bot: `via` names the call; `at` are the staffIds that were really notified."""

    conversation: Room = field(repr=False)
    via: str
    kind: str
    text: str
    title: str = ""
    at: tuple[str, ...] = ()
    body: JsonObject = field(default_factory=dict, repr=False)
    sent: float = 0.0
    key: str = ""
    recalled: bool = False
