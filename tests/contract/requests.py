"""Calls methods of the facade with made-up arguments, and takes their requests apart. Nothing is sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import parse_qsl, unquote

from orbitconnect import AsyncOrbitServer
from orbitconnect_api.types import Request
from tests.contract.facade import ACTING_USER, EXTRA, Call, Field, resolved

Place = tuple[str, str]
"""Where a value is in a request: `path`, `query`, `body` or `header`, and its name there."""

HEADER: Final = ("header", ACTING_USER)


class Recorder:
    """Takes the place of a client's executor. Keeps the request."""

    def __init__(self) -> None:
        self.requests: list[Request[Any]] = []

    async def execute(self, request: Request[Any]) -> None:
        self.requests.append(request)


def request_of(call: Call, arguments: Mapping[str, Any]) -> Request[Any]:
    """The one request of a call with these arguments."""
    recorder = Recorder()
    namespace, _, name = call.method.partition(".")
    coroutine = getattr(getattr(AsyncOrbitServer, namespace)(recorder), name)(**arguments)
    try:
        coroutine.send(None)
    except StopIteration:
        (request,) = recorder.requests
        return request
    raise AssertionError(f"{call.method} waits for something other than its request")


def example(call: Call, name: str, number: int = 0) -> Any:
    """A value for an argument. Different numbers give different values."""
    if name == ACTING_USER:
        return f"usr_{number}"
    if name == EXTRA:
        return {"added": number}
    return example_of(call.arguments[name], number)


def example_of(field: Field, number: int) -> Any:
    parts = [resolved(part) for part in field.schema.get("anyOf") or [field.schema]]
    kinds = [kind for part in parts for kind in (part["type"] if isinstance(part["type"], list) else [part["type"]])]
    values: dict[str, Any] = {
        "integer": number + 1,
        "number": number + 1.5,
        "boolean": number == 0,
        "array": [f"{field.name}_{number}"],
        "object": {"title": f"{field.name}_{number}"},
        "string": f"{field.name}_{number}",
    }
    if any(part.get("format") == "date-time" for part in parts):
        return datetime(2026, 1, number + 1, tzinfo=UTC)
    return next(values[kind] for kind in kinds if kind in values)


def required_arguments(call: Call) -> dict[str, Any]:
    """The arguments without which the method cannot be called, and the acting user if there is one."""
    return {
        name: example(call, name)
        for name, parameter in call.parameters.items()
        if name == ACTING_USER or parameter.default is parameter.empty
    }


def places(request: Request[Any]) -> dict[Place, Any]:
    """All values in a request, by their place."""
    segments = zip(request.operation.path.split("/"), request.path.split("/"), strict=True)
    return {
        **{("path", name.strip("{}")): unquote(value) for name, value in segments if name.startswith("{")},
        **{("query", name): value for name, value in parse_qsl(request.query, keep_blank_values=True)},
        **{("body", name): value for name, value in (request.body or {}).items()},
        **({HEADER: request.acting_user_id} if request.acting_user_id is not None else {}),
    }


def on_the_wire(value: Any, place: str) -> Any:
    """The form in which a value is sent."""
    if isinstance(value, datetime):
        return value.isoformat()
    if place == "query":
        return str(value).lower() if isinstance(value, bool) else str(value)
    return value
