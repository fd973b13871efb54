"""The arguments of `@pytest.mark.orbit(…)`. Each test here runs pytest on inner tests."""

from __future__ import annotations

import pytest

from orbitconnect.emulator import Emulator

pytest_plugins = "pytester"


def test_ids_are_the_same_in_every_run(suite: pytest.Pytester) -> None:
    suite.makepyfile(
        """
        from pathlib import Path
        import pytest

        def note(orbit):
            with Path("ids").open("a") as file:
                file.write(orbit.users.create(external_id="a", display_name="Ada").id + "\\n")

        def test_one(orbit): note(orbit)
        def test_two(orbit): note(orbit)
        @pytest.mark.orbit(seed=7)
        def test_three(orbit): note(orbit)
        @pytest.mark.orbit(seed=7)
        def test_four(orbit): note(orbit)
        """
    )
    suite.runpytest().assert_outcomes(passed=4)
    suite.runpytest().assert_outcomes(passed=4)
    one, two, three, four, *again = (suite.path / "ids").read_text().split()
    assert again == [one, two, three, four]
    assert len({one, two, three}) == 3
    assert three == four
    with Emulator(seed=7) as emulator, emulator.client() as orbit:
        assert orbit.users.create(external_id="a", display_name="Ada").id == three


def test_the_clock_stands_still(suite: pytest.Pytester) -> None:
    suite.makepyfile(
        """
        from datetime import UTC, datetime, timedelta
        import pytest

        NOON = datetime(2026, 2, 3, 12, tzinfo=UTC)

        @pytest.mark.orbit(time=NOON)
        def test_instant(orbit, orbit_emulator):
            assert orbit.users.create(external_id="a", display_name="Ada").created_at == NOON
            orbit_emulator.advance(timedelta(hours=1))
            assert orbit.users.create(external_id="b", display_name="Bob").created_at == NOON + timedelta(hours=1)

        @pytest.mark.orbit(time="2026-02-03T13:00:00+01:00")
        def test_text(orbit):
            assert orbit.users.create(external_id="a", display_name="Ada").created_at == NOON

        def test_running(orbit_emulator):
            assert abs(orbit_emulator.clock.now() - datetime.now(UTC)) < timedelta(minutes=1)

        @pytest.mark.orbit(time="2026-02-03T13:00:00")
        def test_no_zone(orbit):
            pass
        """
    )
    result = suite.runpytest()
    result.assert_outcomes(passed=3, errors=1)
    result.stdout.fnmatch_lines(["*start has no time zone*"])


def test_requests_are_signed_with_the_secret(suite: pytest.Pytester) -> None:
    suite.makepyfile(
        """
        import pytest
        from orbitconnect import AuthenticationError

        @pytest.mark.orbit(signing_secret="s3cret", time="2020-01-01T00:00:00Z")
        def test_it(orbit, orbit_emulator):
            assert orbit.users.list() == []
            with orbit_emulator.client(signing_secret=None) as unsigned, pytest.raises(AuthenticationError):
                unsigned.users.list()
        """
    )
    suite.runpytest().assert_outcomes(passed=1)


def test_a_snapshot_is_the_initial_state(suite: pytest.Pytester) -> None:
    suite.makepyfile(
        """
        import pytest
        from orbitconnect.emulator import Emulator

        with Emulator(seed=1) as emulator, emulator.client() as orbit:
            ada = orbit.users.create(external_id="a", display_name="Ada").id
            snapshot = emulator.snapshot()
            emulator.export("state.orbit")

        pytestmark = pytest.mark.orbit(snapshot=snapshot)

        @pytest.mark.parametrize("turn", range(2))
        def test_snapshot(orbit, turn):
            assert [user.id for user in orbit.users.list()] == [ada]
            orbit.users.create(external_id="b", display_name="Bob")

        @pytest.mark.orbit(snapshot="state.orbit", time="2030-01-01T00:00:00Z")
        def test_file_beside_the_test(orbit, monkeypatch):
            monkeypatch.chdir("/")
            assert [user.id for user in orbit.users.list()] == [ada]
            assert orbit.users.create(external_id="b", display_name="Bob").created_at.year == 2030

        @pytest.mark.orbit(snapshot=None)
        def test_without(orbit):
            assert orbit.users.list() == []
        """
    )
    suite.runpytest().assert_outcomes(passed=4)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("sede=1", "no argument 'sede'. Its arguments are faults, seed, signing_secret, snapshot, time."),
        ("1", "takes only keyword arguments"),
        ("faults='sendMessage'", "faults must be a list"),
        ("faults=[on('sendMesage', Status(500))]", "Did you mean 'sendMessage'?"),
    ],
)
def test_a_mistake_in_the_marker(suite: pytest.Pytester, arguments: str, message: str) -> None:
    suite.makepyfile(
        f"""
        import pytest
        from orbitconnect.emulator import Status
        from orbitconnect.testing import on

        @pytest.mark.orbit({arguments})
        def test_it(orbit):
            pass
        """
    )
    result = suite.runpytest()
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    assert message in result.stdout.str()


def test_faults_affect_the_test_and_not_its_fixtures(suite: pytest.Pytester) -> None:
    suite.makepyfile(
        """
        import pytest
        from orbitconnect import OrbitServerError
        from orbitconnect.emulator import Status
        from orbitconnect.testing import on
        from orbitconnect_api import operations

        @pytest.fixture
        def ada(orbit):
            return orbit.users.create(external_id="a", display_name="Ada").id

        @pytest.mark.orbit(faults=[Status(418)])
        def test_any_request(orbit, ada):
            with pytest.raises(OrbitServerError) as caught:
                orbit.users.get(ada)
            assert caught.value.status == 418
            assert orbit.users.get(ada).id == ada

        @pytest.mark.orbit(faults=[on(operations.GET_APP_USER, Status(418), nth=2, times=2)])
        def test_some_requests(orbit, ada):
            def status():
                try:
                    orbit.users.get(ada)
                except OrbitServerError as error:
                    return error.status
                return 200

            orbit.users.list()
            assert [status() for _ in range(4)] == [200, 418, 418, 200]

        @pytest.mark.orbit(faults=[Status(418)])
        def test_fixture_that_the_test_asks_for(request):
            with pytest.raises(OrbitServerError):
                request.getfixturevalue("orbit").users.list()
        """
    )
    suite.runpytest().assert_outcomes(passed=3)


def test_a_fault_that_was_never_used_fails_the_test(suite: pytest.Pytester) -> None:
    suite.makepyfile(
        """
        import pytest
        from orbitconnect.emulator import Reset, Status
        from orbitconnect.testing import on

        unused = pytest.mark.orbit(faults=[on("sendMessage", Status(503)), Reset()])

        @unused
        def test_passes(orbit):
            pass
        """
    )
    result = suite.runpytest()
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*ERROR at teardown of test_passes*", "*never applied*Status*sendMessage*Reset*"])
    assert "plugin.py" not in result.stdout.str()


def test_an_unused_fault_adds_nothing_to_the_report_of_a_failed_test(suite: pytest.Pytester) -> None:
    suite.makepyfile(
        """
        import pytest
        from orbitconnect.emulator import Status

        pytestmark = pytest.mark.orbit(faults=[Status(503)])

        def test_fails(orbit):
            raise ValueError

        def test_skips(orbit):
            pytest.skip("not here")

        @pytest.mark.xfail(raises=ValueError, strict=True)
        def test_fails_as_expected(orbit):
            raise ValueError

        @pytest.mark.orbit(faults=[])
        def test_has_none(orbit):
            pass
        """
    )
    suite.runpytest().assert_outcomes(failed=1, skipped=1, xfailed=1, passed=1)


def test_faults_without_an_emulator(suite: pytest.Pytester) -> None:
    suite.makepyfile(
        """
        import pytest
        from orbitconnect.emulator import Status

        @pytest.mark.orbit(faults=[Status(503)])
        def test_it():
            pass
        """
    )
    result = suite.runpytest()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*scripts faults, but the test does not use the plugin*"])
