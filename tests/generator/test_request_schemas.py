"""Which properties of the contract are secret."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from generator.loading import load
from generator.request_schemas import request_schemas

SMALL = Path(__file__).with_name("small.yaml")
SECRET = "          type: string\n          format: password\n          description: Its secret."
TOKEN = """    Token:
      description: A token.
      x-orbit-provenance: inferred
      type: string
      format: password
      examples: [t]
    Color:
"""


def secrets(folder: Path, described: str) -> list[str]:
    """The secret properties of `createThing`, if its result's `secret` is described in this way."""
    text = SMALL.read_text()
    assert text.count(SECRET) == 1
    contract = folder / "orbit.yaml"
    contract.write_text(text.replace(SECRET, described).replace("    Color:\n", TOKEN, 1))
    module: dict[str, Any] = {}
    exec(request_schemas(load(contract)), module)
    found: list[str] = module["REQUESTS"]["createThing"]["secrets"]
    return found


def test_secrets_are_found_behind_references(tmp_path: Path) -> None:
    token = "$ref: '#/components/schemas/Token'"
    assert secrets(tmp_path, SECRET) == ["secret"]
    assert secrets(tmp_path, f"          {token}\n          description: Its secret.") == ["secret"]
    values = f"          type: object\n          additionalProperties: {{{token}}}\n"
    assert secrets(tmp_path, f"{values}          description: Its secrets.") == ["secret"]
    assert secrets(tmp_path, SECRET.replace("password", "uri")) == []
