"""Replies in words: the only place that writes for users. Texts live in `templates/`."""

from bot.cards.render import Renderer, card_params, event_summary

__all__ = ["Renderer", "card_params", "event_summary"]
