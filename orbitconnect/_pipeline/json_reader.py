"""Reads JSON: with orjson where it is installed, which takes half the time, and else with the standard library.

What one of them reads the other reads in the same way, but for an integer of more than 64 bits: orjson makes a float
of it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Final


class NotJson(ValueError):
    """The text is no JSON; the message says how, and never quotes the text."""


def _find_fast_reader() -> Callable[[bytes], object] | None:
    try:
        from orjson import loads
    except ImportError:
        return None
    return loads


_read_fast: Final = _find_fast_reader()


def read_json(body: bytes) -> object:
    """Reads a body.

    Raises:
        NotJson: If it is empty or no JSON.
    """
    if _read_fast is not None:
        try:
            return _read_fast(body)
        except ValueError:
            pass  # It is stricter. Whether this can be read must not depend on what is installed.
    if not body:
        raise NotJson("it is empty")
    try:
        return json.loads(body)
    except UnicodeDecodeError:
        flaw = "it is no UTF-8 text"
    except RecursionError:
        flaw = "it is nested too deeply"
    except ValueError as error:
        flaw = f"it is no JSON ({error})"
    raise NotJson(flaw)
