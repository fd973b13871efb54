"""The long form of `tests/lifecycle/test_leaks.py`: python -m pytest tests/endurance/leaks.py.

Because it takes a few minutes, its name keeps it out of a normal test run.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator

import pytest

from tests.lifecycle.growth import check
from tests.lifecycle.harness import Server, serving

COUNTS = {
    "calls": 100_000,
    "async_calls": 100_000,
    "failures": 10_000,
    "cancelled": 5_000,
    "views": 10_000,
    "closed_clients": 1000,
    "dropped_clients": 1000,
    "stdlib_clients": 2000,
    "async_closed_clients": 1000,
    "async_dropped_clients": 1000,
    "loops": 1000,
}


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving() as served:
        yield served


@pytest.mark.parametrize(("scenario", "count"), COUNTS.items(), ids=COUNTS)
def test_nothing_grows(server: Server, scenario: str, count: int, capsys: pytest.CaptureFixture[str]) -> None:
    began = time.monotonic()
    grown = check(server, {scenario: count}, seconds=1200)[scenario]
    with capsys.disabled():
        sys.stdout.write(
            f"\n{scenario}: {count:,} rounds in {time.monotonic() - began:.0f} s, "
            f"{grown['memory'] / 1024:+,.0f} KiB, {grown['objects']:+} objects, {grown['files']:+} files\n"
        )
