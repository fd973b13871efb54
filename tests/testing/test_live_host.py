"""The plugin's guard against the live API. Each test here runs pytest on inner tests."""

from __future__ import annotations

import pytest

from orbitconnect._http import live_hook
from tests.testing.inner import WITH_ASYNCIO

pytest_plugins = "pytester"


def test_only_tests_with_the_marker_reach_the_live_api(suite: pytest.Pytester) -> None:
    suite.makepyfile(
        """
        import socket
        import pytest
        from orbitconnect import ConnectionFailedError, OrbitServer

        @pytest.fixture
        def no_network(monkeypatch):
            def fail(*arguments, **options):
                raise OSError("looked up")

            for name in ("getaddrinfo", "create_connection"):
                monkeypatch.setattr(socket, name, fail)

        @pytest.fixture
        def users(no_network):
            with OrbitServer("sk_test_x", max_retries=0) as orbit:
                return orbit.users.list()

        def test_blocked(no_network):
            OrbitServer("sk_test_x").users.list()

        def test_blocked_in_a_fixture(users):
            pass

        @pytest.mark.orbit_live
        def test_marked(no_network):
            with OrbitServer("sk_test_x", max_retries=0) as orbit, pytest.raises(ConnectionFailedError):
                orbit.users.list()

        @pytest.mark.orbit_live
        class TestMarked:
            def test_it(self, no_network):
                with OrbitServer("sk_test_x", max_retries=0) as orbit, pytest.raises(ConnectionFailedError):
                    orbit.users.list()

        def test_blocked_again(no_network):
            OrbitServer("sk_test_x").users.list()
        """
    )
    result = suite.runpytest()
    result.assert_outcomes(failed=2, errors=1, passed=2)
    result.stdout.fnmatch_lines(["*LiveHostError: A test was about to reach the live API at *orbit_live*"])


def test_the_live_api_is_blocked_during_collection(suite: pytest.Pytester) -> None:
    suite.makepyfile(
        """
        from orbitconnect import OrbitServer

        users = OrbitServer("sk_test_x").users.list()
        """
    )
    result = suite.runpytest()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*LiveHostError: *"])


def test_a_setting_lifts_the_block(suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_hook, "check", None)
    suite.makepyfile("from orbitconnect._http import live_hook\n\ndef test_it(): assert live_hook.check is None")
    suite.runpytest().assert_outcomes(failed=1)
    suite.makeini(f"{WITH_ASYNCIO}orbit_live = true\n")
    suite.runpytest().assert_outcomes(passed=1)
    assert live_hook.check is None
