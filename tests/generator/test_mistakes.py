"""The generator reports every mistake in the contract with its line, and writes nothing."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from generator.__main__ import main

SMALL = Path(__file__).with_name("small.yaml")


class Case(NamedTuple):
    """A change that breaks the small contract, the text of the reported line, and words from the message."""

    old: str
    new: str
    line: str
    words: str
    more: tuple[str, str] = ("", "")
    """Another change."""


CASES = {
    "broken YAML": Case(
        "  title: Small", "  title: Small: Big", "  title: Small: Big", "mapping values are not allowed"
    ),
    "an open quote": Case("  title: Small", "  title: 'Small", "", "in the block that starts on line 4"),
    "a tab": Case("  title: Small", "\ttitle: Small", "\ttitle: Small", "broken YAML"),
    "vendor URLs with a slash at the end": Case(
        "  - url: https://api.test/v1\n",
        "  - url: https://api.test/v1\n    x-orbit-vendor-urls: [https://api.test/]\n",
        "    x-orbit-vendor-urls:",
        "it is not a list of base URLs\n    List https URLs",
    ),
    "no version": Case("openapi: 3.1.0", "", "info:", "the OpenAPI version is None"),
    "a duplicate key": Case("  title: Small", "  title: Small\n  title: Big", "  title: Big", "appears twice"),
    "a merge key": Case("  title: Small", "  <<: {title: Small}", "  <<: {title: Small}", "merge keys"),
    "an unknown tag in YAML": Case(
        "  title: Small", "  title: !secret Small", "  title: !secret Small", "the tag !secret"
    ),
    "an unknown key": Case("paths:", "patsh: {}\npaths:", "", "invalid OpenAPI: Unevaluated properties"),
    "a range of statuses of an event": Case(
        "        '200': {description: Taken.}",
        "        2XX: {description: Taken.}",
        "        2XX: {description: Taken.}",
        "`2XX` is not a single status",
    ),
    "a limit that is not a number": Case(
        "          schema: {type: integer}", "          schema: {type: integer, minimum: low}", "", "minimum"
    ),
}


@pytest.fixture
def old_output(tmp_path: Path) -> Path:
    root = tmp_path / "root"
    kept = root / "generated" / "orbitconnect_api" / "kept.py"
    kept.parent.mkdir(parents=True)
    kept.write_text("# the old output\n")
    return root


def run(contract: Path, root: Path) -> int:
    return main(["build", "--contract", str(contract), "--root", str(root)])


def test_the_small_contract_has_no_mistakes(tmp_path: Path) -> None:
    assert run(SMALL, tmp_path) == 0


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_a_mistake_is_reported_with_its_line_and_nothing_is_written(
    case: Case, tmp_path: Path, old_output: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = SMALL.read_text()
    assert case.old in text
    broken = text.replace(case.old, case.new, 1).replace(*case.more, 1)
    contract = tmp_path / "broken.yaml"
    contract.write_text(broken)

    assert run(contract, old_output) == 1

    shown = capsys.readouterr().err
    assert case.words in shown
    assert "nothing was written" in shown
    lines = [number for number, line in enumerate(broken.splitlines(), 1) if case.line in line]
    assert any(f"broken.yaml:{number}: " in shown for number in lines), shown
    assert [path.name for path in old_output.rglob("*.py")] == ["kept.py"]


def test_what_openapi_python_client_rejects_is_a_mistake_too(
    tmp_path: Path, old_output: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """openapi-python-client names an inline object after its position in the contract.

    That name can also be the name of a component.
    """
    text = SMALL.read_text().replace(
        "        madeAt:\n",
        "        parts: {type: object, additionalProperties: true, description: Its parts.}\n"
        "        other: {$ref: '#/components/schemas/ThingParts', description: Other parts.}\n        madeAt:\n",
        1,
    )
    text = text.replace(
        "    Color:\n",
        "    ThingParts:\n      description: Parts.\n      x-orbit-provenance: inferred\n      type: object\n"
        "      properties: {count: {type: integer, description: How many.}}\n      examples: [{count: 1}]\n"
        "    Color:\n",
        1,
    )
    contract = tmp_path / "broken.yaml"
    contract.write_text(text)

    assert run(contract, old_output) == 1

    shown = capsys.readouterr().err
    line = max(number for number, line in enumerate(text.splitlines(), 1) if line == "    Thing:")
    assert f"broken.yaml:{line}: components.schemas.Thing: openapi-python-client rejects it" in shown
    assert 'duplicate models with name "ThingParts"' in shown
    assert "1 mistake in the contract" in shown
    assert "nothing was written" in shown
    assert [path.name for path in old_output.rglob("*.py")] == ["kept.py"]


def test_all_mistakes_of_a_kind_are_reported_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    contract = tmp_path / "broken.yaml"
    contract.write_text(SMALL.read_text().replace("      x-orbit-retry: safe\n", ""))
    assert run(contract, tmp_path) == 1
    shown = capsys.readouterr().err
    assert shown.count("`x-orbit-retry` is missing") == 2
    assert "2 mistakes in the contract" in shown


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"- a\n- b\n", b"a: \x00", b"a: &x [*x]"])
def test_a_file_that_is_not_a_contract_is_rejected(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    contract = tmp_path / "broken.yaml"
    contract.write_bytes(content)
    assert run(contract, tmp_path) == 1
    assert "broken.yaml:1: " in capsys.readouterr().err


def test_a_missing_file_is_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path / "none.yaml", tmp_path) == 1
    assert "none.yaml:1: cannot be read" in capsys.readouterr().err
