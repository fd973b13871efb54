"""The generator reports what the contract says wrongly about deprecated parts."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.checks import check
from generator.contract import ContractError
from generator.loading import load
from tests.for_each import for_each

CONTRACT = (Path(__file__).with_name("deprecated.yaml")).read_text()
OPERATION = "x-orbit-deprecated: {since: 1.2.0, use: archiveThing, removal: 2.0.0}"
FIELD = "x-orbit-deprecated: {since: 1.1.0, use: color}"
REASON = "x-orbit-deprecated: {since: 1.1.0, reason: The server ignores it.}"

CASES = {
    "no explanation": (f"      {OPERATION}\n", "", "`deprecated: true` and `x-orbit-deprecated` belong together"),
    "only an explanation": (
        f"      deprecated: true\n      {OPERATION}\n",
        f"      {OPERATION}\n",
        "`deprecated: true` and `x-orbit-deprecated` belong together",
    ),
    "a text instead of keys": (OPERATION, "x-orbit-deprecated: Use archiveThing.", "belong together"),
    "no version": (OPERATION, "x-orbit-deprecated: {use: archiveThing}", "`since` is missing"),
    "a year as version": (OPERATION, "x-orbit-deprecated: {since: '2027', use: archiveThing}", "is not a version"),
    "a number": (OPERATION, "x-orbit-deprecated: {since: 1.2, use: archiveThing}", "`since` is not a text"),
    "a removal in the past": (OPERATION, OPERATION.replace("2.0.0", "1.2.0"), "`removal` is not after `since`"),
    "an unknown key": (OPERATION, OPERATION.replace("use", "uses"), "Did you mean `use`?"),
    "neither use nor reason": (FIELD, "x-orbit-deprecated: {since: 1.1.0}", "`use` and `reason` are missing"),
    "a reason without a period": (REASON, REASON.replace("it.", "it"), "`reason` is not a sentence"),
    "an unknown operation": (
        OPERATION,
        OPERATION.replace("archiveThing", "archiveThin"),
        "Did you mean `archiveThing`",
    ),
    "an unknown field": (FIELD, FIELD.replace("color", "colr"), "Did you mean `color`?"),
    "an unknown schema": ("use: VendorPaint}", "use: VendorPain}", "Did you mean `VendorPaint`?"),
    "an unknown event": ("use: thing.created}", "use: thing.create}", "Did you mean `thing.created`?"),
    "an unknown parameter": ("use: limit}", "use: limits}", "Did you mean `limit`?"),
    "a deprecated replacement": (OPERATION, OPERATION.replace("archive", "delete"), "`deleteThing` is deprecated"),
    "a required parameter": (
        "          schema: {type: integer}\n          deprecated: true\n",
        "          schema: {type: integer}\n          required: true\n          deprecated: true\n",
        "the required parameter `maxItems` is deprecated",
    ),
    "a required field": (
        "      description: A thing to make.\n",
        "      description: A thing to make.\n      required: [colour]\n",
        "the required property `colour` is deprecated",
    ),
    "the schema of a parameter": (
        "          schema: {type: integer}\n          deprecated: true\n",
        "          schema: {type: integer, deprecated: true}\n          deprecated: true\n",
        "Write it beside `schema`",
    ),
    "the items of a list": (
        "        name: {type: string, description: Its name.}\n        shade:",
        "        name: {type: array, items: {type: string, deprecated: true}, description: Its name.}\n        shade:",
        "`deprecated` is not supported here",
    ),
}


@for_each("name", CASES)
def test_a_mistake_is_reported(tmp_path: Path, name: str) -> None:
    old, new, words = CASES[name]
    assert CONTRACT.count(old) >= 1
    path = tmp_path / "broken.yaml"
    path.write_text(CONTRACT.replace(old, new, 1))
    with pytest.raises(ContractError) as raised:
        check(load(path))
    assert words in str(raised.value)
    assert len(raised.value.mistakes) <= 2
