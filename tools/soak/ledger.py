"""What was asked and what came of it: answered, lost, doubled, falsely free."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import asdict, dataclass, field

from bot.emulator import Conversation, Said
from tools.soak.company import Company, Window, timeline

_FREE = re.compile(r"^✅ .*?\d*：(.+)$", re.MULTILINE)


@dataclass(slots=True)
class Question:
    """One question in one group."""

    group: Conversation
    window: Window
    said: Said


@dataclass(slots=True)
class Result:
    """The ledger in figures; `unmatched` are answers that no question of the group explains."""

    asked: int = 0
    answered: int = 0
    lost: int = 0
    doubled: int = 0
    falsely_free: int = 0
    unmatched: int = 0
    unknown_answers: int = 0
    violations: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Whether nothing was lost, doubled or called free without being it."""
        return not (self.lost or self.doubled or self.falsely_free or self.unmatched or self.violations)

    def as_dict(self) -> dict[str, object]:
        """For printing."""
        return asdict(self)


class Ledger:
    """Every question, as it is asked."""

    def __init__(self, company: Company) -> None:
        self._company = company
        self.questions: list[Question] = []

    def note(self, group: Conversation, window: Window, said: Said) -> None:
        """A question was asked."""
        self.questions.append(Question(group, window, said))

    def open_in(self, group: Conversation) -> int:
        """How many questions of a group have no answer yet, as far as can be told by counting."""
        asked = sum(question.group is group for question in self.questions)
        return asked - len(group.cards) - len(group.messages)

    def close(self, violations: list[str]) -> Result:
        """The reckoning. An answer belongs to the question whose window it shows."""
        result = Result(asked=len(self.questions), violations=violations)
        for group in self._company.groups:
            self._reckon(group, [each for each in self.questions if each.group is group], result)
        return result

    def _reckon(self, group: Conversation, asked: list[Question], result: Result) -> None:
        by_window = {question.window.shown: question for question in asked}
        answers: Counter[str] = Counter()
        plain = 0
        for text in timeline(group):
            window = next((shown for shown in by_window if shown in text.split("\n\n")[0]), None)
            if window is None:
                plain += 1  # "Not checked": an answer that shows no window
                continue
            answers[window] += 1
            result.unknown_answers += "❔" in text
            result.falsely_free += self._falsely_free(text, by_window[window].window)
        missing = sum(shown not in answers for shown in by_window)
        result.answered += len(answers) + min(missing, plain)
        result.lost += max(0, missing - plain)
        result.unmatched += max(0, plain - missing)
        result.doubled += sum(times - 1 for times in answers.values())

    def _falsely_free(self, text: str, window: Window) -> int:
        named = [name for line in _FREE.findall(text) for name in line.split("、")]
        return sum(not self._company.is_free(name, window) for name in named)
