"""The pytest plugin: an emulator for each test, clients of it, and no way to the live API.

pytest loads this module by its entry point in every run, whether or not a test uses the SDK. So it imports next to
nothing: what a test needs is loaded when the test first asks for it.
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
    """The test that runs. None while tests are collected."""

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
        f"{_MARKER}(*, seed, time, faults, snapshot, signing_secret): how the test's emulator starts: the seed of "
        "its ids, the fixed time of its clock, the faults that the test's requests meet, the state to begin with (a "
        "snapshot or the path of an exported one), the secret that requests are signed with.",
    )
    config.addinivalue_line("markers", f"{_LIVE}: the test may reach the live API of OrbitConnect.")
    if not config.getini(_LIVE):
        guard = config.stash[_guard_key] = _Guard()
        before, live_hook.check = live_hook.check, guard.check
        config.add_cleanup(lambda: setattr(live_hook, "check", before))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> None:
    """Tell the guard which test runs, and follow the test if it has the marker `orbit`.

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
    """An emulator of the test's own. `@pytest.mark.orbit(…)` says how it starts.

    Its ids are the same in every run of the test. A scripted fault that no request met fails the test.
    """
    from .runs import run_emulator

    with run_emulator(request.node) as emulator:
        yield emulator


@pytest.fixture
def orbit(orbit_emulator: Emulator) -> Iterator[OrbitServer]:
    """A client of the test's emulator."""
    with orbit_emulator.client() as client:
        yield client


@pytest.fixture
def async_orbit(orbit_emulator: Emulator) -> Iterator[AsyncOrbitServer]:
    """An asynchronous client of the test's emulator, for whatever event loop the test runs in."""
    from .runs import close_at_once

    client = orbit_emulator.async_client()
    yield client
    close_at_once(client)


@pytest.fixture
def orbit_server(orbit_emulator: Emulator) -> Iterator[str]:
    """The URL at which the test's emulator answers over HTTP, for code outside the test's process."""
    with orbit_emulator.serve() as server:
        yield server.url


@pytest.fixture
def orbit_webhooks(orbit_emulator: Emulator) -> Iterator[WebhookInbox]:
    """An inbox that is registered at the test's emulator for all events."""
    from .inbox import WebhookInbox

    with WebhookInbox() as inbox:
        inbox.register(orbit_emulator)
        yield inbox
