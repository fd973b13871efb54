"""A request and its answer, without any I/O: what every way to reach the emulator comes down to."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from attrs import field, frozen

from orbitconnect_api.operations import BASE_URL

BASE_PATH: Final = urlsplit(BASE_URL).path.rstrip("/")

# Made once: `json.dumps` would make a new one for every answer.
encode_json: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


@frozen
class Request:
    """What came in."""

    method: str
    path: str
    """The path below that of the base URL, still percent-encoded; empty where the request lies outside of it."""
    query: str = ""
    """The encoded query, without the question mark."""
    headers: Mapping[str, str] = field(factory=dict[str, str], repr=False)
    """The headers, their names in lower case."""
    body: bytes = field(default=b"", repr=False)


@frozen
class Response:
    """What goes out."""

    status: int
    headers: Mapping[str, str]
    """The headers, their names in lower case."""
    body: bytes = field(default=b"", repr=False)


def split_target(target: str) -> tuple[str, str]:
    """Divides a request target, such as `/api/v1/app-users?active=true`.

    Returns:
        The path and the query as a `Request` has them.
    """
    path, _, query = target.partition("?")
    return (path[len(BASE_PATH) :] if path.startswith(BASE_PATH + "/") else ""), query


def json_response(status: int, value: Any, headers: Mapping[str, str]) -> Response:
    """An answer that carries JSON."""
    body = encode_json(value).encode()
    return Response(status, {"content-type": "application/json", "content-length": str(len(body)), **headers}, body)
