"""What the examples share: a client to try things with, and a way to show each call and what came of it.

Without `ORBIT_SECRET_KEY` the examples run against the emulator, in this process; with it, against the live API.
"""

from __future__ import annotations

import ast
import linecache
import os
import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final, TypeVar

from orbitconnect import OrbitServer
from orbitconnect.emulator import Emulator

T = TypeVar("T")
E = TypeVar("E", bound=Exception)

WIDTH: Final = 100
BOLD, DIM, RED, GREEN, YELLOW, CYAN = "1", "2", "31", "32", "33", "36"


@contextmanager
def open_orbit(title: str) -> Iterator[OrbitServer]:
    """Opens a client and says where it leads."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="replace")
    print(f"\n{_paint(title, BOLD)}")
    if os.environ.get("ORBIT_SECRET_KEY"):
        print(f"{_paint('ORBIT_SECRET_KEY is set: this runs against the live API.', YELLOW)}\n")
        with OrbitServer() as orbit:
            yield orbit
    else:
        where = "ORBIT_SECRET_KEY is not set: this runs against the emulator, in this process."
        print(f"{_paint(where, DIM)}\n")
        with Emulator() as emulator, emulator.client() as orbit:
            yield orbit


def show(why: str, call: Callable[[], T], *fields: str) -> T:
    """Shows a call as it stands in the source, makes it, and shows its result.

    Args:
        why: What it is good for.
        call: The call, behind `lambda:`.
        fields: Which fields of the result to show; without any, all that are set.
    """
    _introduce(why, call)
    result = call()
    items: list[Any] = list(result) if isinstance(result, list) else [result]
    for text in [_describe(item, fields) for item in items] or ["[]"]:
        lines = textwrap.wrap(text, WIDTH, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
        for number, line in enumerate(lines):
            print(f"  {' ' if number else _paint('→', DIM)} {line}")
    print()
    return result


def show_failure(why: str, call: Callable[[], object], expected: type[E]) -> E:
    """Shows a call that is to fail, and its error, which is returned."""
    _introduce(why, call)
    try:
        call()
    except expected as error:
        print(f"  {_paint('✗', RED)} {_paint(type(error).__name__, RED)}: {error}\n")
        return error
    raise AssertionError(f"{expected.__name__} was to be raised.")


def _introduce(why: str, call: Callable[[], object]) -> None:
    print(_paint(f"# {why}", GREEN))
    for line in _source(call).splitlines():
        print(f"  {_paint(line, CYAN)}")


def _source(call: Callable[[], object]) -> str:
    """What stands behind `lambda:` in the source; nothing where that cannot be read."""
    code: Any = getattr(call, "__code__", None)
    text = "".join(linecache.getlines(code.co_filename)) if code else ""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Lambda) and node.lineno == code.co_firstlineno:
            first, _, rest = (ast.get_source_segment(text, node.body) or "").partition("\n")
            return f"{first}\n{textwrap.dedent(rest)}"
    return ""


def _describe(value: Any, fields: tuple[str, ...] = ()) -> str:
    """A result in a few words: a model by its fields, without what its own `repr` hides."""
    if not hasattr(value, "FIELDS"):
        return repr(value)
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
    for telling in ("reaction_type", "display_name"):
        if hasattr(value, telling):
            return repr(getattr(value, telling))
    return _describe(value)


def _paint(text: str, code: str) -> str:
    """Colours for a terminal; none into a pipe or a file, or where NO_COLOR asks for none."""
    plain = not sys.stdout.isatty() or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return text if plain else f"\033[{code}m{text}\033[0m"
