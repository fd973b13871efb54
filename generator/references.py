"""Finds what still refers to an operation, a model or an event, above all after it was removed from the contract."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

_PACKAGE = "orbitconnect_api"
_FOLDERS = ("orbitconnect", "tests", "examples", "benchmarks", "docs")
_FILES = ("README.md", "CONTRIBUTING.md")
_TEXTS = (".py", ".md", ".yaml")
_EXCLUDED = ("_sync", "tests/api/released", "tests/generator", "__pycache__")
"""Folders that nobody edits, that keep what was released, or whose modules use small contracts of their own."""

_NAMESPACES = Path("orbitconnect", "_async", "namespaces")


@dataclass(frozen=True)
class Reference:
    """A line that refers to something."""

    path: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.text}"


def key_of(name: str) -> str:
    """One spelling for all names of a thing, such as `deleteThing`, `DELETE_THING` and `delete_thing`."""
    if not name.isupper():
        name = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name)
    return name.replace(".", "_").lower()


def dangling(root: Path) -> dict[str, list[Reference]]:
    """Names that hand-written modules import from the generated package although they are gone, and who uses them."""
    generated = _Generated(root / "generated" / _PACKAGE)
    missing: dict[str, None] = {}
    for path in _files(root):
        if path.suffix != ".py" or _PACKAGE not in (text := path.read_text(encoding="utf-8")):
            continue
        # Parsing every file would take seconds. A text in quotes can contain imports, too, so this only excludes files.
        if any(not generated.has(module, name) for module, name in _imports_in(text)):
            missing.update(dict.fromkeys(_missing_names(generated, ast.parse(text))))
    return {key: references(root, key) for key in missing}


def references(root: Path, name: str) -> list[Reference]:
    """All lines that refer to an operation, a facade method, a model or an event by one of its names."""
    key = key_of(name)
    methods = list(facade_methods(root, key))
    words = [rf"{key.replace('_', '[._]?')}", *(re.escape(method) for method in methods)]
    if "." in name:
        words.append(re.escape(name))
    pattern = re.compile(rf"(?<![A-Za-z0-9_])(?:{'|'.join(words)})(?![A-Za-z0-9_])", re.IGNORECASE)
    found = []
    for path in _files(root):
        shown = path.relative_to(root).as_posix()
        names = [name for namespace, name in (method.split(".") for method in methods) if namespace == path.stem]
        definitions = tuple(f"    async def {name}(" for name in names) if path.parent == root / _NAMESPACES else ()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if pattern.search(line) or (definitions and line.startswith(definitions)):
                found.append(Reference(shown, number, line.strip()[:100]))
    return found


def facade_methods(root: Path, key: str) -> Iterator[str]:
    """The facade methods whose code calls an operation, such as `things.delete`."""
    for path in sorted((root / _NAMESPACES).glob("*.py")):
        for kind in ast.parse(path.read_text(encoding="utf-8")).body:
            for method in kind.body if isinstance(kind, ast.ClassDef) else ():
                if isinstance(method, ast.AsyncFunctionDef) and key in _names_in(method):
                    yield f"{path.stem}.{method.name}"


def message(found: dict[str, list[Reference]]) -> str:
    """One message about everything that is gone."""
    lines = ["The contract no longer has these names, but files still refer to them:"]
    for key, references_of_key in found.items():
        lines += ["", key, *(f"  {reference}" for reference in references_of_key)]
    lines += ["", "Change or delete these lines. If the name was removed by mistake, restore it in openapi/orbit.yaml."]
    return "\n".join(lines)


def _names_in(node: ast.AST) -> set[str]:
    return {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}


def _files(root: Path) -> Iterable[Path]:
    """The files that people edit."""
    for name in _FILES:
        if (root / name).is_file():
            yield root / name
    for folder in _FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            inside = f"/{path.relative_to(root).parent.as_posix()}/"
            if path.suffix in _TEXTS and not any(f"/{name}/" in inside for name in _EXCLUDED) and path.is_file():
                yield path


class _Generated:
    """The names in the generated package."""

    def __init__(self, package: Path) -> None:
        self._package = package
        self._texts: dict[Path, str] = {}
        self._known: dict[tuple[str, str], bool] = {}

    def has(self, module: str, name: str) -> bool:
        """Whether a module such as `orbitconnect_api.models` has a name."""
        if (module, name) not in self._known:
            self._known[module, name] = self._has(module, name)
        return self._known[module, name]

    def _has(self, module: str, name: str) -> bool:
        path = self._package.joinpath(*module.split(".")[1:])
        if (path / name).is_dir() or (path / f"{name}.py").is_file():
            return True
        text = self._text(path / "__init__.py" if path.is_dir() else path.with_suffix(".py"))
        known = rf"^(?:(?:class|def|async def|type) )?{name}\b|\bas {name}\b|\bimport .*\b{name}\b|^ +{name},"
        return re.search(known, text, re.MULTILINE) is not None

    def is_module(self, module: str, name: str) -> bool:
        """Whether a name in a package is a module."""
        return self._package.joinpath(*module.split(".")[1:], f"{name}.py").is_file()

    def _text(self, path: Path) -> str:
        if path not in self._texts:
            self._texts[path] = path.read_text(encoding="utf-8") if path.is_file() else ""
        return self._texts[path]


def _imports_in(text: str) -> Iterator[tuple[str, str]]:
    """The modules and names in a text's imports of the generated package, and the constants that it uses from there."""
    for found in re.finditer(rf"from ({_PACKAGE}[\w.]*) import (\([^)]*\)|[^\n]*)", text):
        for name in re.findall(r"(\w+)(?: as \w+)?", re.sub(r"#.*", "", found[2])):
            yield found[1], name
    for module, name in re.findall(r"\b(operations|events|literals)\.([A-Z]\w+)\b", text):
        yield f"{_PACKAGE}.{module}", name


def _missing_names(generated: _Generated, tree: ast.Module) -> Iterator[str]:
    """The keys of names that a module imports from the generated package, and that do not exist there."""
    modules: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and not node.level and (node.module or "").split(".")[0] == _PACKAGE:
            module = str(node.module)
            for alias in node.names:
                if not generated.has(module, alias.name):
                    yield key_of(alias.name)
                elif generated.is_module(module, alias.name):
                    modules[alias.asname or alias.name] = f"{module}.{alias.name}"
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.attr.isupper():
            owner = modules.get(node.value.id)
            if owner and not generated.has(owner, node.attr):
                yield key_of(node.attr)
