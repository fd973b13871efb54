"""Requests and responses over HTTP, as various clients send and expect them."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from orbitconnect.emulator import Emulator, EmulatorRequest, EmulatorResponse
from orbitconnect.emulator.server.app import asgi_app
from orbitconnect.emulator.server.run import LoopbackServer
from orbitconnect_api import operations
from tests.base_url import BASE_PATH
from tests.emulator.conformance import CheckedEmulator
from tests.server.conftest import KEY, connected, request, serving, status

USER = b'{"external_id": "a", "display_name": "A"}'


@pytest.fixture
def server(emulator: CheckedEmulator, parser: str) -> Iterator[LoopbackServer]:
    with serving(emulator, parser) as server:
        yield server


@pytest.fixture
def http(server: LoopbackServer) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.api_url, headers=KEY, trust_env=False) as http:
        yield http


def test_state_is_shared_with_the_process(emulator: CheckedEmulator, http: httpx.Client) -> None:
    with emulator.client() as orbit:
        ada = orbit.users.create(external_id="ada", display_name="Ada")
        assert http.get(f"/app-users/{ada.id}").json()["data"]["display_name"] == "Ada"
        bob = http.post("/app-users", json={"external_id": "bob", "display_name": "Bob"}).json()["data"]
        assert orbit.users.get(bob["id"]).external_id == "bob"


def test_refusals(http: httpx.Client) -> None:
    response = http.post("/app-users", json={})
    assert response.status_code == 422
    assert response.headers["x-orbit-emulator-rule"] == "fields; documented"
    assert http.get("/nothing").status_code == 404
    response = http.put("/app-users")
    assert (response.status_code, response.headers["allow"]) == (405, "GET, POST")
    assert http.get("/app-users", headers={"x-api-key": "sk_live_real"}).status_code == 401


def test_header_names_are_case_insensitive(server: LoopbackServer) -> None:
    with connected(server) as raw:
        raw.send(f"GET {BASE_PATH}/app-users HTTP/1.1\r\nhOST: LocalHost\r\nX-API-Key: sk_test_x\r\n\r\n".encode())
        assert status(raw.read_response()) == 200


@pytest.mark.parametrize("body", [b"[]", b"{}"])
def test_an_empty_array_counts_as_an_object(http: httpx.Client, body: bytes) -> None:
    user_id = http.post("/app-users", content=USER).json()["data"]["id"]
    assert http.post(f"/app-users/{user_id}/token", content=body).status_code == 200


def test_keep_alive_and_close(server: LoopbackServer) -> None:
    with connected(server) as raw:
        for _ in range(3):
            raw.send(request("GET", f"{BASE_PATH}/app-users"))
            response = raw.read_response()
            assert status(response) == 200
            assert b"connection: close" not in response.lower()
        raw.send(request("GET", f"{BASE_PATH}/app-users", "Connection: close"))
        response = raw.read()
        assert response.endswith(b'{"data":[]}')
        assert b"connection: close" in response.lower()


def test_http_1_0(server: LoopbackServer) -> None:
    with connected(server) as raw:
        raw.send(f"GET {BASE_PATH}/app-users HTTP/1.0\r\nx-api-key: sk_test_x\r\n\r\n".encode())
        response = raw.read()
        assert status(response) == 200
        assert response.endswith(b'{"data":[]}')


def test_pipelining(server: LoopbackServer) -> None:
    with connected(server) as raw:
        create = request("POST", f"{BASE_PATH}/app-users", body=USER)
        raw.send(
            create
            + request("GET", f"{BASE_PATH}/nothing")
            + request("GET", f"{BASE_PATH}/app-users", "Connection: close")
        )
        responses = raw.read()
        assert [status(b"HTTP/1.1" + part) for part in responses.split(b"HTTP/1.1")[1:]] == [200, 404, 200]


def test_chunked_and_expected_bodies(server: LoopbackServer) -> None:
    with connected(server) as raw:
        raw.send(request("POST", f"{BASE_PATH}/app-users", "Transfer-Encoding: chunked"))
        for piece in (USER[:10], USER[10:]):
            raw.send(b"%x\r\n%s\r\n" % (len(piece), piece))
        raw.send(b"0\r\n\r\n")
        assert status(raw.read_response()) == 200
        raw.send(request("POST", f"{BASE_PATH}/app-users", "Expect: 100-continue", f"Content-Length: {len(USER)}"))
        assert raw.socket.recv(1000).startswith(b"HTTP/1.1 100")
        raw.send(USER)
        assert status(raw.read_response()) == 200


def test_large_bodies() -> None:
    # The contract does not describe the response to a body of that size.
    with Emulator() as emulator, emulator.serve() as server:
        body: dict[str, Any] = {"external_id": "a", "display_name": "A"}
        url = f"{server.api_url}/app-users"
        with httpx.Client(headers=KEY, trust_env=False) as http:
            body["metadata"] = {"text": "x" * (3 * 1024 * 1024)}
            assert http.post(url, json=body).json()["data"]["metadata"] == body["metadata"]
            body["metadata"] = {"text": "x" * (9 * 1024 * 1024)}
            response = http.post(url, json=body)
            assert (response.status_code, response.json()["code"]) == (413, "too_large")
            assert http.get(url).status_code == 200


def upload(http: httpx.Client, content: Any, **options: Any) -> tuple[httpx.Response, str, str]:
    user_id = http.post("/app-users", content=USER).json()["data"]["id"]
    headers = {operations.ACTING_USER_HEADER: user_id}
    method, path = operations.GENERATE_UPLOAD_URL.method, operations.GENERATE_UPLOAD_URL.path
    session = http.request(method, path, json={"mime_type": "application/pdf"}, headers=headers).json()["data"]
    origin = httpx.URL(str(http.base_url)).copy_with(raw_path=b"/")
    with httpx.Client(trust_env=False) as bare:
        response = bare.put(origin.join(session["upload_path"]), content=content, **options)
    return response, session["media_id"], user_id


def test_uploading_and_downloading_a_file(
    http: httpx.Client, server: LoopbackServer, emulator: CheckedEmulator
) -> None:
    data = bytes(range(256)) * 4096 * 3
    response, media_id, user_id = upload(http, iter([data[:1000], data[1000:]]))
    assert response.status_code == 200, response.text
    emulator.advance(60)
    path = operations.GET_MEDIA_DOWNLOAD_URL.path.format(media_id=media_id)
    url = http.get(path, headers={operations.ACTING_USER_HEADER: user_id}).json()["data"]["url"]
    assert url.startswith(server.url + "/")
    with httpx.Client(trust_env=False) as bare:
        assert bare.get(url).content == data
        part = bare.get(url, headers={"range": "bytes=1000-2999"})
        assert (part.status_code, part.content) == (206, data[1000:3000])
        head = bare.head(url)
        assert (head.status_code, head.headers["content-length"], head.content) == (200, str(len(data)), b"")


def test_an_interrupted_upload_leaves_nothing(http: httpx.Client, server: LoopbackServer) -> None:
    def breaking() -> Iterator[bytes]:
        yield b"x" * 100_000
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        upload(http, breaking())
    assert http.get("/app-users").status_code == 200


def test_a_request_while_another_thread_holds_the_lock(
    http: httpx.Client, server: LoopbackServer, emulator: CheckedEmulator
) -> None:
    """The request waits in a thread. Meanwhile, the server responds to requests that do not need the lock."""
    entered, leave = threading.Event(), threading.Event()

    def hold() -> None:
        with emulator._lock:
            entered.set()
            leave.wait(10)

    holder = threading.Thread(target=hold)
    holder.start()
    entered.wait(10)
    responses: list[int] = []
    waiting = threading.Thread(target=lambda: responses.append(http.get("/app-users").status_code))
    waiting.start()
    with httpx.Client(trust_env=False) as other:
        assert other.get(f"{server.url}/_emulator/nothing").status_code == 404
    assert not responses
    leave.set()
    waiting.join()
    holder.join()
    assert responses == [200]


def test_failure_of_the_emulator(caplog: pytest.LogCaptureFixture) -> None:
    class Failing(Emulator):
        def handle(self, request: EmulatorRequest) -> EmulatorResponse:
            raise ZeroDivisionError

    with Failing() as emulator, emulator.serve() as server:
        response = httpx.get(f"{server.api_url}/app-users", headers=KEY, trust_env=False)
    assert (response.status_code, response.json()["code"]) == (500, "server_error")
    assert "ZeroDivisionError" in caplog.text


def test_closed_emulator(emulator: CheckedEmulator, http: httpx.Client) -> None:
    emulator.close()
    response = http.get("/app-users")
    assert (response.status_code, response.json()["code"]) == (503, "server_error")


def test_starting_and_stopping(emulator: CheckedEmulator) -> None:
    server = emulator.serve()
    with server:
        first = server.url
        with pytest.raises(RuntimeError, match="already running"):
            server.start()
        with pytest.raises(OSError, match="is in use"):
            emulator.serve(int(first.rpartition(":")[2])).start()
        assert httpx.get(f"{first}{BASE_PATH}/app-users", headers=KEY, trust_env=False).status_code == 200
    server.close()
    with pytest.raises(httpx.ConnectError):
        httpx.get(first, trust_env=False)
    with server:
        assert server.url == first


def test_two_servers_for_one_emulator(emulator: CheckedEmulator) -> None:
    with emulator.serve() as one, emulator.serve() as two:
        assert one.url != two.url
        httpx.post(f"{one.api_url}/app-users", headers=KEY, content=USER, trust_env=False)
        users = httpx.get(f"{two.api_url}/app-users", headers=KEY, trust_env=False).json()["data"]
    assert len(users) == 1


async def test_the_asgi_application_without_uvicorn(emulator: CheckedEmulator) -> None:
    transport = httpx.ASGITransport(asgi_app(emulator))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as http:
        response = await http.get(f"{BASE_PATH}/app-users", headers=KEY)
    assert json.loads(response.content) == {"data": []}
