"""From a mention to a question, and a question as it is kept with its card."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.chat.mentions import Mention
from bot.config import Chat, Config
from bot.language import detect_language, parse
from bot.model.people import StaffId, Who
from bot.model.questions import Question
from bot.model.requests import Intent, Language, Problem, ProblemCode, Request

_NO_CHAT = Chat(id="-")
_NO_TIME = Problem(ProblemCode.NO_TIME, "found people only, expected a time too, add one, for example: tomorrow at 3pm")


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
