"""Half a minute of `make soak`: every kind of fault once, and the ledger is clean."""

from __future__ import annotations

import pytest

from tools.soak.plan import Plan
from tools.soak.run import Soak


@pytest.mark.timeout(600)
async def test_nothing_is_lost_or_doubled_and_nobody_falsely_free_under_every_kind_of_fault(tmp_path):
    plan = Plan().scaled(0.05)
    outcome = await Soak(tmp_path, seed=7, seconds=20.0, rate=6.0, plan=plan, groups=12).run()
    assert set(outcome.done) == set(Plan.__dataclass_fields__)
    assert outcome.ledger.asked
    assert outcome.ledger.is_clean, outcome.ledger
