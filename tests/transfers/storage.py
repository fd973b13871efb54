"""An API and a storage server on loopback sockets. The API returns signed URLs. Tests script the storage server."""

from __future__ import annotations

import json
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

from orbitconnect_api import operations
from tests.base_url import BASE_PATH, base_url

SECRET = "5a1c0ffee5a1c0ffee"
MEDIA_ID = "med_5e21"
PART = 1024 * 1024


class Seen(NamedTuple):
    """A request to the storage server. The names of its headers are in lower case."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes
    port: int


Step = Callable[["Handler"], None]


class Storage:
    """The state of the API and the storage server, and the requests they received."""

    def __init__(self) -> None:
        self.seen: list[Seen] = []
        self.calls: list[str] = []
        self.script: list[Step | None] = []
        """The steps with which the storage handles its requests, in order. None means the default."""
        self.session: dict[str, Any] = {}
        """Fields that replace those of upload sessions."""
        self.media: dict[str, Any] = {}
        """Fields that replace those of the media."""
        self.content = b""
        self.parts: dict[int, bytes] = {}
        self.etag = '"one"'
        self.urls = 0
        self.elsewhere = ""
        self.ended = threading.Event()
        self._servers = [_Server(("127.0.0.1", 0), Handler) for _ in range(2)]
        for server in self._servers:
            server.storage = self
        self._threads = [threading.Thread(target=server.serve_forever, args=(0.02,)) for server in self._servers]
        self.origin, self.elsewhere = (f"http://127.0.0.1:{server.server_address[1]}" for server in self._servers)

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self.ended.set()
        for server in self._servers:
            server.shutdown()
            server.server_close()
        for thread in self._threads:
            thread.join(10)

    def bodies(self) -> list[bytes]:
        return [seen.body for seen in self.seen]

    def ranges(self) -> list[str | None]:
        return [seen.headers.get("range") for seen in self.seen]

    def answer(self, method: str, path: str) -> Any:
        if path == operations.GENERATE_UPLOAD_URL.path:
            target = {"upload_path": f"/uploads/whole?signature={SECRET}", "headers": {"content-type": "x/y"}}
            return {"media_id": MEDIA_ID, **target, **self.session}
        if path == operations.INIT_MULTIPART_UPLOAD.path:
            parts = [
                {"part_number": number, "upload_path": f"/uploads/parts/{number}?signature={SECRET}"}
                for number in range(1, 65)
            ]
            return {"session_id": "mpu_1", "media_id": MEDIA_ID, "part_size": PART, "parts": parts, **self.session}
        if path == operations.COMPLETE_MULTIPART_UPLOAD.path:
            self.content = b"".join(self.parts[number] for number in sorted(self.parts))
        if path == operations.GET_MEDIA_DOWNLOAD_URL.path.replace("{media_id}", MEDIA_ID):
            self.urls += 1
            return {"url": f"{self.origin}/files/{self.urls}?signature={SECRET}"}
        known = {"size": len(self.content), "checksum": sha256(self.content).hexdigest(), "status": "uploaded"}
        return {"id": MEDIA_ID, "filename": "holiday.mp4", **known, **self.media}


class _Server(ThreadingHTTPServer):
    storage: Storage
    daemon_threads = True


class Handler(BaseHTTPRequestHandler):
    """Handles a connection."""

    protocol_version = "HTTP/1.1"
    server: _Server

    def log_message(self, format: str, *args: Any) -> None:
        pass

    @property
    def storage(self) -> Storage:
        return self.server.storage

    def handle(self) -> None:
        try:
            super().handle()
        except OSError:
            self.close_connection = True

    def read_body(self, limit: int | None = None) -> bytes:
        length = int(self.headers.get("content-length", 0))
        return self.rfile.read(length if limit is None else min(limit, length))

    def remember(self, body: bytes) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.storage.seen.append(Seen(self.command, self.path, headers, body, self.server.server_address[1]))

    def reply(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response_only(status)
        for name, value in {"content_length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def reset(self) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.rfile.close()
        self.connection.close()
        raise ConnectionResetError

    def do_GET(self) -> None:
        self._dispatch()

    def do_PUT(self) -> None:
        self._dispatch()

    def do_POST(self) -> None:
        self._dispatch()

    def _dispatch(self) -> None:
        storage = self.storage
        path = self.path.partition("?")[0]
        if path.startswith(BASE_PATH + "/"):
            self.read_body()
            storage.calls.append(f"{self.command} {path.removeprefix(BASE_PATH)}")
            self.reply(200, json.dumps({"data": storage.answer(self.command, path.removeprefix(BASE_PATH))}).encode())
            return
        step = storage.script.pop(0) if storage.script else None
        if step is not None:
            step(self)
        elif self.command == "PUT":
            self.take()
        else:
            self.give()

    def take(self) -> None:
        """Store the uploaded bytes, like a real storage service."""
        body = self.read_body()
        self.remember(body)
        last = self.path.partition("?")[0].rpartition("/")[2]
        if last == "whole":
            self.storage.content = body
        else:
            self.storage.parts[int(last)] = body
        self.reply(200)

    def give(self, broken_after: int | None = None, *, ignoring_ranges: bool = False) -> None:
        """Send the file or the requested range."""
        self.remember(b"")
        storage = self.storage
        content, first = storage.content, 0
        asked = self.headers.get("range")
        headers = {"etag": storage.etag} if storage.etag else {}
        if asked and not ignoring_ranges and self.headers.get("if-range", storage.etag) == storage.etag:
            first = int(asked.removeprefix("bytes=").removesuffix("-"))
            headers["content-range"] = f"bytes {first}-{len(content) - 1}/{len(content)}"
        self.send_response_only(206 if first else 200)
        for name, value in {"content-length": str(len(content) - first), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if broken_after is None:
            self.wfile.write(content[first:])
            return
        self.wfile.write(content[first : first + broken_after])
        self.wfile.flush()
        self.connection.shutdown(socket.SHUT_RDWR)
        self.close_connection = True


def breaks_off(after: int, **how: Any) -> Step:
    """End a download after this many bytes."""
    return lambda handler: handler.give(after, **how)


def resets(after: int) -> Step:
    """Read this many bytes of an upload, and reset the connection."""

    def step(handler: Handler) -> None:
        handler.remember(handler.read_body(after))
        handler.reset()

    return step


def answers(status: int, body: bytes = b"", **headers: str) -> Step:
    """Read the request, and return this response."""

    def step(handler: Handler) -> None:
        handler.remember(handler.read_body())
        handler.reply(status, body, **headers)

    return step


def stalls(handler: Handler) -> None:
    """Read the request, and never respond."""
    handler.remember(handler.read_body())
    handler.storage.ended.wait(30)
    handler.close_connection = True


@contextmanager
def running() -> Iterator[Storage]:
    """Run both servers instead of the API."""
    storage = Storage()
    storage.start()
    try:
        with base_url(storage.origin + BASE_PATH):
            yield storage
    finally:
        storage.stop()
