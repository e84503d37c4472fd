"""Puts together what sends digests, all of it in the background: people's questions go first."""

from __future__ import annotations

import uuid
from dataclasses import replace
from functools import partial

from bot.digests.quota import Quota
from bot.digests.runner import Post, Rounds
from bot.digests.schedule import Agenda
from bot.digests.scheduler import Wakes
from bot.dingtalk.http import Api
from bot.features.digest.card import card_of
from bot.features.digest.configured import configured
from bot.features.services import Services
from bot.model.meter import Meter
from bot.people.directory import Directory
from bot.schedules import Schedules


def digests_of(services: Services, *, api: Api, post: Post, quota: Quota, meter: Meter) -> Wakes:
    """The digests of one process. `api` and `post` make their calls in the background."""
    config = services.config
    directory = Directory(
        api, services.store, teams=config.teams, clock=services.clock, look_up_within=services.timing.look_up_within
    )
    rounds = Rounds(
        store=services.store,
        services=replace(services, directory=directory),
        agenda=Agenda(configured(config), calendar=services.calendar, card_of=partial(card_of, secret=config.secret)),
        post=post,
        reader=partial(Schedules, api),
        quota=quota,
        meter=meter,
        owner=uuid.uuid4().hex,
    )
    return Wakes(rounds, clock=services.clock, every_seconds=services.timing.digest_look)
