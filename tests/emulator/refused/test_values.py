"""The contract states every rule by which a handler refuses a value."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import NamedTuple

import orbitconnect.emulator
from tests.yaml_files import contract

PACKAGE = Path(orbitconnect.emulator.__file__).parent
CLOSED = "In a request, other values are refused (inferred)."


class Check(NamedTuple):
    """A place where a handler refuses a field's value."""

    place: str
    field: str
    message: str

    @property
    def is_enum(self) -> bool:
        """Whether the value is not one of an enum. The message then lists the enum's values."""
        return self.message in ("must be ", "must be one of ")


def checks() -> list[Check]:
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "invalid_field":
                field, message = node.args[1:3]
                start = message.values[0] if isinstance(message, ast.JoinedStr) else message
                if isinstance(field, ast.Constant):  # Otherwise, the callers name the field.
                    text = start.value if isinstance(start, ast.Constant) else ""
                    place = f"{path.relative_to(PACKAGE.parents[1])}:{node.lineno}"
                    found.append(Check(place, str(field.value), str(text)))
    return found


def test_the_contract_states_which_values_are_refused() -> None:
    values = contract()["info"]["description"].partition("## Values")[2].partition("\n## ")[0]
    missing = [check for check in checks() if not check.is_enum and f"`{check.field}`" not in values]
    assert values
    assert not missing, f'Add these to "Values" in the description of openapi/orbit.yaml, or do not refuse: {missing}'


def test_enums_that_are_closed_in_requests_say_so() -> None:
    schemas = contract()["components"]["schemas"]
    closed = {
        field
        for name, schema in schemas.items()
        for field, node in (schema.get("properties") or {}).items()
        if name.endswith("Body") and CLOSED in text_of(schemas.get(str(node.get("$ref", "")).rpartition("/")[2], {}))
    }
    assert closed == {check.field for check in checks() if check.is_enum}, f"An enum must say: {CLOSED}"


def text_of(schema: dict[str, str]) -> str:
    return " ".join(schema.get("description", "").split())
