"""The sections of the facade's docstrings."""

from __future__ import annotations

import inspect
import re
from typing import Any, NamedTuple

from tests.contract.words import flat


class Docstring(NamedTuple):
    """The sections of a docstring in Google style."""

    summary: str
    text: str
    args: dict[str, str]
    returns: str
    raises: dict[str, str]
    example: str


def docstring(method: Any) -> Docstring:
    text, *sections = re.split(r"^(Args|Returns|Raises|Example):\n", inspect.getdoc(method) or "", flags=re.MULTILINE)
    found = dict(zip(sections[::2], sections[1::2], strict=True))
    return Docstring(
        text.partition("\n")[0],
        flat(text),
        entries(found.get("Args", "")),
        flat(found.get("Returns", "")),
        entries(found.get("Raises", "")),
        found.get("Example", ""),
    )


def entries(section: str) -> dict[str, str]:
    found = re.split(r"^    (\w+): ", section, flags=re.MULTILINE)[1:]
    return {name: flat(text) for name, text in zip(found[::2], found[1::2], strict=True)}
