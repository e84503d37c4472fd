"""The ledger of a soak finds what it is there to find, and its plan is the same for the same seed."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from bot.emulator import Emulator
from tools.soak.company import Company
from tools.soak.ledger import Ledger
from tools.soak.plan import Plan


@pytest.fixture
def company():
    return Company(Emulator(), random.Random(3), groups=1, now=datetime(2040, 3, 12, tzinfo=UTC))


@pytest.fixture
def group(company):
    group = SimpleNamespace(cards=[], messages=[])
    company.groups = [group]
    return group


@pytest.fixture
def ledger(company):
    return Ledger(company)


def shown(window, *lines):
    return SimpleNamespace(params={"title": "…", "markdown": "\n\n".join([f"周二 {window.shown}（北京时间）", *lines])})


def free_and_busy(company, window):
    free = next(person.name for person in company.people if company.is_free(person.name, window))
    busy = next(person.name for person in company.people[3:] if not company.is_free(person.name, window))
    return free, busy


def test_a_clean_run_is_clean(company, group, ledger):
    for window, _ in zip(company.windows(), range(5), strict=False):
        ledger.note(group, window, None)
        free, busy = free_and_busy(company, window)
        group.cards.append(shown(window, f"✅ 有空 1：{free}", f"⛔ 没空 1：{busy} 到 15:00"))
    result = ledger.close([])
    assert (result.asked, result.answered, result.is_clean) == (5, 5, True)


def test_a_question_without_an_answer_is_lost(company, group, ledger):
    ledger.note(group, next(company.windows()), None)
    assert ledger.open_in(group) == 1
    assert (ledger.close([]).lost, ledger.close([]).is_clean) == (1, False)


def test_a_second_answer_is_a_double(company, group, ledger):
    window = next(company.windows())
    ledger.note(group, window, None)
    group.cards += [shown(window), shown(window)]
    assert (ledger.close([]).doubled, ledger.close([]).is_clean) == (1, False)


@pytest.mark.parametrize("who", ["busy", "unknowable"])
def test_somebody_who_is_called_free_and_is_not_is_found(company, group, ledger, who):
    window = next(company.windows())
    free, busy = free_and_busy(company, window)
    ledger.note(group, window, None)
    wrong = busy if who == "busy" else company.unknowable[0].name
    group.cards.append(shown(window, f"✅ 有空 2：{free}、{wrong}"))
    assert (ledger.close([]).falsely_free, ledger.close([]).is_clean) == (1, False)


def test_an_answer_that_shows_no_window_counts_once(company, group, ledger):
    first, second = company.windows().__next__(), list(company.windows())[7]
    ledger.note(group, first, None)
    ledger.note(group, second, None)
    group.messages.append(SimpleNamespace(text="没查到：接口超时"))
    group.cards.append(shown(second))
    assert ledger.close([]).is_clean
    group.messages.append(SimpleNamespace(text="没查到：接口超时"))
    assert ledger.close([]).unmatched == 1


def test_a_breach_of_the_protocol_is_no_clean_run(ledger):
    assert not ledger.close(["ping not echoed"]).is_clean


def test_a_plan_is_the_same_for_the_same_seed_and_holds_every_fault():
    plan = Plan(disconnects=3, kills=2).scaled(0.5)
    first, again = (list(plan.events(random.Random(7), 60.0)) for _ in range(2))
    assert first == again
    assert [moment for moment, _ in first] == sorted(moment for moment, _ in first)
    assert {name for _, name in first} == set(Plan.__dataclass_fields__)
