"""The plugin and its fixtures. Each test here runs pytest on inner tests."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.testing.inner import SETTINGS, section

pytest_plugins = "pytester"


def test_all_fixtures_of_a_test_use_one_emulator(suite: pytest.Pytester) -> None:
    suite.makepyfile(
        """
        import asyncio
        import pytest

        @pytest.mark.parametrize("turn", range(2))
        def test_it(orbit_emulator, orbit, async_orbit, turn):
            assert orbit.users.list() == []
            user = orbit.users.create(external_id="a", display_name="Ada")
            assert asyncio.run(async_orbit.users.get(user.id)).display_name == "Ada"
            with orbit_emulator.client() as another:
                assert [known.id for known in another.users.list()] == [user.id]
        """
    )
    suite.runpytest().assert_outcomes(passed=2)


@pytest.mark.parametrize("mode", ["strict", "auto"])
def test_pytest_asyncio(suite: pytest.Pytester, mode: str) -> None:
    suite.makepyfile(
        """
        import pytest
        import pytest_asyncio

        @pytest_asyncio.fixture
        async def ada(async_orbit):
            return await async_orbit.users.create(external_id="a", display_name="Ada")

        @pytest.mark.asyncio
        async def test_it(async_orbit, orbit, ada):
            assert await async_orbit.users.list() == orbit.users.list() == [ada]
        """
    )
    suite.runpytest(f"--asyncio-mode={mode}").assert_outcomes(passed=1)


def test_anyio_plugin(suite: pytest.Pytester) -> None:
    suite.makeini(SETTINGS)
    suite.makepyfile(
        """
        import pytest

        pytestmark = pytest.mark.anyio

        @pytest.fixture
        def anyio_backend():
            return "asyncio"

        @pytest.fixture
        async def ada(async_orbit):
            return await async_orbit.users.create(external_id="a", display_name="Ada")

        async def test_it(async_orbit, orbit, ada):
            assert await async_orbit.users.list() == orbit.users.list() == [ada]
        """
    )
    suite.runpytest("-p", "no:asyncio").assert_outcomes(passed=1)


def test_clients_and_the_emulator_are_closed(suite: pytest.Pytester) -> None:
    suite.makepyfile(
        """
        import asyncio
        import pytest

        kept = []

        def test_one(orbit_emulator, orbit, async_orbit):
            kept.extend([orbit_emulator, orbit, async_orbit])

        def test_two():
            emulator, orbit, async_orbit = kept
            with pytest.raises(RuntimeError, match="client is closed"):
                orbit.users.list()
            with pytest.raises(RuntimeError, match="client is closed"):
                asyncio.run(async_orbit.users.list())
            with pytest.raises(RuntimeError, match="emulator is closed"):
                emulator.client().users.list()
        """
    )
    suite.runpytest().assert_outcomes(passed=2)


def test_the_server_answers_over_loopback_until_the_test_ends(suite: pytest.Pytester) -> None:
    suite.makepyfile(
        """
        import httpx
        import pytest
        from orbitconnect import OrbitServer
        from orbitconnect.emulator import LoopbackTransport

        urls = []

        def test_one(orbit, orbit_server):
            ada = orbit.users.create(external_id="a", display_name="Ada")
            urls.append(orbit_server)
            with OrbitServer("sk_test_x", transport=LoopbackTransport(orbit_server)) as another:
                assert another.users.list() == [ada]

        def test_two():
            assert urls[0].startswith("http://127.0.0.1:")
            with pytest.raises(httpx.ConnectError):
                httpx.get(urls[0])
        """
    )
    suite.runpytest().assert_outcomes(passed=2)


def test_the_inbox_gets_every_event(suite: pytest.Pytester) -> None:
    suite.makepyfile(
        """
        import pytest
        from orbitconnect import OrbitServerError
        from orbitconnect.emulator import Status
        from orbitconnect.webhooks import SIGNATURE_HEADER, verify

        def test_it(orbit, orbit_webhooks):
            user = orbit.users.create(external_id="a", display_name="Ada")
            delivery = orbit_webhooks.wait_for("user.created")
            assert delivery.data["user"]["id"] == user.id
            verify(delivery.body, delivery.headers[SIGNATURE_HEADER], orbit_webhooks.secrets)

        @pytest.mark.orbit(faults=[Status(418)], time="2026-01-01T00:00:00Z")
        def test_registering_meets_no_fault(orbit, orbit_webhooks, orbit_emulator):
            with pytest.raises(OrbitServerError):
                orbit.users.list()
            orbit.users.create(external_id="a", display_name="Ada")
            orbit_webhooks.wait_for("user.created")
        """
    )
    suite.runpytest().assert_outcomes(passed=2)


def test_local_fixtures_take_precedence(suite: pytest.Pytester) -> None:
    suite.makepyfile(
        """
        import pytest

        @pytest.fixture
        def orbit():
            return "local"

        def test_it(orbit):
            assert orbit == "local"
        """
    )
    suite.runpytest().assert_outcomes(passed=1)


def test_several_processes_at_once(suite: pytest.Pytester) -> None:
    suite.makepyfile(
        """
        import os
        from pathlib import Path
        import pytest
        from orbitconnect import OrbitServer
        from orbitconnect.emulator import LoopbackTransport

        @pytest.mark.parametrize("turn", range(8))
        def test_server_and_inbox(orbit, orbit_server, orbit_webhooks, turn):
            with OrbitServer("sk_test_x", transport=LoopbackTransport(orbit_server)) as another:
                assert another.users.list() == []
                another.users.create(external_id="a", display_name="Ada")
            orbit_webhooks.wait_for("user.created")
            assert len(orbit.users.list()) == len(orbit_webhooks.received) == 1
            Path(f"process-{os.getpid()}").touch()

        def test_fails(orbit):
            orbit.users.get("usr_nobody")
        """
    )
    result = suite.runpytest_subprocess("-n", "2")
    result.assert_outcomes(passed=8, failed=1)
    assert len(list(suite.path.glob("process-*"))) == 2
    assert "GET /app-users/usr_nobody (getAppUser) → 404" in section(result)


def test_the_plugin_loads_almost_nothing_until_a_fixture_is_used(
    suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If no test uses the SDK, the plugin patches nothing and loads six small modules."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    suite.makeini(SETTINGS)
    suite.makepyfile(
        """
        import socket, sys

        def loaded():
            packages = ("attr", "orbitconnect", "orbitconnect_api")
            return {name for name in sys.modules if name.partition(".")[0] in packages}

        def test_before(request):
            assert loaded() == {
                "orbitconnect",
                "orbitconnect._http",
                "orbitconnect._http.live_hook",
                "orbitconnect._version",
                "orbitconnect.testing",
                "orbitconnect.testing.plugin",
            }
            assert socket.getaddrinfo.__module__ == "socket"
            assert "connect" not in vars(socket.socket)
            assert not [finder for finder in sys.meta_path if "orbitconnect" in str(finder)]
            assert not request.config.pluginmanager.has_plugin("orbitconnect-runs")

        def test_after(orbit):
            assert orbit.users.list() == []
            assert "orbitconnect.emulator" in sys.modules
            assert not {"httpx", "orbitconnect.testing.inbox"} & set(sys.modules)
            assert socket.getaddrinfo.__module__ == "socket"
            assert "connect" not in vars(socket.socket)
        """
    )
    suite.runpytest_subprocess("-p", "orbitconnect.testing.plugin").assert_outcomes(passed=2)


def test_the_report_has_the_journal_of_a_fixture_requested_later(suite: pytest.Pytester) -> None:
    suite.makepyfile(
        """
        def test_fails(request):
            request.getfixturevalue("orbit").users.get("usr_nobody")
        """
    )
    result = suite.runpytest()
    result.assert_outcomes(failed=1)
    assert "GET /app-users/usr_nobody (getAppUser) → 404" in section(result)


def test_pytest_loads_the_plugin_by_its_entry_point(suite: pytest.Pytester) -> None:
    result = suite.runpytest("--markers")
    result.stdout.fnmatch_lines(["@pytest.mark.orbit(*seed*", "@pytest.mark.orbit_live*"])
    result = suite.runpytest("--fixtures")
    for fixture in ("orbit_emulator", "orbit", "async_orbit", "orbit_server", "orbit_webhooks"):
        result.stdout.fnmatch_lines([f"{fixture} -- *"])


def test_the_package_works_without_pytest() -> None:
    code = """
import importlib, pkgutil, sys
sys.modules["pytest"] = sys.modules["_pytest"] = None
import orbitconnect.testing
for module in pkgutil.iter_modules(orbitconnect.testing.__path__):
    if module.name not in ("plugin", "runs"):
        importlib.import_module(f"orbitconnect.testing.{module.name}")
orbitconnect.testing.WebhookInbox
"""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    root = Path(__file__).parents[2]
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True, env=environment, cwd=root)
