"""The pytest hooks for tests that use the plugin's emulator: plan their faults, add the journal to their reports."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

import pytest
from attrs import define

from orbitconnect_api.types import SafeRepr

from .._async.client import AsyncOrbitServer
from ..emulator import Emulator
from .journal import describe
from .scripted import Script

_MARKER: Final = "orbit"
_NAME: Final = "orbitconnect-runs"
_SECTION: Final = "OrbitConnect emulator: requests"


@define(repr=False)
class _Run(SafeRepr):
    """The state of one test."""

    script: Script
    emulator: Emulator | None = None
    has_begun: bool = False
    """Whether the test function has begun. Scripted faults do not affect its fixtures."""
    has_passed: bool = False
    is_reported: bool = False


_run_key: Final = pytest.StashKey[_Run]()


def follow(config: pytest.Config) -> None:
    """Register this module's hooks. They cost nothing until the first test that needs them."""
    if not config.pluginmanager.has_plugin(_NAME):
        config.pluginmanager.register(_Hooks(), _NAME)


@contextmanager
def run_emulator(item: pytest.Item) -> Generator[Emulator]:
    """Run the emulator of a test, configured by the test's marker."""
    follow(item.config)
    run = _run_of(item)
    with run.script.start(item.nodeid, item.path.parent) as emulator:
        run.emulator = emulator
        if run.has_begun:
            run.script.plan_faults(emulator)
        yield emulator
        flaw = _unused_faults(emulator) if run.has_passed else None
    if flaw is not None:
        pytest.fail(flaw, pytrace=False)


def close_at_once(client: AsyncOrbitServer) -> None:
    """Close a client of the emulator without an event loop: a plain fixture has none, and closing never waits.

    Raises:
        RuntimeError: If closing waits after all.
    """
    closing = client.aclose()
    try:
        closing.send(None)
    except StopIteration:
        return
    closing.close()
    raise RuntimeError("Closing the client had to wait, which it must not without an event loop.")


class _Hooks:
    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> Generator[None, object, object]:
        """Read the marker, so that a mistake in it is reported even if the test uses no emulator."""
        _run_of(item)
        return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, object, object]:
        """Plan the faults when the test function begins."""
        run = _run_of(item)
        run.has_begun = True
        if run.emulator is not None:
            run.script.plan_faults(run.emulator)
        result = yield
        if run.script.faults and run.emulator is None:
            pytest.fail(
                "The marker orbit scripts faults, but the test does not use the plugin's emulator. Use a fixture such "
                "as orbit, or remove the faults.",
                pytrace=False,
            )
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Attach the emulator's journal to the report of a failed test."""
        report = yield
        run = item.stash.get(_run_key, None)
        if run is None:
            return report
        if call.when == "call":
            run.has_passed = report.passed
        if report.failed and not run.is_reported and run.emulator is not None and run.emulator.journal.entries:
            run.is_reported = True
            report.sections.append((_SECTION, describe(run.emulator.journal.entries)))
        return report


def _run_of(item: pytest.Item) -> _Run:
    run = item.stash.get(_run_key, None)
    if run is None:
        try:
            script = Script.read((marker.args, marker.kwargs) for marker in item.iter_markers(_MARKER))
        except TypeError as error:
            pytest.fail(str(error), pytrace=False)
        run = item.stash[_run_key] = _Run(script)
    return run


def _unused_faults(emulator: Emulator) -> str | None:
    try:
        emulator.faults.check_used()
    except AssertionError as error:
        return str(error)
    return None
