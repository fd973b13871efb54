"""Scripted faults on a real socket. They raise the same exceptions as in process."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator

import httpx
import pytest

from orbitconnect.emulator import Drip, Emulator, Fault, Garbage, Latency, Reset, Stall, Status, Truncate
from orbitconnect.emulator.server.run import LoopbackServer
from orbitconnect_api import operations
from tests.base_url import BASE_PATH
from tests.emulator.conformance import CheckedEmulator
from tests.server.conftest import KEY, connected, request, serving

USER = {"external_id": "a", "display_name": "A"}


@pytest.fixture
def server(emulator: CheckedEmulator, parser: str) -> Iterator[LoopbackServer]:
    with serving(emulator, parser) as server:
        yield server


def users(emulator: Emulator) -> int:
    with emulator.client() as orbit:
        return len(orbit.users.list())


def create(server: LoopbackServer) -> httpx.Response:
    return httpx.post(f"{server.api_url}/app-users", headers=KEY, json=USER, trust_env=False, timeout=5)


@pytest.mark.parametrize(
    ("fault", "error", "done"),
    [
        (Reset(when="before"), httpx.ReadError, 0),
        (Reset(when="after"), httpx.ReadError, 1),
        (Truncate(10), httpx.RemoteProtocolError, 1),
        (Truncate(0), httpx.RemoteProtocolError, 1),
        (Truncate(10_000), httpx.RemoteProtocolError, 1),
        (Garbage(), httpx.RemoteProtocolError, 1),
    ],
)
def test_broken_connections(
    emulator: Emulator, server: LoopbackServer, fault: Fault, error: type[Exception], done: int
) -> None:
    emulator.faults.add(fault, operation=operations.CREATE_APP_USER)
    with pytest.raises(error):
        create(server)
    assert users(emulator) == done
    emulator.faults.check_used()
    assert create(server).status_code == 200


def test_the_same_exception_as_in_process(emulator: Emulator, server: LoopbackServer) -> None:
    for fault in (Reset(), Truncate(5), Garbage()):
        emulator.faults.add(fault, times=2)
        with pytest.raises(httpx.TransportError) as real:
            create(server)
        with pytest.raises(httpx.TransportError) as played, httpx.Client(transport=emulator.transport) as http:
            http.post(f"{operations.BASE_URL}/app-users", headers=KEY, json=USER)
        assert (real.type, str(real.value)) == (played.type, str(played.value))


def test_reset_sends_a_rst(emulator: Emulator, server: LoopbackServer) -> None:
    emulator.faults.add(Reset())
    with connected(server) as raw:
        raw.send(request("GET", f"{BASE_PATH}/app-users"))
        with pytest.raises(ConnectionResetError):
            raw.socket.recv(1)


@pytest.mark.parametrize("when", ["before", "after"])
def test_stall(emulator: Emulator, server: LoopbackServer, when: str) -> None:
    emulator.faults.add(Stall(when=when), operation="createAppUser")  # type: ignore[arg-type]
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(f"{server.api_url}/app-users", headers=KEY, json=USER, trust_env=False, timeout=0.05)
    assert users(emulator) == (1 if when == "after" else 0)
    assert create(server).status_code == 200


def test_drip(emulator: Emulator, server: LoopbackServer) -> None:
    emulator.faults.add(Drip(chunk=50, pause=0.002))
    response = create(server)
    assert response.json()["data"]["external_id"] == "a"
    emulator.faults.check_used()


def test_latency_and_status(emulator: Emulator, server: LoopbackServer) -> None:
    emulator.faults.add(Latency(0.01))
    assert create(server).status_code == 200
    emulator.faults.add(Latency(60))
    with pytest.raises(httpx.ReadTimeout):
        httpx.get(f"{server.api_url}/app-users", headers=KEY, trust_env=False, timeout=0.05)
    emulator.faults.add(Status(503, headers={"Retry-After": "7"}))
    response = create(server)
    assert (response.status_code, response.headers["retry-after"]) == (503, "7")
    emulator.faults.add(Status(502, body="<html>Bad gateway</html>", headers={"Content-Type": "text/html"}))
    assert create(server).text == "<html>Bad gateway</html>"


def test_the_server_stops_during_a_stall(emulator: Emulator) -> None:
    emulator.faults.add(Stall())
    emulator.faults.add(Drip(chunk=1, pause=60))
    with emulator.serve() as server, connected(server) as stalled, connected(server) as dripping:
        stalled.send(request("GET", f"{BASE_PATH}/app-users"))
        while emulator.faults.unused()[0].fault != Drip(chunk=1, pause=60):
            time.sleep(0.001)
        dripping.send(request("GET", f"{BASE_PATH}/app-users"))
        assert dripping.socket.recv(10)
        server.close()
        assert stalled.read() == b""
    with pytest.raises(OSError), socket.create_connection(("127.0.0.1", int(server.url.rpartition(":")[2]))):  # noqa: PT011
        pass
