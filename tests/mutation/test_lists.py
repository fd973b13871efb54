"""All names in the lists of `make mutants` exist. Otherwise, the next run would fail or silently test less."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

from tests.for_each import for_each
from tests.mutation.constants import CONSTANTS, Constant
from tests.mutation.parts import PARTS
from tests.mutation.run import BESIDE, LEFT_OUT, ROOT


@for_each("constant", CONSTANTS)
def test_every_change_of_a_constant_can_be_made(constant: Constant) -> None:
    path = importlib.import_module(constant.module).__file__
    assert path is not None
    assert Path(path).read_text(encoding="utf-8").count(constant.before) == 1


@for_each("pattern", [pattern for part in PARTS.values() for pattern in part.mutated])
def test_every_mutated_module_and_function_exists(pattern: str) -> None:
    module, _, function = pattern.rpartition(".")
    found = importlib.import_module(module)
    if function != "*":
        name = re.fullmatch(r"x_(\w+)__mutmut_\*", function)
        assert name is not None
        assert callable(getattr(found, name[1]))


def test_every_test_exists() -> None:
    for name in (*(test for part in PARTS.values() for test in part.tests), *BESIDE):
        assert (ROOT / name).exists(), name
    for name in LEFT_OUT:
        path, _, function = name.partition("::")
        assert f"def {function}(" in (ROOT / path).read_text(encoding="utf-8"), name
