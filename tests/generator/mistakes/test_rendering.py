"""A mistake that only openapi-python-client notices, and its remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.checks import check
from generator.contract import ContractError
from generator.expansion import expand
from generator.loading import load
from generator.render import render
from tests.generator.mistakes.case import changed

PARTS = (
    "    ThingParts:\n      description: Parts.\n      x-orbit-provenance: inferred\n      type: object\n"
    "      properties: {count: {type: integer, description: How many.}}\n      examples: [{count: 1}]\n"
)
CHANGES = {
    "        madeAt:\n": "        parts: {type: object, additionalProperties: true, description: Its parts.}\n"
    "        other: {$ref: '#/components/schemas/ThingParts', description: Other parts.}\n        madeAt:\n",
    "    Color:\n": f"{PARTS}    Color:\n",
}


def test_a_component_can_be_renamed_that_has_the_name_of_an_inline_object(tmp_path: Path) -> None:
    """openapi-python-client names an inline object after its position in the contract."""
    path = tmp_path / "contract.yaml"
    path.write_text(changed(CHANGES))
    contract = load(path)
    check(contract)
    with pytest.raises(ContractError, match="Add `x-orbit-name` to the component ThingParts"):
        render(expand(contract), tmp_path / "broken")

    path.write_text(
        path.read_text().replace("    ThingParts:\n", "    ThingParts:\n      x-orbit-name: PartsOfThing\n")
    )
    contract = load(path)
    check(contract)
    render(expand(contract), tmp_path / "fixed")
    assert "class PartsOfThing(" in (tmp_path / "fixed/models/parts_of_thing.py").read_text()
