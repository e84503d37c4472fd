"""The bot to play with: a stage with an emulated DingTalk, a company, the real bot and a clock, and a page to it."""

from bot.playground.company import Company, Example, Team, sample_company
from bot.playground.playground import Playground, serve
from bot.playground.situations import Situation, read_situation
from bot.playground.stage import Stage
from bot.playground.steps import Player, StepError

__all__ = [
    "Company",
    "Example",
    "Player",
    "Playground",
    "Situation",
    "Stage",
    "StepError",
    "Team",
    "read_situation",
    "sample_company",
    "serve",
]
