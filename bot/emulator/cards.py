"""Cards as people see them: variables, buttons, private values, and the history of their updates."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.emulator.people import Account
from bot.emulator.rooms import Room
from bot.emulator.wire import JsonObject, Refusal

MAX_KEY_BYTES = 100
BLANK_ABOVE_CHARACTERS = 3000


@dataclass(frozen=True, slots=True)
class Button:
    """A button of a card: `request` is true when pressing it calls the bot back."""

    id: str
    text: str
    request: bool
    url: str = ""
    params: JsonObject = field(default_factory=dict)

    @property
    def verb(self) -> str:
        """The id up to its first colon."""
        return self.id.partition(":")[0]


@dataclass(frozen=True, slots=True)
class CardUpdate:
    """One change of a card: by which way ("create", "put", "ack"), and the variables after it.

    `during_press`: a PUT that came before the ack of a press of this card, which DingTalk advises against.
    """

    at: float
    by: str
    params: dict[str, str]
    changed: dict[str, str]
    during_press: bool = False


@dataclass(eq=False)
class Card:
    """One card instance, known by its outTrackId; `conversation` is where it appeared.

    `user_id_type` is what the card was made with, and what its presses come back with: 1 userId, 2 unionId.
    `private` has the values of people by `Account.key`.
    """

    out_track_id: str
    template_id: str
    params: dict[str, str]
    callback_type: str = ""
    private: dict[str, dict[str, str]] = field(default_factory=dict)
    space: str = ""
    conversation: Room | None = field(default=None, repr=False)
    recipients: tuple[str, ...] = ()
    at_users: dict[str, str] = field(default_factory=dict)
    preview: dict[str, str] = field(default_factory=dict)
    carrier_id: str = ""
    delivered_times: int = 0
    space_models: dict[str, JsonObject] = field(default_factory=dict)
    recalled: bool = False
    updates: list[CardUpdate] = field(default_factory=list, repr=False)
    value_sizes: dict[str, int] = field(default_factory=dict, repr=False)
    history: int = 100
    user_id_type: int = 1
    pressed_now: int = field(default=0, repr=False)
    _changed: asyncio.Event = field(default_factory=asyncio.Event, repr=False)

    @property
    def text(self) -> str:
        """Title, markdown and tips, then any other text variable, one below the other."""
        return _text_of(self.params)

    @property
    def buttons(self) -> list[Button]:
        """The buttons everybody sees, in order."""
        return _buttons_of(self.params)

    def seen_by(self, person: Account) -> dict[str, str]:
        """The variables with the person's private values on top."""
        return {**self.params, **self.private.get(person.key, {})}

    def text_for(self, person: Account) -> str:
        """The text as this person sees it."""
        return _text_of(self.seen_by(person))

    def buttons_for(self, person: Account) -> list[Button]:
        """The buttons as this person sees them."""
        return _buttons_of(self.seen_by(person))

    def button(self, wanted: str, person: Account | None = None) -> Button:
        """The button with this exact id, this visible text, or this verb; LookupError names what there is."""
        shown = self.buttons_for(person) if person else self.buttons
        for fits in (lambda b: b.id == wanted, lambda b: b.text == wanted, lambda b: b.verb == wanted):
            found = next(filter(fits, shown), None)
            if found is not None:
                return found
        raise LookupError(f"no button {wanted!r}, the card shows {[(b.id, b.text) for b in shown]}")

    def write(self, at: float, by: str, values: dict[str, str], *, by_key: bool) -> None:
        """Set public variables: merged by key, or replacing all of them."""
        self.params = {**self.params, **values} if by_key else dict(values)
        self._measure(values)
        self.note(at, by, values)

    def write_private(self, key: str, values: dict[str, str], *, by_key: bool) -> None:
        """Set one person's variables: merged by key, or replacing all of them."""
        self.private[key] = {**self.private.get(key, {}), **values} if by_key else dict(values)
        self._measure(values)

    def note(self, at: float, by: str, changed: dict[str, str]) -> None:
        """Enter a change into the history and wake whoever waits for one."""
        self.updates.append(CardUpdate(at, by, self.params, changed, by == "put" and self.pressed_now > 0))
        del self.updates[: -self.history]
        self._changed.set()
        self._changed = asyncio.Event()

    async def until(self, fits: Callable[[Card], bool], timeout: float = 10) -> Card:
        """Wait until `fits(card)`; TimeoutError shows the card's text."""
        try:
            async with asyncio.timeout(timeout):
                while not fits(self):
                    await self._changed.wait()
        except TimeoutError:
            raise TimeoutError(f"the card did not come to fit within {timeout} s, it says {self.text!r}") from None
        return self

    def _measure(self, values: dict[str, str]) -> None:
        for key, value in values.items():
            self.value_sizes[key] = max(self.value_sizes.get(key, 0), len(value.encode()))


def card_values(holder: object) -> dict[str, str]:
    """The cardParamMap of `{"cardParamMap": {…}}`: texts only, keys of at most 100 bytes; refused otherwise."""
    values = holder.get("cardParamMap") if isinstance(holder, dict) else None
    if not isinstance(values, dict):
        raise Refusal("param.cardPublicDataEmpty", "cardParamMap is empty")
    for key, value in values.items():
        if not isinstance(value, str):
            raise Refusal("MissingStringValue", f"the value of {key!r} is not a string")
        if len(key.encode()) > MAX_KEY_BYTES:
            raise Refusal("param.invalid", f"a key of {len(key.encode())} bytes is longer than {MAX_KEY_BYTES}")
    return dict(values)


def blank_values(values: dict[str, str]) -> list[str]:
    """The keys whose values are so long that clients show a blank card."""
    return [key for key, text in values.items() if key != "sys_full_json_obj" and len(text) > BLANK_ABOVE_CHARACTERS]


def full_json(params: dict[str, str]) -> JsonObject:
    """The object in `sys_full_json_obj`; empty when there is none, ValueError when it is not a JSON object."""
    text = params.get("sys_full_json_obj", "")
    if not text:
        return {}
    found = json.loads(text)
    if not isinstance(found, dict):
        raise ValueError(f"sys_full_json_obj holds a {type(found).__name__}, expected an object")
    return found


def _text_of(params: dict[str, str]) -> str:
    first = ("title", "markdown", "tips")
    rest = [key for key in params if key not in (*first, "logo", "sys_full_json_obj")]
    return "\n".join(params[key] for key in (*first, *rest) if params.get(key))


def _buttons_of(params: dict[str, str]) -> list[Button]:
    try:
        rows = full_json(params).get("msgButtons") or []
    except ValueError:
        return []
    return [_button(row) for row in rows if isinstance(row, dict)]


def _button(row: dict[str, Any]) -> Button:
    params = row.get("params")
    return Button(
        id=str(row.get("id", "")),
        text=str(row.get("text", "")),
        request=row.get("request") is True,
        url=str(row.get("url", "")),
        params=params if isinstance(params, dict) else {},
    )
