"""How a digest is set, as drawn, in each of its states."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from drawn import at, columns
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cards import Renderer, card_params
from bot.model.card_state import DigestSettingsCard
from bot.model.deeds import OptOut, SetDigest
from bot.model.digest_orders import DigestDays, DigestOrder
from bot.model.digests import Digest
from bot.model.people import ConversationId, StaffId
from bot.model.questions import Question
from bot.model.replies import DigestShown
from bot.model.requests import Intent, Language, Request
from bot.model.steps import Step, Verb

RENDERER = Renderer()
SET = Digest(ConversationId("cid"), time(9, 10), "Asia/Shanghai", Language.ZH, quiet=True, set_in_chat=True)
STATES = {
    "on": SET,
    "paused": replace(SET, paused_until=date(2026, 3, 22)),
    "off": replace(SET, on=False),
    "none": None,
}


def card(language: Language = Language.ZH, digest: Digest | None = SET, *, in_group: bool = True, **shown: object):
    opened = DigestSettingsCard(
        digest, StaffId("op"), (StaffId("bob"),), **{k: shown.pop(k) for k in ("choosing", "loosely") if k in shown}
    )
    question = Question(
        request=Request(Intent.DIGEST_SHOW, language),
        asker=StaffId("op"),
        author=StaffId("op"),
        author_name="",
        conversation_id=ConversationId("cid"),
        in_group=in_group,
        zone="Asia/Shanghai",
        now=at(14),
        language=language,
    )
    steps = (
        Step(Verb.RESCHEDULE),
        Step(Verb.PAUSE, deed=SetDigest(DigestOrder(paused_until=date(2026, 3, 22)))),
        Step(Verb.NOT_ME, deed=OptOut(), count=1),
        Step(Verb.TURN_OFF, deed=SetDigest(DigestOrder(on=False))),
    )
    facts = {"next_at": at(9) + timedelta(days=1, minutes=10), "set_by": "刘洋", "set_at": at(13), "holidays": True}
    reply = DigestShown(question, opened, steps=steps, **(facts | shown))
    return RENDERER.card(reply, key="1-abcdefgh", clock_zone="Asia/Shanghai", now=at(14))


def test_it_is_drawn_in_chinese() -> None:
    drawn = card()
    assert drawn.title == "日报：工作日 09:10"
    assert drawn.markdown.split("\n\n") == [
        "✅ 开 · 工作日 09:10 · 北京时间",
        "跳过节假日，补班日照发",
        "没有要说的就不发",
        "下次：明天 09:10",
        "1 人已退出，不查也不算有空",
        "刘洋 今天 设置",
    ]
    assert [button.text for button in drawn.buttons] == ["改时间", "暂停到周日", "退出/加入日报", "关闭"]


def test_it_is_drawn_in_english() -> None:
    drawn = card(Language.EN)
    assert drawn.title == "Digest: workdays 9:10 am"
    assert drawn.markdown.split("\n\n") == [
        "✅ On · workdays 9:10 am · Beijing",
        "Skips holidays, runs on make-up days",
        "Skipped if nothing to say",
        "Next: tomorrow 9:10 am",
        "1 opted out: not read, not free",
        "Set by 刘洋, today",
    ]
    assert [button.text for button in drawn.buttons] == [
        "Change time",
        "Pause through Sun",
        "Opt out / back in",
        "Turn off",
    ]


@pytest.mark.parametrize(
    ("state", "title", "english"),
    [
        ("paused", "日报暂停到 周日 3/22", "Digest paused through Sun 22 Mar"),
        ("off", "日报已关闭", "The digest is off"),
        ("none", "这个群还没有日报", "This group has no digest yet"),
    ],
)
def test_the_first_line_tells_that_none_goes_out(state: str, title: str, english: str) -> None:
    assert card(Language.ZH, STATES[state], next_at=None).title == title
    assert card(Language.EN, STATES[state], next_at=None).title == english


def test_days_in_a_row_are_told_by_the_first_and_the_last() -> None:
    named = replace(SET, days=(0, 1, 2, 4))
    assert card(digest=named).title == "日报：周一至三、五 09:10"
    assert card(Language.EN, named).title == "Digest: Mon–Wed, Fri 9:10 am"
    assert card(digest=replace(SET, days=(0, 2, 4))).title == "日报：周一、三、五 09:10"


def test_its_times_are_told_on_the_clocks_of_its_own_zone() -> None:
    drawn = card(digest=replace(SET, zone="Asia/Tokyo"))
    assert "✅ 开 · 工作日 09:10 · 东京时间" in drawn.markdown
    assert "下次：明天 10:10" in drawn.markdown  # 9:10 in Shanghai


@given(
    language=st.sampled_from(Language),
    digest=st.sampled_from(list(STATES.values())),
    days=st.sampled_from([*DigestDays, (0,), (0, 1, 3, 4, 6), (0, 1, 2, 3, 4)]),
    team=st.sampled_from([None, "design", "产品群"]),
    in_group=st.booleans(),
    choosing=st.booleans(),
    loosely=st.booleans(),
    overrides=st.booleans(),
    set_by=st.sampled_from(["", "刘洋", "Alexandra Chen"]),
)
@settings(max_examples=80, deadline=None)
def test_no_line_is_wider_than_a_phone(
    language, digest, days, team, in_group, choosing, loosely, overrides, set_by
) -> None:
    own = None if in_group else StaffId("op")
    digest = digest and replace(digest, days=days, team=team, user=own)
    drawn = card(
        language, digest, in_group=in_group, choosing=choosing, loosely=loosely, overrides=overrides, set_by=set_by
    )
    lines = [drawn.title, *drawn.markdown.split("\n\n"), drawn.tips]
    assert [line for line in lines if columns(line) > 40] == []
    assert all(len(value.encode()) < 3000 for value in card_params(drawn).values())
