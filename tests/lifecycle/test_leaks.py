"""Nothing grows with the number of calls, views, clients or event loops.

`tests/endurance` runs more rounds of each scenario.
"""

from __future__ import annotations

import sys

import pytest

from tests.lifecycle.growth import check
from tests.lifecycle.harness import Server

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")

COUNTS = {
    "calls": 1000,
    "async_calls": 1000,
    "cancelled": 300,
    "closed_clients": 120,
    "dropped_clients": 120,
    "stdlib_clients": 60,
    "async_closed_clients": 120,
    "async_dropped_clients": 120,
    "loops": 100,
}
# These scenarios behave the same over every kind of connection.
WITHOUT_TLS = {"failures": 300, "views": 1000}


# One process runs all scenarios, because starting a process takes as long as most scenarios.
def test_nothing_grows(plain_server: Server) -> None:
    check(plain_server, COUNTS | WITHOUT_TLS)


def test_nothing_grows_with_tls(tls_server: Server) -> None:
    check(tls_server, COUNTS)
