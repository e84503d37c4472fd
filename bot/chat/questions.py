"""From a mention to a question, and a question as it is kept with its card."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter

from bot.chat.mentions import Mention
from bot.config import Chat, Config
from bot.features.services import Services
from bot.features.steps import steps_from
from bot.language import apply_change, detect_language, parse
from bot.model.people import StaffId, Who
from bot.model.replies import Question, Verb
from bot.model.requests import Alternative, ChangeKind, Intent, Language, Request
from bot.model.time import Window

_STORED = TypeAdapter(Question)
_NO_CHAT = Chat(id="-")
_STEPS = {ChangeKind.LATER: Verb.LATER, ChangeKind.EARLIER: Verb.EARLIER}


class Questions:
    """Reads mentions as the configuration of their chat says."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._chats: Mapping[str, Chat] = {chat.id: chat for chat in config.chats}
        self._teams = {form: team.name for team in config.teams for form in (team.name, *team.aliases)}

    def of(self, mention: Mention, sender: StaffId) -> Question:
        """The question in `mention`, in the language and zone of its chat."""
        zone = self._chats.get(mention.conversation_id, _NO_CHAT).timezone or self._config.timezone
        request = parse(
            mention.text,
            now=mention.created_at,
            zone=ZoneInfo(zone),
            mentioned=mention.mentioned,
            hours=self._config.working_time.hours,
            teams=self._teams,
        )
        return self._about(mention, sender, request)

    def unread(self, mention: Mention, sender: StaffId) -> Question:
        """What stands in for a question that could not be read, so that it can be answered at all."""
        request = Request(Intent.UNCLEAR, detect_language(mention.text), who=Who(mention.mentioned))
        return self._about(mention, sender, request)

    def _about(self, mention: Mention, sender: StaffId, request: Request) -> Question:
        chat = self._chats.get(mention.conversation_id, _NO_CHAT)
        return Question(
            request=request,
            asker=sender,
            author=sender,
            author_name=mention.sender_name,
            conversation_id=mention.conversation_id,
            in_group=mention.in_group,
            zone=chat.timezone or self._config.timezone,
            now=mention.created_at,
            language=self.language(mention, request.language),
            team=chat.team,
            outsiders=mention.outsiders,
        )

    def language(self, mention: Mention, spoken: Language) -> Language:
        """The chat's language, the bot's, or the one of the question."""
        chat = self._chats.get(mention.conversation_id, _NO_CHAT)
        fixed = [locale for locale in (chat.locale, self._config.locale) if locale not in (None, "auto")]
        return Language(fixed[0]) if fixed and chat.locale != "auto" else spoken


def about(question: Question, windows: tuple[Window, ...], *, who: Who | None = None) -> Question:
    """The same people, or `who`, asked about other windows."""
    request = replace(
        question.request,
        intent=Intent.WHO_IS_FREE,
        windows=windows,
        who=who or question.request.who,
        optional=_optional(question.request, who or question.request.who),
        problem=None,
        assumptions=(),
        alternatives=(),
        leftover=(),
    )
    return replace(question, request=request, namesakes=None)


def _optional(request: Request, who: Who) -> tuple[str | StaffId, ...]:
    """Who need not come: somebody picked takes the place of their name."""
    picked = [staff_id for staff_id in who.mentioned if staff_id not in request.who.mentioned]
    gone = set(request.who.names) - set(who.names)
    still = [*picked, *request.optional] if gone.intersection(request.optional) else request.optional
    return tuple(each for each in still if each not in gone)


def followed(question: Question, last: Question, services: Services) -> Question:
    """What `question`, which only changes one thing, means after `last` of the same person in the same chat."""
    change = question.request.change
    if change is None:
        return question
    if change.kind in _STEPS:
        steps = steps_from(last, services.calendar(last.zone))
        windows = next((step.windows for step in steps if step.verb is _STEPS[change.kind]), None)
        return replace(about(last, windows), now=question.now) if windows else question
    request = apply_change(change, last.request, now=question.now, zone=ZoneInfo(question.zone))
    return replace(last, request=request, now=question.now, language=question.language, namesakes=None)


def dump(question: Question) -> str:
    """As it is kept with its card: people and windows, not what was written."""
    request = replace(question.request, leftover=(), assumptions=())
    return _STORED.dump_json(replace(question, request=request)).decode()


def load(state: str) -> Question:
    """The reverse of `dump`, its windows on the clocks of its zone again. Raises ValueError."""
    question = _STORED.validate_json(state)
    zone = ZoneInfo(question.zone)
    return replace(question, request=_on_clocks(question.request, zone))


def _on_clocks(request: Request, zone: ZoneInfo) -> Request:
    alternatives = tuple(Alternative(_moved(a.windows, zone), a.reading) for a in request.alternatives)
    return replace(request, windows=_moved(request.windows, zone), alternatives=alternatives)


def _moved(windows: tuple[Window, ...], zone: ZoneInfo) -> tuple[Window, ...]:
    return tuple(Window(w.start.astimezone(zone), w.end.astimezone(zone), w.kind) for w in windows)
