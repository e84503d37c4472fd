"""What the page's API reads from a request: who, where, and a checked body; what is wrong is refused with a reason."""

from __future__ import annotations

from typing import Annotated, TypeVar

from aiohttp import web
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from bot.emulator import Account, Conversation, Person
from bot.playground.guard import Refused
from bot.playground.stage import Stage

Id = Annotated[str, StringConstraints(min_length=1, max_length=200)]
_Read = TypeVar("_Read", bound=BaseModel)


class Body(BaseModel):
    """A body of JSON in which nothing stands that is not known."""

    model_config = ConfigDict(extra="forbid")


async def body_of(request: web.Request, model: type[_Read]) -> _Read:
    """The request's body. Raises Refused, naming the field."""
    try:
        return model.model_validate_json(await request.read())
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(each) for each in first["loc"]) or "body"
        said = first["msg"].removeprefix("Value error, ")
        raise Refused(400, f"{where}: {said[:1].lower()}{said[1:]}") from None


def person_of(stage: Stage, staff_id: str) -> Person:
    """Somebody of the company. Raises Refused."""
    person = stage.company.person(staff_id)
    if person is None:
        raise Refused(404, f"found nobody called {staff_id!r}, expected an id of /api/stage")
    return person


def chat_of(stage: Stage, key: str, member: Person) -> Conversation:
    """A chat that this person is in. Raises Refused."""
    chat = next((each for each in stage.company.chats() if each.conversation_id == key), None)
    if chat is None or not chat.has_member(member):
        raise Refused(404, f"found no chat {key!r} of {member.staff_id!r}, expected an id of /api/stage")
    return chat


def member_of(chat: Conversation, staff_id: str) -> Account:
    """A member of a chat. Raises Refused."""
    found = next((each for each in chat.members if each.staff_id == staff_id), None)
    if found is None:
        raise Refused(400, f"found the mention of {staff_id!r}, expected a member of this chat")
    return found
