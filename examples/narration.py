"""Shared by the examples: creates the client, and prints each call with its result.

Without `ORBIT_SECRET_KEY`, the examples run against the emulator in this process; with it, against the live API.
"""

from __future__ import annotations

import ast
import linecache
import os
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeVar

import httpx

from orbitconnect import OrbitServer
from orbitconnect.emulator import Emulator
from orbitconnect_api.operations import BASE_URL

T = TypeVar("T")
E = TypeVar("E", bound=Exception)

WIDTH: Final = 100
BOLD, DIM, RED, GREEN, YELLOW, CYAN = "1", "2", "31", "32", "33", "36"


@dataclass(frozen=True)
class Stage:
    """An example's client, and what else the example needs."""

    orbit: OrbitServer
    http: httpx.Client
    """A plain HTTP client for signed URLs. It does not have the secret key, so it cannot leak it."""
    emulator: Emulator | None
    """The emulator, or None if the example uses the live API."""

    def wait(self, seconds: float) -> None:
        """Wait. With the emulator, advance its clock instead, which takes no real time."""
        if self.emulator is None:
            time.sleep(seconds)
        else:
            self.emulator.advance(seconds)

    @staticmethod
    def url(path: str) -> str:
        """Return the absolute URL of a path on the API's origin. An absolute URL is returned unchanged."""
        return str(httpx.URL(BASE_URL).join(path))


@contextmanager
def open_orbit(title: str) -> Iterator[OrbitServer]:
    """Open a client and print whether it uses the emulator or the live API."""
    with open_stage(title) as stage:
        yield stage.orbit


@contextmanager
def open_stage(title: str) -> Iterator[Stage]:
    """Open a client, along with the emulator and a plain HTTP client, which some examples need."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    print(f"\n{_paint(title, BOLD)}")
    if os.environ.get("ORBIT_SECRET_KEY"):
        print(f"{_paint('ORBIT_SECRET_KEY is set: this runs against the live API.', YELLOW)}\n")
        with OrbitServer() as orbit, httpx.Client() as http:
            yield Stage(orbit, http, None)
    else:
        print(f"{_paint('ORBIT_SECRET_KEY is not set: this runs against the emulator in this process.', DIM)}\n")
        with Emulator() as emulator, emulator.client() as orbit, httpx.Client(transport=emulator.transport) as http:
            yield Stage(orbit, http, emulator)


def say(text: str, *facts: str) -> None:
    """Print an explanation that belongs to no call."""
    for line in textwrap.wrap(text, WIDTH, initial_indent="# ", subsequent_indent="# "):
        print(_paint(line, GREEN))
    for fact in facts:
        print(f"    {fact}")
    print()


def show(why: str, call: Callable[[], T], *fields: str) -> T:
    """Print the source of a call, make the call, and print its result.

    Args:
        why: The explanation to print above the call.
        call: The call, as a `lambda`.
        fields: The fields of the result to print. Default: all fields that are set.
    """
    _introduce(why, call)
    result = call()
    items: list[Any] = list(result) if isinstance(result, list) else [result]
    for text in [_describe(item, fields) for item in items] or ["[]"]:
        first, *rest = _wrap(text)
        print(f"  {_paint('→', DIM)} {first}")
        for line in rest:
            print(f"    {line}")
    print()
    return result


def show_failure(why: str, call: Callable[[], object], expected: type[E]) -> E:
    """Print the source of a call that must fail, make the call, print its error, and return the error."""
    _introduce(why, call)
    try:
        call()
    except expected as error:
        first, *rest = _wrap(f"{type(error).__name__}: {error}")
        name, colon, message = first.partition(":")
        print(f"  {_paint('✗', RED)} {_paint(name, RED)}{colon}{message}")
        for line in rest:
            print(f"    {line}")
        print()
        return error
    raise AssertionError(f"The call did not raise {expected.__name__}.")


def _introduce(why: str, call: Callable[[], object]) -> None:
    print(_paint(f"# {why}", GREEN))
    for line in _source(call).splitlines():
        print(f"  {_paint(line, CYAN)}")


def _source(call: Callable[[], object]) -> str:
    """Return the source of a lambda's body, or nothing if the source cannot be read."""
    code: Any = getattr(call, "__code__", None)
    text = "".join(linecache.getlines(code.co_filename)) if code else ""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Lambda) and node.lineno == code.co_firstlineno:
            first, _, rest = (ast.get_source_segment(text, node.body) or "").partition("\n")
            return f"{first}\n{textwrap.dedent(rest)}"
    return ""


def _wrap(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)


def _describe(value: Any, fields: tuple[str, ...] = ()) -> str:
    """Return a short description of a result. Values that a model's `repr` masks stay masked."""
    if not hasattr(value, "FIELDS"):
        return _short(value) if isinstance(value, datetime) else repr(value)
    shown = []
    for known in value.FIELDS:
        name, content = known.attribute, getattr(value, known.attribute)
        if f"{name}='***'" in repr(value):
            shown.append(f"{name}=***")
        elif name in fields or (not fields and name != "updated_at" and content not in (None, [], {}, False)):
            shown.append(f"{name}={_short(content)}")
    return f"{type(value).__name__}({', '.join(shown)})"


def _short(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, list):
        return f"[{', '.join(_short(item) for item in value)}]"
    for attribute in ("reaction_type", "display_name"):
        if hasattr(value, attribute):
            return repr(getattr(value, attribute))
    return _describe(value)


def _paint(text: str, code: str) -> str:
    """Color text for a terminal. Output to pipes and files has no colors, and NO_COLOR disables them."""
    plain = not sys.stdout.isatty() or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return text if plain else f"\033[{code}m{text}\033[0m"
