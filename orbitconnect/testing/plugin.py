"""The pytest plugin: an emulator for each test, clients of it, and a guard against the live API.

pytest loads this module through its entry point in every run, whether or not a test uses the SDK. It therefore imports
almost nothing at first: the fixtures load the rest when a test first requests them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

import pytest

from .._http import live_hook

if TYPE_CHECKING:
    from .._async.client import AsyncOrbitServer
    from .._sync.client import OrbitServer
    from ..emulator import Emulator
    from .inbox import WebhookInbox

_MARKER: Final = "orbit"
_LIVE: Final = "orbit_live"


class _Guard:
    """Blocks the live API, except for tests with the marker `orbit_live`."""

    item: pytest.Item | None = None
    """The running test. None while tests are collected."""

    def check(self, host: str) -> None:
        if self.item is None or self.item.get_closest_marker(_LIVE) is None:
            from .guard import refuse_live_host

            refuse_live_host(host)


_guard_key: Final = pytest.StashKey[_Guard]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the setting that lets all tests reach the live API."""
    parser.addini(_LIVE, "let tests reach the live API of OrbitConnect", type="bool", default=False)


def pytest_configure(config: pytest.Config) -> None:
    """Register the markers and block the live API."""
    config.addinivalue_line(
        "markers",
        f"{_MARKER}(*, seed, time, faults, snapshot, signing_secret): configures the test's emulator: the seed of "
        "its ids, the time at which its clock stands still, the faults that the test's requests meet, the initial "
        "state (a snapshot, or the path of an exported one), the secret that requests must be signed with.",
    )
    config.addinivalue_line("markers", f"{_LIVE}: the test may reach the live API of OrbitConnect.")
    if not config.getini(_LIVE):
        guard = config.stash[_guard_key] = _Guard()
        before, live_hook.check = live_hook.check, guard.check
        config.add_cleanup(lambda: setattr(live_hook, "check", before))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> None:
    """Tell the guard which test is running, and register the other hooks if the test has the marker `orbit`.

    This is the only hook that runs for tests that do not use the SDK.
    """
    guard = item.config.stash.get(_guard_key, None)
    if guard is not None:
        guard.item = item
    if item.get_closest_marker(_MARKER) is not None:
        from .runs import follow

        follow(item.config)


@pytest.fixture
def orbit_emulator(request: pytest.FixtureRequest) -> Iterator[Emulator]:
    """Provide an emulator that only this test uses. `@pytest.mark.orbit(…)` configures it.

    The emulator's ids are the same in every run of the test. The test fails if a scripted fault affected no request.
    """
    from .runs import run_emulator

    with run_emulator(request.node) as emulator:
        yield emulator


@pytest.fixture
def orbit(orbit_emulator: Emulator) -> Iterator[OrbitServer]:
    """Provide a client of the test's emulator."""
    with orbit_emulator.client() as client:
        yield client


@pytest.fixture
def async_orbit(orbit_emulator: Emulator) -> Iterator[AsyncOrbitServer]:
    """Provide an asynchronous client of the test's emulator. It works in any event loop."""
    from .runs import close_at_once

    client = orbit_emulator.async_client()
    yield client
    close_at_once(client)


@pytest.fixture
def orbit_server(orbit_emulator: Emulator) -> Iterator[str]:
    """Provide the URL at which the test's emulator answers over HTTP, for code outside the test's process."""
    with orbit_emulator.serve() as server:
        yield server.url


@pytest.fixture
def orbit_webhooks(orbit_emulator: Emulator) -> Iterator[WebhookInbox]:
    """Provide an inbox that receives all events of the test's emulator."""
    from .inbox import WebhookInbox

    with WebhookInbox() as inbox:
        inbox.register(orbit_emulator)
        yield inbox
