"""A mistake in the small contract, the report, and a contract that follows the remedy."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import pytest

from generator.checks import check
from generator.contract import Contract, ContractError, Mistake, Pointer
from generator.loading import load

SMALL = Path(__file__).parent.with_name("small.yaml")


class Case(NamedTuple):
    """Each change replaces the first occurrence of a text."""

    broken: Mapping[str, str]
    """The changes that make the mistake."""
    line: str
    """The text of the reported line."""
    problem: str
    """Words from the problem."""
    remedy: str
    """Words from the remedy."""
    fixed: Mapping[str, str]
    """The changes that follow the remedy, made instead of the others."""


def changed(changes: Mapping[str, str]) -> str:
    """The small contract with some changes."""
    text = SMALL.read_text()
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def check_case(case: Case, folder: Path) -> None:
    """Check that the mistake is reported, and that the remedy works."""
    path = folder / "contract.yaml"
    text = changed(case.broken)
    path.write_text(text)
    with pytest.raises(ContractError) as raised:
        check(load(path))
    lines = text.splitlines()
    found = [known for known in raised.value.mistakes if case.problem in known.problem and case.remedy in known.remedy]
    assert found, raised.value
    assert any(case.line in lines[known.line - 1] for known in found), raised.value
    path.write_text(changed(case.fixed))
    check(load(path))


@contextmanager
def every_report(*modules: ModuleType) -> Iterator[None]:
    """Check that each place of some modules that reports a mistake is reached."""
    reached: set[tuple[str, int]] = set()

    def mistake(self: Contract, pointer: Pointer, problem: str, remedy: str) -> Mistake:
        caller = inspect.currentframe().f_back  # type: ignore[union-attr]  # CPython always has frames.
        assert caller is not None
        reached.add((caller.f_code.co_filename, caller.f_lineno))
        return original(self, pointer, problem, remedy)

    original = Contract.mistake
    Contract.mistake = mistake  # type: ignore[method-assign]  # Records the reports.
    try:
        yield
    finally:
        Contract.mistake = original  # type: ignore[method-assign]  # As before.
    for module in modules:
        file = str(module.__file__)
        missed = [
            node.lineno
            for node in ast.walk(ast.parse(Path(file).read_text()))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "mistake"
            if not any(name == file and node.lineno <= line <= (node.end_lineno or 0) for name, line in reached)
        ]
        assert missed == [], f"{file}: no case reaches these lines"
