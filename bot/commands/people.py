"""`youkong people`: whom a name may mean, with staffId and department."""

from __future__ import annotations

from dataclasses import dataclass

from bot.commands.printing import line
from bot.config import Config
from bot.model.people import Person
from bot.wiring import Core, opened


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom a name may mean; `nearest` where nobody has it and these come near it."""

    people: tuple[Person, ...]
    nearest: bool


async def find(config: Config, name: str) -> Meant:
    """Looks in the departments that the app may read, else by DingTalk's search. Raises RemoteError and StoreError."""
    async with opened(config) as core:
        return await find_in(core, name)


async def find_in(core: Core, name: str) -> Meant:
    """The same with what is open already."""
    directory = core.services.directory
    await directory.refresh_index()
    found = await directory.candidates(name)
    return Meant(found, nearest=False) if found else Meant(await directory.nearest(name), nearest=True)


def lines(meant: Meant) -> list[str]:
    """One line a person: staffId, name, department and title, parted by tabs."""
    return [line(person.staff_id, person.name, person.place) for person in meant.people]
