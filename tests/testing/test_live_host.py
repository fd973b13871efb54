"""How the plugin keeps tests from the live API: each test here is a run of pytest on tests of its own."""

from __future__ import annotations

import pytest

from tests.testing.inner import WITH_ASYNCIO

pytest_plugins = "pytester"


CALL_THE_LIVE_API = """
    import socket
    import pytest
    from orbitconnect_api.operations import BASE_URL

    HOST = BASE_URL.split("/")[2]

    def test_blocked():
        socket.create_connection((HOST, 443))

    @pytest.mark.orbit_live
    def test_marked():
        # Refused by the function itself, before it turns to the network.
        with pytest.raises(OSError, match="Int or String"):
            socket.getaddrinfo(HOST, object())
"""


@pytest.mark.orbit_live  # Else the guard of this run would block the inner one's requests, too.
def test_the_live_api_is_blocked_but_for_tests_with_the_marker(suite: pytest.Pytester) -> None:
    suite.makepyfile(CALL_THE_LIVE_API)
    result = suite.runpytest()
    result.assert_outcomes(failed=1, passed=1)
    result.stdout.fnmatch_lines(["*LiveHostError: A test turned to the live API at *orbit_live*"])


def test_code_that_is_loaded_with_the_tests_cannot_reach_it_either(suite: pytest.Pytester) -> None:
    suite.makepyfile(
        """
        from orbitconnect import OrbitServer

        users = OrbitServer("sk_test_x").users.list()
        """
    )
    result = suite.runpytest()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*LiveHostError: *"])


def test_a_setting_lifts_the_block(suite: pytest.Pytester) -> None:
    suite.makeini(f"{WITH_ASYNCIO}orbit_live = true\n")
    suite.makepyfile(
        """
        from orbitconnect.testing import plugin

        def test_it(pytestconfig):
            assert plugin._guard_key not in pytestconfig.stash
        """
    )
    suite.runpytest().assert_outcomes(passed=1)
