"""Which digest a chat or a person has, of which kind, and what a fresh one is."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

from bot.errors import RemoteError
from bot.features.digest.configured import configured
from bot.features.services import Services
from bot.model.card_state import DigestSettingsCard
from bot.model.digest_orders import DigestOrder, EditionKind
from bot.model.digests import Digest, digest_key
from bot.model.people import ConversationId, StaffId
from bot.model.questions import Question
from bot.store import digests

USUAL_TIME, WEEKLY_TIME = time(9, 10), time(16, 10)
"""DingTalk asks to avoid the full hour. A week's goes out in the afternoon of the last working day before it."""


def place_of(question: Question, card: DigestSettingsCard) -> ConversationId:
    """Where the digest goes that a card is about."""
    if card.edition:
        return card.edition.digest.place
    return question.conversation_id if question.in_group else ConversationId(f"direct:{question.author}")


def configured_of(place: ConversationId, kind: EditionKind, services: Services) -> Digest | None:
    """The digest of that place and kind by the configuration; None for none."""
    key = digest_key(place, kind)
    return next((digest for digest in configured(services.config) if digest.key == key), None)


async def of_kind_meant(
    question: Question, card: DigestSettingsCard, order: DigestOrder | None, services: Services
) -> DigestSettingsCard:
    """`card` about the digest that is meant: the kind that is named; else the day's, or the week's where only that is.

    A card that was shown is about what it showed.
    """
    if card.opened_by or card.edition:
        return card
    if order and order.edition:
        return replace(card, kind=order.edition)
    if (order and order.on) or await digest_of(question, card, services):
        return card
    weekly = replace(card, kind=EditionKind.WEEK)
    return weekly if await digest_of(question, weekly, services) else card


async def digest_of(question: Question, card: DigestSettingsCard, services: Services) -> Digest | None:
    """The digest of the card's kind that is set for this place: in the chat, else by the configuration."""
    place = place_of(question, card)
    kept = await digests.get(services.store, digest_key(place, card.kind))
    return kept.digest if kept else configured_of(place, card.kind, services)


async def usual(question: Question, card: DigestSettingsCard, order: DigestOrder, services: Services) -> Digest:
    """What a digest is where nothing is said about it; one of weeks is about the team of that of days."""
    own = question.author if not question.in_group else None
    daily = await digest_of(question, replace(card, kind=EditionKind.DAY), services)
    last_thing = card.kind is EditionKind.WEEK and not isinstance(order.days, tuple)
    return Digest(
        place=place_of(question, card),
        at=WEEKLY_TIME if last_thing else USUAL_TIME,
        zone=question.request.zone or question.zone,
        language=question.language,
        user=own,
        team=daily.team if daily else question.team or (await _team_of(own, services) if own else None),
        operator=own or question.asker,
        set_in_chat=True,
        chat=question.conversation_id if own else None,
        kind=card.kind,
    )


async def _team_of(person: StaffId, services: Services) -> str | None:
    """The first configured team that lists somebody, as far as teams can be read."""
    for team in services.config.teams:
        try:
            if person in await services.directory.teams.members(team.name):
                return team.name
        except RemoteError:
            continue
    return None


async def has_team(digest: Digest, services: Services) -> bool:
    """One's own digest needs none."""
    return digest.user is not None or bool(
        await services.directory.members_of_chat(digest.chat or digest.place, digest.team)
    )
