"""The bot to play with: an emulated DingTalk, a sample company, the real bot and a plain chat page in one process."""

from bot.playground.company import Company, Example, Team, sample_company
from bot.playground.playground import Playground, serve

__all__ = ["Company", "Example", "Playground", "Team", "sample_company", "serve"]
