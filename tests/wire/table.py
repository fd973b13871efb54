"""Reads operations.yaml."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final, NamedTuple

from tests.yaml_files import read_yaml

FILE: Final = Path(__file__).with_name("operations.yaml")
TABLE: Final[dict[str, dict[str, Any]]] = {entry["name"]: entry for entry in read_yaml(FILE)["operations"]}


class Written(NamedTuple):
    """A query parameter or body property in the table: `name*` if it is required, `name=20` if it has a default."""

    required: bool
    default: str | None


def written(text: str | None) -> dict[str, Written]:
    """The fields in a cell of the columns `query` and `body`, by name."""
    fields = {}
    for word in (text or "").replace("{}", "").split():
        name, star, default = re.fullmatch(r"(\w+)(\*?)(?:=(\w+))?", word).groups()  # type: ignore[union-attr]  # It fails.
        fields[name] = Written(bool(star), default)
    return fields
