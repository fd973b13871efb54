"""Requests to every operation that are refused for reasons that most operations share."""

from __future__ import annotations

import asyncio
import hmac
import json
import re
from collections.abc import AsyncIterator, Iterator
from typing import Any, Final

import httpx
import pytest

from orbitconnect.emulator import EmulatorRequest, ManualClock, RateLimit
from orbitconnect.emulator.exchange import MAX_BODY
from orbitconnect.emulator.registry import HANDLERS
from orbitconnect.emulator.rules import RULE_HEADER
from orbitconnect.emulator.server import bodies, guards
from orbitconnect.emulator.server.app import asgi_app
from orbitconnect_api.operations import (
    ACTING_USER_HEADER,
    OPERATIONS,
    SECRET_KEY_HEADER,
    SIGNATURE_HEADER,
    TIMESTAMP_HEADER,
)
from orbitconnect_api.request_schemas import REQUESTS
from orbitconnect_api.types import Operation
from tests.base_url import BASE_PATH
from tests.emulator.refused.recorded import NOT_UTF_8, People, RecordingEmulator, Refused, refused
from tests.yaml_files import contract

TOO_LARGE: Final = bytes(MAX_BODY + 1)
JSON: Final = "application/json"


class Requests:
    """Builds requests to operations. Apart from what a test changes, the contract allows them."""

    def __init__(self, actor_id: str) -> None:
        self.headers = {SECRET_KEY_HEADER: "sk_test_x", "content-type": JSON}
        self.as_user = {**self.headers, ACTING_USER_HEADER: actor_id}

    def __call__(
        self,
        operation: Operation,
        *,
        identifier: str = "nothing",
        query: str | None = None,
        headers: dict[str, str] | None = None,
        body: bytes | None = None,
    ) -> EmulatorRequest:
        path = re.sub(r"{\w+}", identifier, operation.path)
        return EmulatorRequest(
            operation.method,
            path,
            "&".join(required_query(operation)) if query is None else query,
            self.as_user if headers is None else headers,
            (example(operation) if operation.has_body else b"") if body is None else body,
            target=BASE_PATH + path,
        )


def required_query(operation: Operation) -> list[str]:
    return [
        f"{name}={'2026-01-05T09:30:00Z' if 'format' in parameter['schema'] else 'x'}"
        for name, parameter in REQUESTS[operation.id]["query"].items()
        if parameter["required"]
    ]


def example(operation: Operation) -> bytes:
    name = f"{operation.id[0].upper()}{operation.id[1:]}Body"
    schema = contract()["components"]["schemas"].get(name)
    return b"{}" if schema is None else json.dumps(schema["examples"][0]).encode()


def malformed(of: Requests, operation: Operation) -> Iterator[EmulatorRequest]:
    """Requests that the emulator refuses without looking at its state."""
    yield of(operation, headers={**of.as_user, SECRET_KEY_HEADER: ""})
    if operation.actor:
        yield of(operation, headers=of.headers)
        yield of(operation, headers={**of.headers, ACTING_USER_HEADER: "nobody"})
    if "{" in operation.path:
        yield of(operation, identifier=NOT_UTF_8)
    yield of(operation)
    described = REQUESTS[operation.id]
    for name in described["query"]:
        yield of(operation, query=f"x={NOT_UTF_8}")
        yield of(operation, query=f"{name}=1&{name}=1")
    if operation.has_body:
        yield of(operation, body=b"{")
        yield of(operation, body=TOO_LARGE)
        yield of(operation, headers={**of.as_user, "content-type": "text/plain"})
    if described["body"] is not None:
        schema = contract()["components"]["schemas"][described["body"]["$ref"].rpartition("/")[2]]
        yield of(operation, body=json.dumps({name: [[0]] for name in schema["properties"]}).encode())


def everywhere(emulator: RecordingEmulator, people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """Send each operation what every operation refuses."""
    of = Requests(people.alice_id)
    for operation in OPERATIONS.values():
        for request in malformed(of, operation):
            emulator.handle(request)
        if operation.actor:
            emulator.handle(of(operation, headers={**of.headers, ACTING_USER_HEADER: people.gone_id}))
        with monkeypatch.context() as patch:
            patch.setitem(HANDLERS, operation.id, broken)
            emulator.handle(of(operation))
    emulator.handle(EmulatorRequest("GET", "/nowhere", headers=of.headers))
    emulator.handle(EmulatorRequest("PUT", "/app-users", headers=of.headers))
    emulator.handle(EmulatorRequest("GET", "/app-users", headers={SECRET_KEY_HEADER: "sk_live_x"}))
    emulator.handle(of(OPERATIONS["createUserToken"], body=b'{"ttl": 1e9}'))
    emulator.handle(of(OPERATIONS["createAppUser"], body=b"{}"))
    with monkeypatch.context() as patch:
        patch.delitem(HANDLERS, "getWallet")
        emulator.handle(of(OPERATIONS["getWallet"]))


def broken(*values: Any, **named: Any) -> Any:
    raise ZeroDivisionError


def limited() -> set[Refused]:
    """Send each operation one request more than the rate limit allows."""
    with RecordingEmulator(clock=ManualClock(), rate_limit=RateLimit(1)) as emulator:
        emulator.refusals = set()
        of = Requests("nobody")
        for operation in OPERATIONS.values():
            for _ in range(2):
                emulator.handle(of(operation))
        return {refusal for refusal in emulator.refusals if refusal.status == 429}


def signed() -> set[Refused]:
    """Send requests to an emulator that demands a signature."""
    with RecordingEmulator(clock=ManualClock(), signing_secret="secret") as emulator:
        emulator.refusals = set()
        of = Requests("nobody")
        emulator.handle(of(OPERATIONS["getWallet"]))
        signature = hmac.new(b"secret", b"1000.{}", "sha256").hexdigest()
        outdated = {TIMESTAMP_HEADER: "1000", SIGNATURE_HEADER: signature}
        emulator.handle(of(OPERATIONS["getWallet"], headers={**of.headers, **outdated}))
        with emulator.client(max_retries=0, signing_secret="another") as client, pytest.raises(Exception, match="401"):
            client.billing.get_wallet()
        return emulator.refusals


async def never() -> AsyncIterator[bytes]:
    """A body that does not arrive."""
    await asyncio.Event().wait()
    yield b""


async def over_http(monkeypatch: pytest.MonkeyPatch) -> set[Refused]:
    """Send each operation what the server refuses before the emulator sees it."""
    found: set[Refused] = set()
    emulator = RecordingEmulator(clock=ManualClock())
    emulator.refusals = set()
    app = asgi_app(emulator)
    of = Requests("nobody")
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1") as http:

        async def send(request: EmulatorRequest, body: AsyncIterator[bytes] | None = None, **headers: str) -> None:
            response = await http.request(
                request.method, request.target, headers={**of.headers, **headers}, content=body or request.body
            )
            rule = response.headers.get(RULE_HEADER, "")
            found.add(refused(request.method, request.path, response.status_code, response.content, rule))

        first = next(iter(OPERATIONS.values()))
        await send(of(first), host="example.com")
        await send(of(first), origin="http://example.com")
        await send(of(first), **{"transfer-encoding": "chunked", "content-length": "2"})
        for operation in OPERATIONS.values():
            await send(of(operation), x="x" * guards.MAX_HEAD)
        monkeypatch.setattr(bodies, "IDLE_SECONDS", 0.0)
        for operation in OPERATIONS.values():
            if operation.has_body:
                await send(of(operation), never())
        emulator.close()
        for operation in OPERATIONS.values():
            await send(of(operation))
    return found
