"""Generates the whole output in a temporary folder, then compares it with the existing output or replaces it."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from . import mirror
from .checks import check
from .deprecated_arguments import deprecated_arguments
from .error_codes import error_codes
from .event_modules import event_modules
from .expansion import expand
from .formatting import format_folder
from .literals import literals
from .loading import load
from .node import PAGE, node_page
from .operation_table import operation_table
from .operations_page import OPERATIONS_PAGE, operations_page
from .render import PACKAGE, TEMPLATES, render
from .request_schemas import request_schemas
from .unions import unions

_STATIC = ("values.py", "encoding.py", "forms.py", "raw_calls.py", "deprecation.py")
"""Modules that do not depend on the contract and for which openapi-python-client has no template."""
_IF_USED = ("codecs.py", "formats.py")
"""Static modules that only some contracts need. A module may use those that follow it."""
_IGNORED = ("__pycache__",)
_GENERATED = Path("generated") / PACKAGE
_OPERATION = re.compile(r"/api/\w+/(?!__init__)(\w+)\.py$")

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Paths:
    """Where the generator reads and writes."""

    contract: Path
    root: Path
    """The folder that contains `generated/` and `orbitconnect/`."""


@dataclass
class Changes:
    """The differences between the new and the old output, as paths relative to the root."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)

    def operations(self, paths: list[str]) -> list[str]:
        """The operations whose modules are among the given paths."""
        return [match[1] for path in paths if (match := _OPERATION.search(path))]


def build(paths: Paths, progress: Progress) -> Changes:
    """Generate the output and replace the old one. If anything fails, the old output stays unchanged.

    Raises:
        ContractError: If the contract has mistakes.
        CannotMirror: If a `_sync` module cannot be derived.
        GeneratorFailure: If a tool fails or has the wrong version.
    """
    with _made(paths, progress) as fresh:
        changes = _compare(paths, fresh)
        progress("writing")
        for name in changes.added + changes.changed:
            target = paths.root / name
            target.parent.mkdir(parents=True, exist_ok=True)
            # Renaming is atomic: a process that imports the package meanwhile sees either the old file or the new one.
            beside = target.with_name(f".{target.name}.new")
            shutil.copyfile(fresh / name, beside)
            beside.replace(target)
        for name in changes.removed:
            (paths.root / name).unlink()
        for folder in _folders(paths.root):
            _remove_empty_folders(folder)
    return changes


def compare(paths: Paths, progress: Progress) -> Changes:
    """Generate the output and compare it with the existing one, byte by byte. Nothing is written.

    Raises:
        ContractError: If the contract has mistakes.
        CannotMirror: If a `_sync` module cannot be derived.
        GeneratorFailure: If a tool fails or has the wrong version.
    """
    with _made(paths, progress) as fresh:
        return _compare(paths, fresh)


@contextmanager
def _made(paths: Paths, progress: Progress) -> Iterator[Path]:
    progress("reading the contract")
    contract = load(paths.contract)
    progress("checking the contract")
    check(contract)
    contract = expand(contract)
    with tempfile.TemporaryDirectory(prefix="orbitconnect-") as temporary:
        fresh = Path(temporary)
        package = fresh / _GENERATED
        package.parent.mkdir(parents=True)
        progress("writing models and operations")
        render(contract, package)
        for name in (*_STATIC, *_IF_USED):
            shutil.copyfile(TEMPLATES / f"{name}.jinja", package / name)
        (package / "operations.py").write_text(operation_table(contract), encoding="utf-8")
        for name, text in event_modules(contract).items():
            (package / name).write_text(text, encoding="utf-8")
        (package / "error_codes.py").write_text(error_codes(contract), encoding="utf-8")
        (package / "literals.py").write_text(literals(contract), encoding="utf-8")
        (package / "deprecated_arguments.py").write_text(deprecated_arguments(contract), encoding="utf-8")
        if (aliases := unions(contract)) is not None:
            (package / "unions.py").write_text(aliases, encoding="utf-8")
        (package / "request_schemas.py").write_text(request_schemas(contract), encoding="utf-8")
        progress("formatting")
        format_folder(package)
        _remove_unused(package)
        if (paths.root / mirror.PACKAGE).is_dir():
            progress("deriving the sync modules")
            for path, text in mirror.derive_tree(paths.root).items():
                (fresh / path).parent.mkdir(parents=True, exist_ok=True)
                (fresh / path).write_text(text, encoding="utf-8")
            (fresh / PAGE).parent.mkdir()
            (fresh / PAGE).write_text(node_page(paths.root), encoding="utf-8")
            (fresh / OPERATIONS_PAGE).write_text(operations_page(contract, paths.root), encoding="utf-8")
        yield fresh


def _remove_unused(package: Path) -> None:
    """Remove the static modules that no module imports."""
    text = "".join(path.read_text(encoding="utf-8") for path in package.glob("*/**/*.py"))
    for name in _IF_USED:
        if f".{name.removesuffix('.py')} import " in text:
            text += (package / name).read_text(encoding="utf-8")
        else:
            (package / name).unlink()


def _compare(paths: Paths, fresh: Path) -> Changes:
    old, new = _files(paths.root), _files(fresh)
    return Changes(
        added=sorted(new - old),
        changed=sorted(name for name in new & old if (paths.root / name).read_bytes() != (fresh / name).read_bytes()),
        removed=sorted(old - new),
    )


def _files(root: Path) -> set[str]:
    return {
        path.relative_to(root).as_posix()
        for folder in _folders(root)
        for path in folder.rglob("*")
        if path.is_file() and not any(part in _IGNORED for part in path.parts)
    } | {page.as_posix() for page in (PAGE, OPERATIONS_PAGE) if (root / page).exists()}


def _folders(root: Path) -> list[Path]:
    """The folders that contain only generated files."""
    return [root / _GENERATED, *(root / mirror.PACKAGE).rglob(mirror.DERIVED)]


def _remove_empty_folders(folder: Path) -> None:
    """Remove folders without modules. Python would still import an empty folder as a package."""
    for path in sorted((folder, *folder.rglob("*")), reverse=True):
        if path.is_dir() and all(left.name in _IGNORED for left in path.iterdir()):
            shutil.rmtree(path)
