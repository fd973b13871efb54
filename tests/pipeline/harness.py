"""Call both clients in the same way, with a fake clock, over mock transports or loopback sockets."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from contextvars import copy_context
from typing import Any, NamedTuple

import httpx

from orbitconnect import AsyncOrbitServer, OrbitServer, OrbitServerError
from orbitconnect._pipeline.clock import Clock
from orbitconnect_api import operations
from orbitconnect_api.types import Operation, Request
from tests.base_url import BASE_PATH, base_url

KEY = "sk_test_4f1c9d0e2b7a"
SAFE = operations.CREATE_APP_USER
NEVER = operations.CREATE_CONVERSATION
KEYED = operations.SEND_MESSAGE


class FakeClock(Clock):
    """A clock that sleeps without waiting and returns a constant random number."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0
        self.slept: list[float] = []

    def time(self) -> float:
        return self.now

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    async def async_sleep(self, seconds: float) -> None:
        self.sleep(seconds)

    def random(self) -> float:
        return 1.0


class Sdk:
    """One of the two clients, called without `await`.

    Args:
        kind: `sync` or `async`.
        stack: The HTTP stack that makes its connections.
    """

    def __init__(self, kind: str, stack: str = "httpx") -> None:
        self.kind = kind
        self.stack = stack
        self.clock = FakeClock()
        self._runner = asyncio.Runner() if kind == "async" else None
        self._clients: list[Any] = []

    def client(self, secret_key: str | None = KEY, *, real_time: bool = False, **options: Any) -> Any:
        options.setdefault("transport", self.stack)
        made: Any = (OrbitServer if self._runner is None else AsyncOrbitServer)(secret_key, **options)
        if not real_time:
            made._connection.clock = self.clock
        self._clients.append(made)
        return made

    def run(self, result: Any) -> Any:
        """Return a value, and await it first if it is a coroutine."""
        return result if self._runner is None else self._runner.run(result, context=copy_context())

    def execute(self, client: Any, request: Request[Any]) -> Any:
        return self.run(client.raw.execute(request))

    def execute_anyhow(self, client: Any, request: Request[Any]) -> Any:
        """Return the result or error of a call."""
        try:
            return self.execute(client, request)
        except OrbitServerError as error:
            return error

    def execute_all(self, client: Any, requests: list[Request[Any]]) -> list[Any]:
        """Make calls concurrently, in threads or tasks, and return their results or errors."""
        if self._runner is None:
            with ThreadPoolExecutor(len(requests)) as threads:
                return list(threads.map(lambda request: self.execute_anyhow(client, request), requests))

        async def all_of_them() -> list[Any]:
            return await asyncio.gather(*(client.raw.execute(request) for request in requests), return_exceptions=True)

        return list(self._runner.run(all_of_them()))

    def close(self, client: Any) -> None:
        self.run(client.close() if self._runner is None else client.aclose())

    def finish(self) -> None:
        for client in self._clients:
            self.close(client)
        if self._runner is not None:
            self._runner.close()


def request_of(operation: Operation = SAFE, **fields: Any) -> Request[Any]:
    """A call that returns the response's `data` unchanged."""
    body = fields.pop("body", {"content": "hello"} if operation.has_body else None)
    actor = fields.pop("acting_user_id", "usr_1" if operation.actor else None)
    path = operation.path.replace("{conversation_id}", "cnv_1").replace("{user_id}", "usr_2")
    return Request(operation, path, lambda data: data, body=body, acting_user_id=actor, **fields)


class Seen(NamedTuple):
    """A request that a server received."""

    method: str
    target: str
    headers: dict[str, str]
    """Repeated headers are joined with commas."""
    body: bytes
    connection: int


Step = bytes | Callable[[socket.socket], None]


def answer(body: bytes = b'{"data":{"id":"x"}}', status: str = "200 OK", *headers: str) -> bytes:
    """A complete HTTP response."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


def hang_up(raw: bytes = b"") -> Step:
    """Send bytes and close the connection."""

    def step(connection: socket.socket) -> None:
        connection.sendall(raw)
        connection.shutdown(socket.SHUT_RDWR)

    return step


def drip(raw: bytes, pause: float = 0.03) -> Step:
    """Send one byte at a time."""

    def step(connection: socket.socket) -> None:
        for byte in raw:
            connection.sendall(bytes([byte]))
            time.sleep(pause)

    return step


class SocketServer:
    """A server with one thread per connection.

    Args:
        serve: Called with each connection and its number, from 1.
    """

    def __init__(self, serve: Callable[[socket.socket, int], None]) -> None:
        self.connections = 0
        self._serve_connection = serve
        self._open: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._listener = socket.socket()
        self._listener.bind(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}{BASE_PATH}"

    def start(self) -> None:
        """Start listening. Before that, the port is reserved, and connections to it are refused."""
        self._listener.listen()
        self._start(self._accept)

    def _start(self, target: Callable[..., None], *arguments: Any) -> None:
        thread = threading.Thread(target=target, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            # Send each piece at once, without waiting for the acknowledgement of the previous one.
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.connections += 1
            self._open.append(connection)
            self._start(self._guarded, connection, self.connections)

    def _guarded(self, connection: socket.socket, number: int) -> None:
        with connection, suppress(OSError):
            self._serve_connection(connection, number)

    def stop(self) -> None:
        # `close` alone does not wake a thread in `accept`. A socket that never listened cannot be shut down.
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in self._open:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(5)


class LoopbackServer(SocketServer):
    """Responds to each request with the next step of a script, and repeats the last step."""

    def __init__(self, *script: Step, tls: ssl.SSLContext | None = None) -> None:
        self.tls = tls
        self.script = list(script)
        self.seen: list[Seen] = []
        self.asked = threading.Event()
        self.answered = threading.Event()
        super().__init__(self._serve)
        if tls is not None:
            self.url = self.url.replace("http", "https")

    def _serve(self, connection: socket.socket, number: int) -> None:
        # Do not use `makefile`. Its second reference would keep the connection open after a step closes it.
        received = b""
        if self.tls is not None:
            try:
                connection = self.tls.wrap_socket(connection, server_side=True)
            except OSError:
                connection.close()
                return
        with connection, suppress(OSError):
            while True:
                while (end := received.find(b"\r\n\r\n")) < 0:
                    received += (chunk := connection.recv(65_536))
                    if not chunk:
                        return
                first, *lines = received[:end].decode().split("\r\n")
                headers: dict[str, str] = {}
                for name, _, value in (line.partition(":") for line in lines):
                    before = f"{headers[name.lower()]}, " if name.lower() in headers else ""
                    headers[name.lower()] = before + value.strip()
                length = int(headers.get("content-length", 0))
                received = received[end + 4 :]
                while len(received) < length:
                    received += (chunk := connection.recv(65_536))
                    if not chunk:
                        return
                method, target, _ = first.split()
                self.seen.append(Seen(method, target, headers, received[:length], number))
                received = received[length:]
                self.asked.set()
                step = self.step_for(target)
                if isinstance(step, bytes):
                    connection.sendall(step)
                else:
                    step(connection)
                self.answered.set()

    def step_for(self, target: str) -> Step:
        """The step for the next request."""
        return self.script.pop(0) if len(self.script) > 1 else self.script[0]


@contextmanager
def loopback(*script: Step, tls: ssl.SSLContext | None = None) -> Iterator[LoopbackServer]:
    """Run a server instead of the API."""
    server = LoopbackServer(*script, tls=tls)
    server.start()
    with in_place_of_the_api(server):
        yield server


@contextmanager
def in_place_of_the_api(server: SocketServer) -> Iterator[None]:
    """Send all calls to a server, and stop it afterwards."""
    try:
        with base_url(server.url):
            yield
    finally:
        server.stop()


def scripted(*answers: httpx.Response | Exception) -> tuple[httpx.MockTransport, list[httpx.Request]]:
    """A transport that returns these responses in turn and repeats the last one, and the list of requests received."""
    left = list(answers)
    asked: list[httpx.Request] = []

    def handle(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        given = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(given, Exception):
            raise given
        return httpx.Response(given.status_code, headers=given.headers, content=given.content)

    return httpx.MockTransport(handle), asked


def data(value: Any = None) -> httpx.Response:
    """A successful response."""
    return httpx.Response(200, json={"data": {"id": "x"} if value is None else value})
