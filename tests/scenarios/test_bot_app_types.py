"""The three kinds of apps, each against a DingTalk that gives it no token but its own."""

from __future__ import annotations

import pytest
from scenario import MONDAY, settings_of, verdict_lines

from bot.app import App
from bot.config import Config
from bot.emulator import Emulator


@pytest.mark.parametrize(("app", "token"), [("internal", "accessToken"), ("enterprise", "corpToken")])
async def test_an_app_of_an_organisation_answers_by_its_own_token(app, token, sqlite_url, timing):
    async with Emulator(app=app, redeliver_unacked=None) as dingtalk:
        alice, bob = dingtalk.person("alice", name="Alice Chen"), dingtalk.person("bob", name="李博")
        group = dingtalk.group("Design", [alice, bob])
        settings = settings_of(dingtalk, sqlite_url)
        if app == "enterprise":
            settings["dingtalk"]["corp_id"] = dingtalk.corp_id
        async with App(Config.model_validate(settings), timing=timing) as bot:
            await bot.connected()
            await alice.says("周二下午2点到4点谁有空", at=[bob], to=group, created_at=MONDAY)
            card = await group.next_card()
        assert verdict_lines(card) == ["✅ 有空 1：李博"]
        assert {call.api for call in dingtalk.calls if call.api.endswith("Token")} == {token}
        assert {call.status for call in dingtalk.calls} == {200}
        assert dingtalk.violations == []
