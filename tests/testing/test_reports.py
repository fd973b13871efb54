"""The journal in the reports of failed tests. Each test here runs pytest on inner tests."""

from __future__ import annotations

import re

import pytest

from tests.testing.inner import section

pytest_plugins = "pytester"


def test_the_report_of_a_failed_test_has_the_journal(suite: pytest.Pytester) -> None:
    suite.makepyfile(
        """
        import pytest
        from orbitconnect import OrbitServerError
        from orbitconnect.emulator import Status

        def test_passes(orbit):
            orbit.users.create(external_id="of_the_one_that_passes", display_name="Ada")

        @pytest.mark.orbit(signing_secret="hush-hush", faults=[Status(418)])
        def test_fails(orbit):
            with pytest.raises(OrbitServerError):
                orbit.users.list(active_only=True)
            user = orbit.users.create(external_id="a", display_name="Ada")
            token = orbit.users.create_token(user.id).token
            orbit.messages.send(conversation_id="cnv_x", content="Hello", acting_user_id=user.id)

        def test_asks_nothing(orbit):
            raise ValueError
        """
    )
    result = suite.runpytest()
    result.assert_outcomes(passed=1, failed=2)
    shown = section(result)
    assert re.search(r"1  \d\d:\d\d:\d\d  GET /app-users\?active=true \(listAppUsers\) → 418", shown)
    assert "scripted fault: Status(status=418" in shown
    assert re.search(r"2  \S+  POST /app-users \(createAppUser\) → 200\n", shown)
    assert re.search(
        r"\(sendMessage\) as usr_\w+ → 4\d\d\n +rule: exists; documented\n +sent: .*Hello.*\n +answered: .*not", shown
    )
    whole = result.stdout.str()
    assert whole.count("OrbitConnect emulator: requests") == 1
    assert "of_the_one_that_passes" not in whole
    assert not re.search(r"hush-hush|eyJ|sk_test_", shown)


def test_the_report_of_a_failed_fixture_has_the_journal(suite: pytest.Pytester) -> None:
    suite.makepyfile(
        """
        import pytest

        @pytest.fixture
        def nobody(orbit):
            return orbit.users.get("usr_nobody")

        def test_it(nobody):
            pass
        """
    )
    result = suite.runpytest()
    result.assert_outcomes(errors=1)
    assert "GET /app-users/usr_nobody (getAppUser) → 404" in section(result)


def test_a_long_journal_is_cut(suite: pytest.Pytester) -> None:
    suite.makepyfile(
        """
        def test_it(orbit):
            for _ in range(60):
                orbit.users.list()
            raise ValueError
        """
    )
    shown = section(suite.runpytest())
    assert "(10 earlier requests are not shown)" in shown
    assert shown.count("GET /app-users") == 50
