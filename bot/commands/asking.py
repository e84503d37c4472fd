"""In whose name a single command asks: a person of the organisation, or whoever signed in with `youkong login`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.errors import NotFound, RemoteError
from bot.features.services import Services
from bot.model.people import Person, StaffId, UnionId
from bot.personal.session import Session
from bot.personal.token_file import StoredSignIn, TokenFile
from bot.store import Store, people
from bot.wiring import Core, read_by, utc_now


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, and what answers. Calendars of a user who signed in are read by that user's token."""

    person: StaffId
    services: Services
    session: Session | None = None
    user: Person | None = None

    def begin(self) -> None:
        """Before each question: a user who signed in is known without DingTalk's contacts."""
        if self.user:
            self.services.directory.introduce(self.user)

    def raise_if_ended(self) -> None:
        """Raises NotSignedIn where the sign-in turned out to be over: the answer would blame the calls."""
        if self.session and self.session.ended:
            raise self.session.ended


@asynccontextmanager
async def asking(core: Core, asker: str | TokenFile) -> AsyncIterator[Asker]:
    """Whoever has a staffId, or whose tokens a file keeps. Raises what the two below raise."""
    if isinstance(asker, TokenFile):
        async with _signed_in(core, asker) as user:
            yield user
    else:
        yield await _of_staff(core, asker)


async def _of_staff(core: Core, asker: str) -> Asker:
    """Somebody of the organisation.

    Raises NotFound where there is nobody of this id: else whoever they ask about would be told to be out of sight.
    """
    try:
        await core.services.directory.person(StaffId(asker))
    except NotFound as error:
        text = f"nobody has the staffId {asker!r} of --as; youkong people -c FILE NAME prints staffIds"
        raise NotFound(text, api=error.api, code=error.code, status=error.status) from None
    except RemoteError:
        pass  # the answer says what is wrong
    return Asker(StaffId(asker), core.services)


@asynccontextmanager
async def _signed_in(core: Core, file: TokenFile) -> AsyncIterator[Asker]:
    """Whoever signed in, with a token in hand. Raises NotSignedIn, ConfigError and RemoteError."""
    session = Session(core.api, file, clock=utc_now)
    try:
        stored = session.stored()
        await session.tokens.get()
        user = await _person(core.store, stored)
        async with read_by(core, session.tokens) as services:
            yield Asker(user.staff_id, services, session, user)
    finally:
        await session.tokens.aclose()


async def _person(store: Store, stored: StoredSignIn) -> Person:
    """As the store knows them; a personal app knows no staffId, and the unionId takes its place."""
    known = await people.of_union(store, UnionId(stored.union_id))
    if known:
        return known.person
    return Person(StaffId(stored.union_id), UnionId(stored.union_id), stored.nick or stored.union_id)
