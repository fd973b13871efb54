"""Every receiver on real servers, with chunked bodies and with bodies that a hook has already read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from orbitconnect.webhooks import SIGNATURE_HEADER, sign
from tests.webhooks.receivers.applications import Answer, chunked, post, started, url_of
from tests.webhooks.receivers.secret import LIMIT, SECRET

WSGI = "tests.webhooks.receivers.wsgi_app:app"
SERVERS = {
    "gunicorn": ["gunicorn", "--bind", "127.0.0.1:0", "--worker-tmp-dir", ".", WSGI],
    "waitress": ["waitress", "--listen", "127.0.0.1:0", WSGI],
    "uvicorn": ["uvicorn", "--port", "0", "tests.webhooks.receivers.asgi_app:app"],
    "wsgiref": ["tests.webhooks.receivers.wsgiref_server"],
    "runserver": ["tests.webhooks.receivers.wsgiref_server", "django"],
}
WSGI_PATHS = ["/plain", "/cached", "/django/plain", "/django/cached", "/django/async"]
PATHS = {
    "gunicorn": WSGI_PATHS,
    "waitress": WSGI_PATHS,
    "wsgiref": WSGI_PATHS,
    "runserver": WSGI_PATHS,
    "uvicorn": [
        *("/starlette/plain", "/starlette/async", "/starlette/cached", "/django/plain", "/django/async"),
        *(f"/a2wsgi{path}" for path in WSGI_PATHS),
        *(f"/asgiref{path}" for path in WSGI_PATHS),
    ],
}
TAKEN = [
    *(("gunicorn", path) for path in ("/taken", "/django/taken")),
    *(("waitress", path) for path in ("/taken", "/django/taken")),
    *(("uvicorn", path) for path in ("/starlette/taken", "/consumed", "/a2wsgi/taken", "/a2wsgi/django/taken")),
]
CHUNKED = {"Transfer-Encoding": "chunked"}
BODY = b'{"id": "evt_1", "type": "order.paid", "data": {"text": "%s"}}' % (b"a" * 70_000)


class Server:
    def __init__(self, url: str, log: Path) -> None:
        self.url = url
        self.log = log


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Server]]:
    """Run all servers in processes that start at the same time."""
    folder = tmp_path_factory.mktemp("servers")
    with ExitStack() as stack:
        logs = {name: folder / f"{name}.log" for name in SERVERS}
        processes = {name: stack.enter_context(started(command, logs[name], {})) for name, command in SERVERS.items()}
        yield {name: Server(url_of(process, logs[name]), logs[name]) for name, process in processes.items()}


def deliver(server: Server, path: str, body: bytes, framing: dict[str, str] | None = None, size: int = 1000) -> Answer:
    signature = (SIGNATURE_HEADER, sign(body, SECRET))
    if framing is None:
        return post(server.url + path, chunked(body, size), CHUNKED, signature)
    return post(server.url + path, body, framing, signature)


@pytest.mark.parametrize(("name", "path"), [(name, path) for name, paths in PATHS.items() for path in paths])
def test_chunked_bodies(servers: dict[str, Server], name: str, path: str) -> None:
    server = servers[name]
    for size in (7, 1000, 100_000):
        body = BODY if size > 7 else BODY[:70] + b'"}}'
        assert deliver(server, path, body, size=size) == (200, b"no handler")
    assert deliver(server, path, BODY, {"Content-Length": str(len(BODY))}) == (200, b"no handler")
    assert deliver(server, path, BODY + b" " * LIMIT).status == 413
    assert deliver(server, path, b"").status == 400  # The body is signed, but it is not an event.
    unsigned = post(server.url + path, chunked(BODY), CHUNKED)
    assert unsigned == (401, b"signature refused")


@pytest.mark.parametrize(("name", "path"), TAKEN)
def test_bodies_that_the_application_has_read(servers: dict[str, Server], name: str, path: str) -> None:
    server = servers[name]
    before = server.log.read_text()
    body = b'{"id": "evt_1", "type": "order.paid", "data": {}}'
    assert deliver(server, path, body, {"Content-Length": str(len(body))}) == (500, b"the body was read before")
    said = server.log.read_text().removeprefix(before)
    assert "arrived with an empty body" in said
    assert "middleware or a hook" in said
    assert SECRET not in said
    assert post(server.url + path, body, {"Content-Length": str(len(body))}).status in (401, 500)


@pytest.mark.parametrize(
    ("name", "path"), [pair for pair in TAKEN if pair[0] != "waitress" and "a2wsgi" not in pair[1]]
)
def test_chunked_bodies_that_the_application_has_read(servers: dict[str, Server], name: str, path: str) -> None:
    """The headers contain no length, so the receiver cannot tell whether the body was empty and unsigned."""
    server = servers[name]
    before = server.log.read_text()
    answer = deliver(server, path, b'{"id": "evt_1", "type": "order.paid", "data": {}}')
    assert answer.status in (401, 500)
    said = server.log.read_text().removeprefix(before)
    assert "the body is empty" in said or "arrived with an empty body" in said


@pytest.mark.parametrize("name", PATHS)
def test_malformed_chunks(servers: dict[str, Server], name: str) -> None:
    for path in (path for path in PATHS[name] if "cached" not in path):  # On the "cached" paths, a hook reads the body.
        answer = post(servers[name].url + path, b"x\r\nabc\r\n0\r\n\r\n", CHUNKED, (SIGNATURE_HEADER, "sha256=0"))
        assert answer.status in (400, 401), (path, servers[name].log.read_text()[-1500:])
