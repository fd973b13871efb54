"""Reading responses: any status, headers and body give a result or a documented error.

An input starts with two bytes of choices. A response follows, much as it is sent over the connection: a status,
headers, an empty line and a body.
"""

from __future__ import annotations

import atexit
import gzip
import zlib
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from typing import Any

import httpx

from orbitconnect import OrbitServerError
from orbitconnect_api.types import Model
from tests.fuzz.clients import FuzzedClient
from tests.properties.calls import MODULES, call_of
from tests.properties.json_readers import json_reader_of

_CALLS = [call_of(module) for module in MODULES]
_PACKED = {0: None, 1: "gzip", 2: "deflate", 3: "broken gzip"}


class _Body(httpx.SyncByteStream, httpx.AsyncByteStream):
    def __init__(self, body: bytes, step: int, breaks: bool) -> None:
        self._body = body
        self._step = step
        self._breaks = breaks

    def __iter__(self) -> Iterator[bytes]:
        for start in range(0, len(self._body), self._step):
            yield self._body[start : start + self._step]
        if self._breaks:
            raise httpx.ReadError("reset")

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self:
            yield chunk


class _Answers(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Responds to every request with the response in the input."""

    def __init__(self) -> None:
        self.status = 200
        self.headers: list[tuple[bytes, bytes]] = []
        self.body = b""
        self.step = 1
        self.breaks = False

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        stream = _Body(self.body, self.step, self.breaks)
        return httpx.Response(self.status, headers=self.headers, stream=stream)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return self.handle_request(request)


_transport = _Answers()
_clients = [FuzzedClient(asynchronous=flag, transport=_transport) for flag in (False, True)]
for _client in _clients:
    atexit.register(_client.close)


def run(data: bytes) -> None:
    """Run one input."""
    choices, which = (*data[:2], 0, 0)[:2]
    _read(data[2:], packed=_PACKED[choices >> 4 & 3])
    _transport.step = 1 + (choices >> 2 & 3) * 700
    _transport.breaks = bool(choices & 64)
    request = _CALLS[which % len(_CALLS)]
    with json_reader_of(fast=bool(choices & 2)):
        _check(_clients[choices & 1].call(request))


def _read(text: bytes, *, packed: str | None) -> None:
    head, _, body = text.partition(b"\n\n")
    first, *lines = head.split(b"\n")
    headers = [
        (name.strip(), value.strip()) for name, colon, value in (line.partition(b":") for line in lines) if colon
    ]
    _transport.status = 100 + (int(first) - 100) % 900 if first.isdigit() and len(first) < 10 else 200
    if packed is not None:
        body = zlib.compress(body, 1) if packed == "deflate" else gzip.compress(body, 1, mtime=0)
        if packed == "broken gzip":
            body = body[: len(body) * 3 // 4]
        headers.append((b"content-encoding", packed.split()[-1].encode()))
    _transport.headers, _transport.body = headers, body


def _check(result: Any) -> None:
    for item in result if isinstance(result, list) else [result]:
        if isinstance(item, Model):
            with suppress(RecursionError):  # The client keeps a result unchanged, however deeply it is nested.
                # Do not compare with `==`, because the value may contain a NaN.
                assert repr(type(item).from_dict(item.to_dict())) == repr(item)
        else:
            assert item is None or isinstance(item, OrbitServerError)
