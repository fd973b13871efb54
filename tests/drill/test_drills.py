"""The drills fit the files as they are, and their checks are a part of CI. `make drill` runs them."""

from __future__ import annotations

import re

import pytest

from tests.drill.drills import DRILLS, UNSAFE
from tests.drill.edits import ROOT, DoesNotApply, Drill, Edit
from tests.drill.run import GENERATOR_CHECK, judged
from tests.for_each import for_each


@for_each("drill", DRILLS)
def test_the_edits_of_a_drill_apply(drill: Drill) -> None:
    texts: dict[str, str] = {}
    for edit in drill.edits:
        text = texts.setdefault(edit.file, (ROOT / edit.file).read_text(encoding="utf-8"))
        texts[edit.file] = edit.applied(text)
        assert texts[edit.file] != text


@for_each("drill", DRILLS)
def test_ci_runs_the_check_of_a_drill(drill: Drill) -> None:
    if drill.check == GENERATOR_CHECK:
        steps = re.search(r"^printf '%s\\n' (.*) \| xargs", (ROOT / ".ci" / "run").read_text(), flags=re.MULTILINE)
        assert steps is not None
        assert "check" in steps[1].split()
    else:
        # `make test` runs all modules below `tests`.
        file, _, test = drill.check.partition("::")
        assert re.fullmatch(r"tests/[\w/]+/test_\w+\.py", file)
        assert f"def {test}(" in (ROOT / file).read_text(encoding="utf-8") or not test


@for_each("drill", DRILLS)
def test_a_drill_expects_the_name_of_a_file(drill: Drill) -> None:
    assert any(re.search(r"\.(py|yaml|md)|orbitconnect/emulator", pattern) for pattern in drill.reports)


DRILL = Drill("a mistake", (), "tests/test_x.py", (r"a\.py:\d+: wrong", "edit b.py"))


@pytest.mark.parametrize(
    ("status", "output", "caught", "line"),
    [
        (1, "E   AssertionError: a.py:7: wrong\nedit b.py\n", True, "a.py:7: wrong"),
        (0, "a.py:7: wrong\nedit b.py\n", False, "The check passes."),
        (1, "a.py:7: wrong\n", False, "The report does not match 'edit b.py'"),
    ],
)
def test_a_mistake_is_caught_if_the_check_fails_and_names_the_files(
    status: int, output: str, caught: bool, line: str
) -> None:
    found = judged(DRILL, status, output)
    assert found[0] == caught
    assert found[1].startswith(line)


def test_an_edit_needs_its_anchor_once_and_the_old_text_after_it() -> None:
    assert Edit("f", "b", "a", "x").applied("a b a a") == "a b x a"
    for text in ("a b", "a", "b a b"):
        with pytest.raises(DoesNotApply, match="f: "):
            Edit("f", "b", "a", "x").applied(text)


def test_the_names_of_drills_differ() -> None:
    assert len({drill.name for drill in DRILLS}) == len(DRILLS)


def test_every_operation_that_is_not_safe_has_a_drill() -> None:
    declared = {name for drill in DRILLS for name in drill.name.removeprefix("declared safe: ").split(", ")}
    assert {operation_id for operation_id, _ in UNSAFE} <= declared
