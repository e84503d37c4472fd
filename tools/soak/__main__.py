"""`python -m tools.soak`: prints the ledger; exit 1 where anything was lost, doubled or called free falsely."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
from pathlib import Path

from tools.soak.plan import Plan
from tools.soak.run import Soak

MOST_GROWTH = 15.0
"""Megabytes by which a process may grow after its first minute."""


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="make soak", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=480.0, help="for how long questions are asked")
    parser.add_argument("--rate", type=float, default=8.0, help="questions a second, at most")
    parser.add_argument("--share", type=float, default=1.0, help="of the faults: 0.1 is a tenth of each")
    given = parser.parse_args()
    plan = Plan() if given.share == 1 else Plan().scaled(given.share)
    with tempfile.TemporaryDirectory(prefix="youkong-soak-") as folder:
        soak = Soak(Path(folder), seed=given.seed, seconds=given.seconds, rate=given.rate, plan=plan)
        outcome = asyncio.run(soak.run())
    print(json.dumps({"seed": given.seed, "faults": dict(outcome.done)}))
    print(json.dumps(outcome.ledger.as_dict(), ensure_ascii=False))
    print(f"memory: grew by {outcome.memory_growth:.1f} MB at most; took {outcome.seconds:.0f} s")
    print("stopped in order" if outcome.stopped_in_order else "NOT stopped in order")
    good = outcome.ledger.is_clean and outcome.memory_growth <= MOST_GROWTH and outcome.stopped_in_order
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
