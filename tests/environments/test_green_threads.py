"""gevent and eventlet replace sockets, locks and threads before or after the SDK is imported. All calls use TLS."""

from __future__ import annotations

from textwrap import dedent

import pytest

from tests.environments.conftest import Api, Run
from tests.transports import SYNC

PATCH = {
    "gevent": "from gevent import monkey; monkey.patch_all()",
    "eventlet": "eventlet.monkey_patch()",
}
SPAWN = {
    "gevent": """
        import gevent
        def all_of(calls):
            jobs = [gevent.spawn(call) for call in calls]
            gevent.joinall(jobs, raise_error=True)
            return [job.value for job in jobs]
        sleep = gevent.sleep
    """,
    "eventlet": """
        import eventlet
        def all_of(calls):
            jobs = [eventlet.spawn(call) for call in calls]
            return [job.wait() for job in jobs]
        sleep = eventlet.sleep
    """,
}
MADE = "orbitconnect.OrbitServer('sk_test_x', timeout=10, transport={stack!r})"
# eventlet warns at every import that it is deprecated.
QUIET = """
import warnings
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import eventlet
"""


@pytest.fixture(params=["gevent", "eventlet"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=SYNC)
def stack(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=["patched first", "imported first", "made first"])
def before(request: pytest.FixtureRequest, kind: str, stack: str) -> str:
    """The first lines of a program."""
    imported = {
        "patched first": "\n",
        "imported first": "import orbitconnect, httpx, orbitconnect._sync.client\n",
        "made first": f"import orbitconnect; early = {MADE.format(stack=stack)}; early.users\n",
    }
    quiet = QUIET if kind == "eventlet" else ""
    return f"{quiet}{imported[request.param]}{PATCH[kind]}\nSTACK = {stack!r}\n"


def test_more_greenlets_than_connections(run: Run, api: Api, kind: str, before: str) -> None:
    code = """
        from orbitconnect import OrbitServer
        orbit = globals().get("early") or OrbitServer(KEY, timeout=10, transport=STACK)
        assert orbit.users.get("first").id == "first"
        ids = [f"u{number}" for number in range(130)]
        found = all_of([lambda user_id=user_id: orbit.users.get(user_id).id for user_id in ids])
        assert found == ids
        assert orbit.users.get("busy").id == "busy"
        orbit.close()
        print("done")
    """
    assert run(code, before=before + dedent(SPAWN[kind])) == "done\n"
    assert len(api.seen) == 133
    assert api.connections <= 100


def test_the_deadline_holds_and_other_greenlets_run(run: Run, kind: str, before: str) -> None:
    code = """
        from orbitconnect import DeadlineExceededError, OrbitServer
        orbit = OrbitServer(KEY, timeout=0.5, transport=STACK)
        orbit.users.get("first")
        ticks = []
        def tick():
            for _ in range(8):
                sleep(0.05)
                ticks.append(time.time())
        def call():
            began = time.time()
            try:
                orbit.users.get("silent")
            except DeadlineExceededError as error:
                assert error.sent
            taken = time.time() - began
            assert 0.45 < taken < 0.8, taken
        all_of([tick, call, call])
        gaps = [later - sooner for sooner, later in zip(ticks, ticks[1:])]
        assert max(gaps) < 0.3, gaps
        print("done")
    """
    assert run(code, before=before + dedent(SPAWN[kind])) == "done\n"


def test_names_are_looked_up_and_addresses_raced(run: Run, kind: str, stack: str) -> None:
    code = """
        import socket
        from urllib.parse import urlsplit
        from orbitconnect import DeadlineExceededError, OrbitServer
        port = urlsplit(operations.BASE_URL).port
        real = socket.getaddrinfo
        def getaddrinfo(host, *arguments, **named):
            if host == "slow.test":
                sleep(5)
            if host != "api.test":
                return real(host, *arguments, **named)
            dead = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 1))
            return [dead, (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
        socket.getaddrinfo = getaddrinfo
        from orbitconnect import ConnectionFailedError
        operations.BASE_URL = "https://api.test"
        try:  # The connection is made, and the certificate is for another name.
            OrbitServer(KEY, timeout=5, max_retries=0, transport=STACK).users.get("u")
        except ConnectionFailedError as error:
            assert "CERTIFICATE_VERIFY_FAILED" in str(error), error
        operations.BASE_URL = "https://slow.test"
        began = time.time()
        try:
            OrbitServer(KEY, timeout=0.5, transport=STACK).users.get("u")
        except DeadlineExceededError as error:
            assert error.sent is False
        assert time.time() - began < 3
        print("done", flush=True)
        os._exit(0)  # The lookup is still asleep.
    """
    before = (QUIET if kind == "eventlet" else "") + f"{PATCH[kind]}\nSTACK = {stack!r}\n" + dedent(SPAWN[kind])
    assert run(code, before=before) == "done\n"
