"""From a mention to a question, and a question as it is kept with its card."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.availability.working_time import Calendars
from bot.chat.frames.mention import Mention
from bot.chat.meaning.meeting_orders import meeting_order_of
from bot.chat.meaning.remarks import remark_of
from bot.chat_settings import ChatSettings, InEffect
from bot.config import Config
from bot.language import detect_language, parse
from bot.model.people import StaffId, Who
from bot.model.questions import Question
from bot.model.requests import Intent, Language, Problem, ProblemCode, Request
from bot.people.directory import Directory

_NOT_QUOTED = (Intent.UNCLEAR, Intent.THANKS, Intent.UNSUPPORTED, Intent.SETTINGS, Intent.HELP)


class Questions:
    """Reads mentions as the configuration of their chat says."""

    def __init__(
        self,
        config: Config,
        chats: ChatSettings,
        directory: Directory,
        *,
        calendars: Callable[[Iterable[StaffId]], Awaitable[Calendars]],
    ) -> None:
        self._config = config
        self._chats = chats
        self._directory = directory
        self._calendars = calendars
        self._teams = {form: team.name for team in config.teams for form in (team.name, *team.aliases)}

    async def of(self, mention: Mention, sender: StaffId) -> Question:
        """The question in `mention`, in the language and zone of its chat. Raises StoreError."""
        holds = await self._holds(mention, sender)
        zone = ZoneInfo(holds.zone)
        if mention.wordless and not (mention.mentioned or mention.quoted):
            wordless = Request(Intent.UNSUPPORTED, detect_language(mention.text))
            return replace(self._about(mention, sender, wordless, holds), remark=mention.wordless)
        request = self._read(mention, zone)
        if mention.quoted and _asks_nothing(request):
            request = self._quoted(mention, zone) or request
        question = self._about(mention, sender, request, holds)
        order = meeting_order_of(
            request, mention.text, read=lambda text: self._read(replace(mention, text=text, mentioned=()), zone)
        )
        return replace(question, remark=remark_of(question.request, mention.text), order=order)

    async def _holds(self, mention: Mention, sender: StaffId) -> InEffect:
        """What holds in the chat; a 1:1 chat without a zone of its own is read by the clocks of its person."""
        holds = await self._chats.of(mention.conversation_id)
        if mention.in_group or self._chats.has_zone(mention.conversation_id, holds):
            return holds
        calendars = await self._calendars([sender])
        return replace(holds, zone=str(calendars.of(sender).zone))

    def _read(self, mention: Mention, zone: ZoneInfo) -> Request:
        """What the text says; one that is empty says nothing."""
        if not mention.text.strip() and not mention.mentioned:
            return Request(Intent.UNCLEAR, detect_language(mention.text))
        chat = mention.conversation_id
        return parse(
            mention.text,
            now=mention.created_at,
            zone=zone,
            mentioned=mention.mentioned,
            hours=self._config.working_time.hours,
            teams=self._teams,
            names=self._directory.known_names(chat, self._chats.configured(chat).team),
        )

    def _quoted(self, mention: Mention, zone: ZoneInfo) -> Request | None:
        """What the quoted message asks, with its times as of when it was written; None where that is nothing, either.

        Somebody else's "I" is nobody whom we know, and what somebody else ordered is shown before it is carried out.
        """
        written = mention.quoted_at or mention.created_at
        request = self._read(replace(mention, text=mention.quoted, created_at=written), zone)
        if request.intent in _NOT_QUOTED or (request.who.me and not mention.quotes_self):
            return None
        now = mention.created_at
        coming = tuple(replace(each, start=max(each.start, now)) for each in request.windows if each.end > now)
        if request.windows and not coming:
            return replace(request, problem=Problem(ProblemCode.IN_THE_PAST, "found a time that is over"), acts=False)
        return replace(request, windows=coming, change=None, acts=False)

    def unread(self, mention: Mention, sender: StaffId) -> Question:
        """What stands in for a question that could not be read, so that it can be answered at all."""
        holds = self._chats.by_configuration(mention.conversation_id)
        request = Request(Intent.UNCLEAR, detect_language(mention.text), who=Who(mention.mentioned))
        return self._about(mention, sender, request, holds)

    async def language(self, mention: Mention) -> Language:
        """The language of an answer to somebody who is told nothing else. Raises StoreError."""
        return (await self._chats.of(mention.conversation_id)).language(detect_language(mention.text))

    def _about(self, mention: Mention, sender: StaffId, request: Request, holds: InEffect) -> Question:
        return Question(
            request=request,
            asker=sender,
            author=sender,
            author_name=mention.sender_name,
            conversation_id=mention.conversation_id,
            in_group=mention.in_group,
            zone=holds.zone,
            now=mention.created_at,
            language=holds.language(request.language),
            team=self._chats.configured(mention.conversation_id).team,
            outsiders=mention.outsiders,
        )


def _asks_nothing(request: Request) -> bool:
    """True for a text that only points to another one: 看看这个, "this?", or no words at all."""
    bare = request.intent is Intent.UNCLEAR and not request.windows and not request.change
    return bare and not (request.who.typed or request.who.teams)
