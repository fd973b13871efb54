"""Make small changes to the code, and check whether a test fails: `make mutants ARGS="webhooks paging"`.

mutmut changes functions. Constants outside functions, such as patterns and limits, are changed as listed in
`constants.py`. Each part of `parts.py` is tried on its own, with its own tests. The changes are made in a temporary
folder with the packages side by side, as in the wheel. If no test notices a change, it must be explained in
`README.md`. Otherwise, the run fails.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from tests.mutation.constants import CONSTANTS, Constant
from tests.mutation.parts import PARTS, Part

ROOT = Path(__file__).parents[2]
README = Path(__file__).with_name("README.md")
PACKAGES = ("orbitconnect", "generated/orbitconnect_api", "generator")
BESIDE = ("tests", "openapi", "pyproject.toml")
# These tests inspect frames. mutmut calls each function through a wrapper whose frame contains the arguments.
LEFT_OUT = (
    "tests/webhooks/test_verify.py::test_neither_the_secret_nor_the_correct_signature_is_shown",
    "tests/pipeline/test_executor.py::test_error_chains_nothing_and_shows_no_key",
)
PYTEST = ("-p", "no:cacheprovider", "--hypothesis-seed=0", *(f"--deselect={test}" for test in LEFT_OUT))


class Survivor(NamedTuple):
    """A change that no test noticed."""

    place: str
    """The function or the constant, such as `orbitconnect._pipeline.retry.backoff`."""
    changes: tuple[str, ...]
    """The changed lines, with `-` before the old code and `+` before the new code."""


class Tree:
    """The copy in which the changes of a part are made.

    Args:
        folder: An empty folder.
        part: What is changed, and the tests that must notice.
    """

    def __init__(self, folder: Path, part: Part) -> None:
        self.folder = folder
        self.part = part
        for name in (*PACKAGES, *BESIDE):
            source, target = ROOT / name, folder / Path(name).name
            if source.is_dir():
                shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
            else:
                shutil.copy(source, target)
        modules = sorted({name.rpartition(".")[0].replace(".", "/") + ".py" for name in part.mutated})
        settings = {
            "source_paths": [Path(name).name for name in PACKAGES],
            "only_mutate": modules,
            "also_copy": [name for name in BESIDE if name not in ("tests", "pyproject.toml")],
            "pytest_add_cli_args": PYTEST,
            "pytest_add_cli_args_test_selection": part.tests,
            "use_git_change_detection": False,
            # Run each change in a new process, because pytest names some tests differently when it collects them again.
            "process_isolation": "forkserver",
            "forkserver_warmup": "import",
        }
        with (folder / "pyproject.toml").open("a", encoding="utf-8") as file:
            file.write("\n[tool.mutmut]\n")
            # A list of strings has the same syntax in JSON and TOML.
            file.writelines(f"{name} = {json.dumps(value)}\n" for name, value in settings.items())

    def run(self, *arguments: str, packages: Path) -> subprocess.CompletedProcess[str]:
        """Run a Python module with the packages of this folder instead of the installed ones."""
        environment = {**os.environ, "PYTHONPATH": str(packages), "PYTHONDONTWRITEBYTECODE": "1"}
        return subprocess.run(
            [sys.executable, "-m", *arguments],
            cwd=self.folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )

    def mutmut(self, *arguments: str) -> str:
        """Run mutmut and return what it prints."""
        packages = self.folder / "mutants"
        packages.mkdir(exist_ok=True)  # Must exist before Python starts, because Python caches missing folders.
        finished = self.run("mutmut", *arguments, packages=packages)
        if finished.returncode:
            told = [line for line in finished.stdout.splitlines() if "Generating mutants" not in line]
            raise SystemExit(f"mutmut {arguments[0]} failed:\n" + "\n".join(told[-60:]))
        return finished.stdout


def change_functions(tree: Tree, children: int) -> list[Survivor]:
    """Run mutmut on the functions."""
    tree.mutmut("run", "--max-children", str(children), *tree.part.mutated)
    results = re.findall(r"^ +(\S+): (.+)$", tree.mutmut("results", "--all", "true"), re.MULTILINE)
    outcomes = {name: outcome for name, outcome in results if outcome != "not checked"}
    tally = {outcome: list(outcomes.values()).count(outcome) for outcome in sorted(set(outcomes.values()))}
    print(f"{len(outcomes)} changes in functions:", ", ".join(f"{count} {name}" for name, count in tally.items()))
    survivors: list[Survivor] = []
    for name, outcome in outcomes.items():
        if outcome != "killed":  # If a test hangs, it did not detect the change.
            diff = re.findall(r"^([-+])(?!\1\1)[ \t]*(.*)$", tree.mutmut("show", name), re.MULTILINE)
            survivors.append(Survivor(place_of(name), tuple(sign + text for sign, text in diff)))
    return [survivor for survivor in survivors if has_effect(survivor)]


def has_effect(survivor: Survivor) -> bool:
    """Whether the change affects more than the type passed to `cast`, which does nothing at run time."""
    before, *after = (re.sub(r'cast\((None|"[^"]*"), ', "cast(", line[1:]) for line in survivor.changes)
    return after != [before]


def place_of(name: str) -> str:
    """The qualified name of the function that was changed.

    Args:
        name: mutmut's name, such as `retry.xǁRetryQuotaǁtake__mutmut_1` or `retry.x_backoff__mutmut_1`.
    """
    module, _, function = name.rpartition("__mutmut_")[0].rpartition(".")
    return f"{module}.{function.removeprefix('x_').removeprefix('xǁ').replace('ǁ', '.')}"


def change_constants(tree: Tree) -> list[Survivor]:
    """Make the listed changes, one after the other."""
    if not _passes(tree):
        raise SystemExit("The tests fail already while nothing is changed.")
    modules = {name.rpartition(".")[0] for name in tree.part.mutated}
    constants = [constant for constant in CONSTANTS if constant.module in modules]
    survivors = [survivor for constant in constants if (survivor := _change(tree, constant))]
    print(f"{len(constants)} changes to constants: {len(constants) - len(survivors)} killed, {len(survivors)} survived")
    return survivors


def _change(tree: Tree, constant: Constant) -> Survivor | None:
    module = tree.folder / (constant.module.replace(".", "/") + ".py")
    original = module.read_text(encoding="utf-8")
    if original.count(constant.before) != 1:
        raise SystemExit(f"{constant.module} must contain this text exactly once: {constant.before}")
    module.write_text(original.replace(constant.before, constant.after), encoding="utf-8")
    try:
        survives = _passes(tree)
    finally:
        module.write_text(original, encoding="utf-8")
    return Survivor(constant.module, (f"-{constant.before}", f"+{constant.after}")) if survives else None


def _passes(tree: Tree) -> bool:
    finished = tree.run("pytest", "-q", "-x", *PYTEST, *tree.part.tests, packages=tree.folder)
    if finished.returncode not in (0, 1):
        raise SystemExit(f"pytest could not run:\n{finished.stdout[-5_000:]}")
    return finished.returncode == 0


def explained() -> set[Survivor]:
    """The survivors that the README explains, each as a hunk of a diff with the function in the hunk's header."""
    blocks = re.findall(r"^```diff\n(.*?)^```$", README.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    hunks = [hunk for block in blocks for hunk in re.findall(r"^@@ (\S+) @@\n((?:[-+].*\n)+)", block, re.MULTILINE)]
    return {
        Survivor(place, tuple(line[0] + line[1:].strip() for line in changes.splitlines())) for place, changes in hunks
    }


def main() -> int:
    """Run all changes, and return the exit status: 1 if a survivor is not explained."""
    parser = argparse.ArgumentParser(description="Make small changes to the code, and check whether a test fails.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"one of {', '.join(PARTS)} (default: all)")
    parser.add_argument("--children", type=int, default=os.cpu_count() or 1, help="how many changes to try at once")
    options = parser.parse_args()
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"There is no part {', '.join(sorted(unknown))}. The parts are {', '.join(PARTS)}.")
    known = explained()
    parts = {name: part for name, part in PARTS.items() if name in (options.parts or PARTS)}
    return max([_try(name, part, known, options.children) for name, part in parts.items()])


def _try(name: str, part: Part, known: set[Survivor], children: int) -> int:
    print(f"== {name}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        tree = Tree(Path(folder), part)
        survivors = change_constants(tree) + change_functions(tree, children)
    new = [survivor for survivor in survivors if survivor not in known]
    print(
        f"{len(survivors)} survived, {len(survivors) - len(new)} of them are explained in {README.relative_to(ROOT)}."
    )
    for survivor in new:
        print(f"\n@@ {survivor.place} @@", *survivor.changes, sep="\n")
    modules = tuple(f"{pattern.rpartition('.')[0]}." for pattern in part.mutated)
    for survivor in known.difference(survivors):
        if f"{survivor.place}.".startswith(modules):
            print(f"\nNo longer survives, so its explanation can go: {survivor.place}", *survivor.changes, sep="\n")
    return 1 if new else 0


if __name__ == "__main__":
    sys.exit(main())
