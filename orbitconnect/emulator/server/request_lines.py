"""Prints one line for each request, for `--verbose`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from time import perf_counter
from typing import Final

from starlette.types import Message, Scope, Send

from ..control.journal import shown_target
from ..exchange import split_target
from ..faults import Fault
from ..refusals import Refusal
from ..router import find
from ..rules import RULE_HEADER

Report = Callable[[str], None]

_RULE: Final = RULE_HEADER.encode()


class RequestLine:
    """Collects the values for one request's line."""

    def __init__(self, scope: Scope, target: str, send: Send) -> None:
        """Start measuring the time.

        Args:
            scope: ASGI's `scope`.
            target: The path and query as received.
            send: ASGI's `send`.
        """
        self._method: str = scope["method"]
        self._target = target
        self._send = send
        self._began = perf_counter()
        self._status: int | None = None
        self._rule: str | None = None
        self.fault: Fault | None = None
        """The scripted fault that was applied."""

    async def send(self, message: Message) -> None:
        """Remember the status, and pass on every message."""
        if message["type"] == "http.response.start":
            self._status = message["status"]
            headers: Iterable[tuple[bytes, bytes]] = message.get("headers", ())
            self._rule = next((value.decode("latin-1") for name, value in headers if name == _RULE), None)
        await self._send(message)

    def __str__(self) -> str:
        """For example `POST /api/v1/app-users 200 createAppUser 1.2 ms`. Secrets are masked."""
        words = [self._method, shown_target(self._target), str(self._status or "no response")]
        operation = _operation_id(self._method, self._target)
        if operation is not None:
            words.append(operation)
        words.append(f"{(perf_counter() - self._began) * 1000:.1f} ms")
        if self.fault is not None:
            words.append(f"fault: {type(self.fault).__name__.lower()}")
        if self._rule is not None:
            words.append(f"rule: {self._rule}")
        return " ".join(words)


def print_line(line: object) -> None:
    """Print a line immediately. A closed output is ignored, so that the emulator continues."""
    with suppress(OSError, ValueError):
        print(str(line).encode("ascii", "backslashreplace").decode(), flush=True)  # noqa: T201  # `--verbose` asks for it.


def _operation_id(method: str, target: str) -> str | None:
    path, _ = split_target(target)
    try:
        return find(method, path)[0].id if path else None
    except Refusal:
        return None
