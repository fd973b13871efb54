"""Nothing grows with the number of calls, views, clients or event loops. `tests/endurance` does more of the same."""

from __future__ import annotations

import sys

import pytest

from tests.lifecycle.growth import check
from tests.lifecycle.harness import Server

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")

COUNTS = {
    "calls": 2000,
    "async_calls": 2000,
    "failures": 500,
    "cancelled": 300,
    "views": 2000,
    "closed_clients": 200,
    "dropped_clients": 200,
    "async_closed_clients": 200,
    "async_dropped_clients": 200,
    "loops": 100,
}


@pytest.mark.parametrize(("scenario", "count"), COUNTS.items(), ids=COUNTS)
def test_nothing_grows(server: Server, scenario: str, count: int) -> None:
    check(server, scenario, count)
