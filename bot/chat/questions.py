"""From a mention to a question, and a question as it is kept with its card."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter

from bot.chat.mentions import Mention
from bot.config import Chat, Config
from bot.features.steps import is_doubtful
from bot.language import detect_language, parse
from bot.model.people import StaffId, Who
from bot.model.questions import Question
from bot.model.requests import Alternative, Intent, Language, Problem, ProblemCode, Request
from bot.model.time import Window

_STORED = TypeAdapter(Question)
_NO_CHAT = Chat(id="-")
_NO_TIME = Problem(ProblemCode.NO_TIME, "found people only, expected a time too, add one, for example: tomorrow at 3pm")
_DOUBTFUL = Problem(ProblemCode.NOT_UNDERSTOOD, "found more words of time than were understood, ask again more briefly")


class Questions:
    """Reads mentions as the configuration of their chat says."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._chats: Mapping[str, Chat] = {chat.id: chat for chat in config.chats}
        self._teams = {form: team.name for team in config.teams for form in (team.name, *team.aliases)}

    def of(self, mention: Mention, sender: StaffId) -> Question:
        """The question in `mention`, in the language and zone of its chat."""
        zone = ZoneInfo(self._chats.get(mention.conversation_id, _NO_CHAT).timezone or self._config.timezone)
        request = parse(
            mention.text,
            now=mention.created_at,
            zone=zone,
            mentioned=mention.mentioned,
            hours=self._config.working_time.hours,
            teams=self._teams,
        )
        return self._about(mention, sender, _if_wordless(request, mention.text))

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


def _if_wordless(request: Request, text: str) -> Request:
    """Only people, and not a word: what is missing is when."""
    wordless = not any(sign.isalnum() for sign in text)
    return replace(request, problem=_NO_TIME) if wordless and request.who.mentioned else request


def dump(question: Question) -> str:
    """As it is kept with its card: people and windows, not what was written; a doubt about them stays."""
    request = question.request
    doubt = _DOUBTFUL if request.windows and is_doubtful(request) else None
    problem = replace(request.problem, words="") if request.problem else doubt
    request = replace(request, leftover=(), assumptions=(), problem=problem)
    return _STORED.dump_json(replace(question, request=request), exclude_defaults=True).decode()


def settled(question: Question, asked: Question) -> Question:
    """What is kept of the answered `question`: its task is done; who changed the card before is not forgotten."""
    return replace(question, task=None, view=replace(question.view, told_by=asked.view.told_by))


def load(state: str) -> Question:
    """The reverse of `dump`, its windows on the clocks of its zone again. Raises ValueError."""
    question = _STORED.validate_json(state)
    zone = ZoneInfo(question.zone)
    return replace(question, request=_on_clocks(question.request, zone))


def _on_clocks(request: Request, zone: ZoneInfo) -> Request:
    alternatives = tuple(Alternative(_moved(a.windows, zone), a.reading) for a in request.alternatives)
    windows, full = _moved(request.windows, zone), _moved(request.full, zone)
    return replace(request, windows=windows, full=full, alternatives=alternatives)


def _moved(windows: tuple[Window, ...], zone: ZoneInfo) -> tuple[Window, ...]:
    return tuple(Window(w.start.astimezone(zone), w.end.astimezone(zone), w.kind) for w in windows)
