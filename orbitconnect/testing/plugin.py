"""The pytest plugin: an emulator for each test, clients of it, and no way to the live API.

pytest loads it by its entry point. It loads the emulator and httpx when a test first asks for one of its fixtures.
"""

from __future__ import annotations

from collections.abc import Coroutine, Generator, Iterator
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import pytest
from attrs import define

from orbitconnect_api.operations import BASE_URL

from .guard import LiveHostGuard
from .scripted import Script

if TYPE_CHECKING:
    from .._async.client import AsyncOrbitServer
    from .._sync.client import OrbitServer
    from ..emulator import Emulator
    from .inbox import WebhookInbox

_MARKER: Final = "orbit"
_LIVE: Final = "orbit_live"
_SECTION: Final = "OrbitConnect emulator: requests"


@define
class _Run:
    """What is known of one test's run."""

    script: Script
    emulator: Emulator | None = None
    is_under_way: bool = False
    """Whether the test itself has begun: its fixtures are not what the faults are meant for."""
    has_passed: bool = False
    is_reported: bool = False


_run_key: Final = pytest.StashKey[_Run]()
_guard_key: Final = pytest.StashKey[LiveHostGuard]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds the setting that lets all tests reach the live API."""
    parser.addini(_LIVE, "let tests reach the live API of OrbitConnect", type="bool", default=False)


def pytest_configure(config: pytest.Config) -> None:
    """Makes the markers known, and blocks the live API."""
    config.addinivalue_line(
        "markers",
        f"{_MARKER}(*, seed, time, faults, snapshot, signing_secret): how the test's emulator starts: the seed of "
        "its ids, the instant at which its clock stands, the faults that befall the test's requests, the state to "
        "begin with (a snapshot or the path of an exported one), the secret that requests are signed with.",
    )
    config.addinivalue_line("markers", f"{_LIVE}: the test may reach the live API of OrbitConnect.")
    if not config.getini(_LIVE):
        guard = LiveHostGuard(urlsplit(BASE_URL).hostname or "")
        guard.install()
        config.stash[_guard_key] = guard
        config.add_cleanup(guard.remove)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Lets a test with the marker `orbit_live` through to the live API."""
    guard = item.config.stash.get(_guard_key, None)
    if guard is None or item.get_closest_marker(_LIVE) is None:
        return (yield)
    with guard.lifted():
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, object, object]:
    """Reads the marker, so that a mistake in it shows whether an emulator is used or not."""
    try:
        script = Script.read((marker.args, marker.kwargs) for marker in item.iter_markers(_MARKER))
    except TypeError as error:
        pytest.fail(str(error), pytrace=False)
    item.stash[_run_key] = _Run(script)
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Plans the faults as the test itself begins."""
    run = item.stash[_run_key]
    run.is_under_way = True
    if run.emulator is not None:
        run.script.plan_faults(run.emulator)
    result = yield
    if run.script.faults and run.emulator is None:
        pytest.fail("The marker orbit scripts faults, but the test uses no emulator of the plugin's.", pytrace=False)
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Attaches the emulator's journal to the report of a test that failed."""
    report = yield
    run = item.stash.get(_run_key, None)
    if run is None:
        return report
    if call.when == "call":
        run.has_passed = report.passed
    if report.failed and not run.is_reported and run.emulator is not None and run.emulator.journal.entries:
        from .journal import describe

        run.is_reported = True
        report.sections.append((_SECTION, describe(run.emulator.journal.entries)))
    return report


@pytest.fixture
def orbit_emulator(request: pytest.FixtureRequest) -> Iterator[Emulator]:
    """An emulator of the test's own. `@pytest.mark.orbit(…)` says how it starts.

    Its ids are the same in every run of the test. A fault that was scripted and never befell a request fails the test.
    """
    run = request.node.stash[_run_key]
    with run.script.start(request.node.nodeid, request.path.parent) as emulator:
        run.emulator = emulator
        if run.is_under_way:
            run.script.plan_faults(emulator)
        yield emulator
        flaw = _unused_faults(emulator) if run.has_passed else None
    if flaw is not None:
        pytest.fail(flaw, pytrace=False)


@pytest.fixture
def orbit(orbit_emulator: Emulator) -> Iterator[OrbitServer]:
    """A client of the test's emulator."""
    with orbit_emulator.client() as client:
        yield client


@pytest.fixture
def async_orbit(orbit_emulator: Emulator) -> Iterator[AsyncOrbitServer]:
    """An asynchronous client of the test's emulator, for whatever event loop the test runs in."""
    client = orbit_emulator.async_client()
    yield client
    _finish(client.aclose())


@pytest.fixture
def orbit_server(orbit_emulator: Emulator) -> Iterator[str]:
    """The URL at which the test's emulator answers over HTTP, for what does not run in the test's process."""
    with orbit_emulator.serve() as server:
        yield server.url


@pytest.fixture
def orbit_webhooks(orbit_emulator: Emulator) -> Iterator[WebhookInbox]:
    """An inbox that is registered at the test's emulator for all events."""
    from .inbox import WebhookInbox

    with WebhookInbox() as inbox:
        inbox.register(orbit_emulator)
        yield inbox


def _unused_faults(emulator: Emulator) -> str | None:
    try:
        emulator.faults.check_used()
    except AssertionError as error:
        return str(error)
    return None


def _finish(closing: Coroutine[Any, Any, None]) -> None:
    """Runs a coroutine that waits for nothing, since fixtures have no event loop of their own."""
    try:
        closing.send(None)
    except StopIteration:
        return
    closing.close()
    raise RuntimeError("The client waited for something as it was closed.")
