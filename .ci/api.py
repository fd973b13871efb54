"""Checks that the public API of the clients, models and events did not break since the last release.

    python .ci/api.py check     compare with the last release
    python .ci/api.py record    make the current API the one to compare with; part of a release

The API of the last release is stored as stubs in tests/api/released, so that the check needs neither tags nor history.
A breaking change is allowed if CHANGELOG.md lists it: under "Unreleased", in "Changed" or "Removed", with the name
that the check prints, in backticks. The `_sync` modules are derived from the `_async` ones, and are not compared.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import griffe
from mypy import stubgen

ROOT: Final = Path(__file__).resolve().parent.parent
RELEASED: Final = ROOT / "tests" / "api" / "released"
SOURCES: Final = (
    *("orbitconnect/*.py", "orbitconnect/_async/client.py", "orbitconnect/_async/namespaces/*.py"),
    *("orbitconnect/webhooks/*.py", "orbitconnect/webhooks/once/*.py", "orbitconnect/webhooks/_async/*.py"),
    *("generated/orbitconnect_api/models/*.py", "generated/orbitconnect_api/*event*.py"),
    "generated/orbitconnect_api/literals.py",
)
"""The modules whose public names users import or get from a client. Names with an underscore are left out."""


@dataclass(frozen=True)
class Breakage:
    """A change that can break a program."""

    name: str
    """The name for the changelog, such as `users.create`."""

    problem: str

    def __str__(self) -> str:
        return f"`{self.name}`: {self.problem}"


def main() -> int:
    """Run a command and return its exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=("check", "record"), nargs="?", default="check")
    if parser.parse_args().command == "record":
        shutil.rmtree(RELEASED, ignore_errors=True)
        write_stubs(ROOT, RELEASED)
        return 0
    with tempfile.TemporaryDirectory() as temporary:
        write_stubs(ROOT, Path(temporary))
        found = [*breakages(RELEASED, Path(temporary))]
    listed = listed_in((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    missing = [breakage for breakage in found if breakage.name not in listed]
    for breakage in missing:
        print(breakage, file=sys.stderr)
    if missing:
        print(
            f"\n{len(missing)} breaking change{'s' * (len(missing) != 1)} since the last release. Undo each of them, or"
            " name it in CHANGELOG.md, under Unreleased, in Changed or Removed.",
            file=sys.stderr,
        )
        return 1
    print(f"No breaking change of the public API is missing in CHANGELOG.md ({len(found)} listed).")
    return 0


def write_stubs(root: Path, folder: Path) -> None:
    """Write the stubs of the public modules of a source tree."""
    files = sorted(str(path) for pattern in SOURCES for path in root.glob(pattern) if _is_public(path))
    options = ("--no-import", "--parse-only", "--export-less", "--quiet", "--output", str(folder))
    stubgen.generate_stubs(stubgen.parse_options([*options, *files]))
    for path in [path for path in folder.rglob("*") if path.is_dir() and path.parent != folder.parent]:
        # griffe takes only folders with this file for packages.
        (path / "__init__.pyi").touch()


def _is_public(path: Path) -> bool:
    return path.name == "__init__.py" or not path.name.startswith("_")


def breakages(old: Path, new: Path) -> Iterator[Breakage]:
    """The breaking changes between two folders of stubs, each once."""
    found: dict[Breakage, None] = {}
    for package in sorted(path.name for path in old.iterdir() if path.is_dir()):
        before, after = _modules(_load(package, old)), _modules(_load(package, new))
        for name, module in before.items():
            if name not in after:
                found[Breakage(name.rpartition(".")[2], "the module was removed")] = None
                continue
            for breakage in griffe.find_breaking_changes(module, after[name]):
                found[Breakage(_name(breakage.obj), _problem(breakage))] = None
            for changed in _retyped(module, after[name]):
                found[changed] = None
    yield from found


def _modules(module: griffe.Module) -> dict[str, griffe.Module]:
    """A package's modules by path. griffe would skip those below a private package such as `_async`."""
    found = {module.path: module}
    for inner in module.members.values():
        if isinstance(inner, griffe.Module):
            found |= _modules(inner)
    return found


def listed_in(changelog: str) -> set[str]:
    """The names in backticks in the sections Changed and Removed of the next version."""
    unreleased = changelog.partition("## [Unreleased]")[2].partition("\n## ")[0]
    sections = re.split(r"^### ", unreleased, flags=re.MULTILINE)
    text = "".join(section for section in sections if section.startswith(("Changed", "Removed")))
    return {name for code in re.findall(r"`([^`]+)`", text) for name in re.findall(r"\w+(?:\.\w+)*", code)}


def _load(package: str, folder: Path) -> griffe.Module:
    loaded = griffe.load(package, search_paths=[folder], allow_inspection=False, try_relative_path=False)
    assert isinstance(loaded, griffe.Module)
    return loaded


def _name(found: griffe.Object | griffe.Alias) -> str:
    """The name as users know it: `users.create`, `Message.content`, `NotFoundError`."""
    parts = found.path.split(".")
    if "namespaces" in parts:
        namespace, *rest = parts[parts.index("namespaces") + 1 :]
        return ".".join([namespace, *rest[1:]])
    start = next((index for index, part in enumerate(parts) if part[:1].isupper()), len(parts) - 1)
    return ".".join(parts[start:])


def _problem(breakage: griffe.Breakage) -> str:
    """The problem in Griffe's words, without colors and file names."""
    line = re.sub(r"\x1b\[\d+m", "", breakage.explain(griffe.ExplanationStyle.ONE_LINE))
    argument = re.search(r"\((\w+)\): ", line)
    words = line[line.index(breakage.kind.value) :]
    return f"`{argument[1]}`: {words}" if argument else words


def _retyped(old: griffe.Object | griffe.Alias, new: griffe.Object | griffe.Alias) -> Iterator[Breakage]:
    """Types that broke, which griffe does not compare: narrower arguments, wider results and attributes."""
    for name, before in old.members.items():
        after = new.members.get(name)
        if after is None or before.is_alias or after.is_alias or name.startswith("_"):
            continue
        if isinstance(before, griffe.Function) and isinstance(after, griffe.Function):
            yield from _retyped_function(before, after)
        elif isinstance(before, griffe.Attribute) and isinstance(after, griffe.Attribute):
            # Programs write the attributes of request bodies, and read those of all other objects.
            one, other = (after, before) if _is_sent(old) else (before, after)
            if _types(other.annotation) - _types(one.annotation):
                problem = f"the type changed from {before.annotation} to {after.annotation}"
                yield Breakage(_name(before), problem)
        else:
            yield from _retyped(before, after)


def _is_sent(owner: griffe.Object | griffe.Alias) -> bool:
    return isinstance(owner, griffe.Class) and "RequestModel" in map(str, owner.bases)


def _retyped_function(before: griffe.Function, after: griffe.Function) -> Iterator[Breakage]:
    if _types(after.returns) - _types(before.returns):
        yield Breakage(_name(before), f"the result changed from {before.returns} to {after.returns}")
    parameters = {parameter.name: parameter for parameter in after.parameters}
    for parameter in before.parameters:
        counterpart = parameters.get(parameter.name)
        if counterpart and _types(parameter.annotation) - _types(counterpart.annotation):
            problem = f"`{parameter.name}` changed from {parameter.annotation} to {counterpart.annotation}"
            yield Breakage(_name(before), problem)


def _types(annotation: str | griffe.Expr | None) -> set[str]:
    """The alternatives of an annotation. How its classes are imported makes no difference."""
    text = re.sub(r"\b(?:\w+\.)+(?=[A-Z])", "", str(annotation))
    parts: list[str] = []
    depth = 0
    for piece in re.split(r"(\[|\]|\|)", text):
        depth += {"[": 1, "]": -1}.get(piece, 0)
        if piece == "|" and not depth:
            parts.append("")
        else:
            parts = [*parts[:-1], (parts[-1] if parts else "") + piece]
    return {part.strip() for part in parts}


if __name__ == "__main__":
    sys.exit(main())
