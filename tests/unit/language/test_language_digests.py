"""Orders about a digest: when it goes out, pauses, one at once, only with news, who is left out of it."""

from __future__ import annotations

from datetime import date

import pytest
from said import request

from bot.model.digest_orders import DigestDays, DigestOrder
from bot.model.requests import Intent

WORKDAYS, DAILY = DigestDays.WORKDAYS, DigestDays.DAILY
SET = (
    ("每天9点10分发团队日报", DigestOrder(at=550, days=WORKDAYS, loosely=True, on=True)),
    ("工作日早上9点发日报", DigestOrder(at=540, days=WORKDAYS, on=True)),
    ("每个工作日早上9:10发日报", DigestOrder(at=550, days=WORKDAYS, on=True)),
    ("周一三五9点发日报", DigestOrder(at=540, days=(0, 2, 4), on=True)),
    ("每周一、三、五9点发日报", DigestOrder(at=540, days=(0, 2, 4), on=True)),
    ("周一到周四8点半发日报", DigestOrder(at=510, days=(0, 1, 2, 3), on=True)),
    ("每天晚上6点发日报", DigestOrder(at=1080, days=WORKDAYS, loosely=True, on=True)),
    ("每天早上发日报", DigestOrder(at=550, days=WORKDAYS, loosely=True, on=True)),
    ("日报改到8点45", DigestOrder(at=525)),
    ("日报提前到8点45", DigestOrder(at=525)),
    ("日报改成每天发", DigestOrder(days=DAILY)),
    ("日报改成周一三五", DigestOrder(days=(0, 2, 4))),
    ("日报周末也发", DigestOrder(days=DAILY, on=True)),
    ("恢复日报", DigestOrder(on=True)),
    ("恢复", DigestOrder(on=True)),
    ("取消暂停日报", DigestOrder(on=True)),
    ("日报有事再发", DigestOrder(quiet=True)),
    ("没事别发", DigestOrder(quiet=True)),
    ("日报没事就别发", DigestOrder(quiet=True)),
    ("日报每次都发", DigestOrder(quiet=False)),
    ("daily digest at 9:10", DigestOrder(at=550, on=True)),
    ("digest on weekdays at 8:45", DigestOrder(at=525, days=WORKDAYS, on=True)),
    ("digest every Mon, Wed and Fri at 9", DigestOrder(at=540, days=(0, 2, 4), on=True)),
    ("digest Monday to Thursday at 9", DigestOrder(at=540, days=(0, 1, 2, 3), on=True)),
    ("send the digest every day, also on weekends", DigestOrder(days=DAILY, on=True)),
    ("move the digest to 8:45", DigestOrder(at=525)),
    ("make the digest daily", DigestOrder(days=DAILY)),
    ("resume", DigestOrder(on=True)),
    ("resume the digest", DigestOrder(on=True)),
    ("only when there is something to say", DigestOrder(quiet=True)),
    ("digest only when there is something to say", DigestOrder(quiet=True)),
    ("don't send the digest if there's nothing to say", DigestOrder(quiet=True)),
)
STOPPED = (
    ("停止日报", DigestOrder(on=False)),
    ("关闭日报", DigestOrder(on=False)),
    ("别发日报了", DigestOrder(on=False)),
    ("立刻停止日报", DigestOrder(on=False)),
    ("从今天起停止日报", DigestOrder(on=False)),
    ("9点的日报停掉", DigestOrder(on=False)),
    ("暂停到周五", DigestOrder(paused_until=date(2026, 11, 27))),
    ("日报暂停到下周一", DigestOrder(paused_until=date(2026, 11, 30))),
    ("日报暂停一周", DigestOrder(paused_until=date(2026, 11, 30))),
    ("日报暂停到1月5日", DigestOrder(paused_until=date(2027, 1, 5))),
    ("日报今天别发", DigestOrder(paused_until=date(2026, 11, 24))),
    ("stop the digest", DigestOrder(on=False)),
    ("stop the digest now", DigestOrder(on=False)),
    ("pause the digest", DigestOrder(on=False)),
    ("pause the digest until Friday", DigestOrder(paused_until=date(2026, 11, 27))),
    ("pause until Friday", DigestOrder(paused_until=date(2026, 11, 27))),
)
LEFT_OUT = (
    "日报不要算我",
    "日报别显示我",
    "日报里不要显示我",
    "我退出日报",
    "把我从日报里去掉",
    "leave me out of the digest",
    "don't show me in the digest",
    "hide me from the digest",
)
TAKEN_IN = ("日报算上我", "日报也算我", "加入日报", "include me in the digest", "put me back in the digest")
AT_ONCE = (
    "现在发一份",
    "现在发一份日报",
    "马上发一份日报吧",
    "再发一份日报",
    "今天的日报",
    "send the digest now",
    "send one now",
    "digest now",
    "show today's digest",
)
SHOWN = (
    "日报设置",
    "日报",
    "日报几点发",
    "显示我的日报设置",
    "digest settings",
    "when is the digest sent?",
    "show me the digest",
)
SOMETHING_ELSE = ("我明天有空吗", "周五有事", "现在谁有空", "a quiet room tomorrow", "明天有事再约", "继续", "现在")


@pytest.mark.parametrize(("text", "order"), SET)
def test_a_digest_is_set(text: str, order: DigestOrder) -> None:
    found = request(text)
    assert (found.intent, found.digest, found.problem) == (Intent.DIGEST_ON, order, None)


@pytest.mark.parametrize(("text", "order"), STOPPED)
def test_a_digest_is_stopped_for_good_or_until_a_day_that_is_included(text: str, order: DigestOrder) -> None:
    found = request(text)
    assert (found.intent, found.digest, found.problem) == (Intent.DIGEST_OFF, order, None)


@pytest.mark.parametrize("text", LEFT_OUT)
def test_whoever_says_so_is_left_out(text: str) -> None:
    found = request(text)
    assert (found.intent, found.digest) == (Intent.DIGEST_SHOW, DigestOrder(hide=True))


@pytest.mark.parametrize("text", TAKEN_IN)
def test_whoever_says_so_is_taken_in_again(text: str) -> None:
    assert request(text).digest == DigestOrder(hide=False)


@pytest.mark.parametrize("text", ["日报退订", "unsubscribe from the digest"])
def test_who_unsubscribes_leaves_the_digest_to_the_others(text: str) -> None:
    found = request(text)
    assert (found.intent, found.digest) == (Intent.DIGEST_OFF, DigestOrder(hide=True))


@pytest.mark.parametrize("text", AT_ONCE)
def test_one_is_wanted_at_once(text: str) -> None:
    found = request(text)
    assert (found.intent, found.digest) == (Intent.DIGEST_SHOW, DigestOrder(now=True))


@pytest.mark.parametrize("text", SHOWN)
def test_settings_are_shown_and_nothing_is_changed(text: str) -> None:
    found = request(text)
    assert (found.intent, found.digest) == (Intent.DIGEST_SHOW, DigestOrder())


@pytest.mark.parametrize("text", SOMETHING_ELSE)
def test_a_text_about_something_else_orders_nothing(text: str) -> None:
    assert request(text).digest is None


def test_a_time_that_cannot_be_is_a_problem() -> None:
    found = request("日报改到25点")
    assert found.problem is not None
    assert found.digest == DigestOrder()


def test_a_digest_may_be_a_teams_and_in_another_zone() -> None:
    found = request("每天东京时间9点发设计组日报")
    assert (found.who.teams, found.zone, found.digest and found.digest.at) == (("design",), "Asia/Tokyo", 540)
