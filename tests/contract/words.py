"""The words in which the contract's descriptions and the facade's docstrings state limits, defaults and orders."""

from __future__ import annotations

import re
from typing import Final

MARK: Final = r"( \((?:[\w ]+ )?inferred\))?"
LIMIT: Final = re.compile(
    r"(at (?:most|least) (?:\w+ (?:characters?|ids?)|\d+\b)|\b\d+ to \d+|not negative|greater than \d+)" + MARK,
    re.IGNORECASE,
)
DEFAULT: Final = re.compile(r"The server defaults to ([^.]+)\.")
DEFAULT_OF: Final = re.compile(r"The server's default for `(\w+)` is ([^.]+)\.")
CLEARS: Final = re.compile(r"(?:None|Null) clears (?:it|a field)" + MARK)
ORDER: Final = re.compile(r"\b(newest|oldest|most recently)\b[\w ]* first")


def flat(text: str) -> str:
    """The text on one line."""
    return " ".join(text.split())


def default_of(field: str, description: str, description_of_operation: str) -> list[str]:
    """The server's default for a field, stated in its own description or the operation's. Empty if there is none."""
    named = dict(DEFAULT_OF.findall(flat(description_of_operation)))
    return DEFAULT.findall(flat(description)) or [named[key] for key in {field} & named.keys()]
