"""No test compares the number of operations, methods or events with a number that a person counted."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Final

from tests.contract.facade import ROOT
from tests.for_each import for_each

MODULES: Final = sorted((ROOT / "tests").rglob("*.py"))
COUNTED: Final = re.compile(
    r"len\((?:\w+\.)*(?:CALLS|EVENTS|HANDLERS|METHODS|MODELS|NAMESPACES|NEVER|OPERATIONS|TABLE|ERROR_CODES)\)"
)


def counts_in(text: str) -> list[tuple[int, str]]:
    """The comparisons of such a number with a literal, each with its line."""
    return [
        (node.lineno, ast.unparse(node))
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Compare)
        and COUNTED.search(ast.unparse(node))
        and any(isinstance(part, ast.Constant) and part.value not in (0, 1) for part in (node.left, *node.comparators))
    ]


@for_each("path", [path for path in MODULES if COUNTED.search(path.read_text(encoding="utf-8"))])
def test_no_number_is_counted_by_hand(path: Path) -> None:
    for line, comparison in counts_in(path.read_text(encoding="utf-8")):
        raise AssertionError(
            f"{path.relative_to(ROOT)}:{line}: {comparison} fails after every change of the contract. "
            f"Compare with something that is computed"
        )


def test_counts_are_found() -> None:
    assert counts_in("assert len(events.EVENTS) == 50") == [(1, "len(events.EVENTS) == 50")]
    assert counts_in("assert len(MODULES) == len(OPERATIONS)") == []
