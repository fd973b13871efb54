"""Derives each `_sync` folder from the `_async` folder beside it.

The mirror works on tokens, not on patterns over text, and replaces only the names listed in `mirror_names.py`. It
rejects any other name that contains `async`: add it to that table, or write the source differently.
"""

from __future__ import annotations

import ast
import io
import re
import token
import tokenize
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from .formatting import format_module
from .mirror_names import NAMES, PROSE, REFUSED

PACKAGE: Final = "orbitconnect"
SOURCE: Final = "_async"
"""The name of the folders that are mirrored, anywhere below the package."""
DERIVED: Final = "_sync"
"""The name of the folder that is derived from such a folder, and created beside it."""

_WORD: Final = re.compile(r"\w+")
_KEYWORD_IN_TEXT: Final = re.compile(r"\b(?:await|async(?=\s+(?:with|for|def)\b))\s+")
_TEXT_TOKENS: Final = frozenset(
    {token.STRING, token.COMMENT, *(getattr(token, name) for name in ("FSTRING_MIDDLE",) if hasattr(token, name))}
)


class CannotMirror(ValueError):
    """A module contains a name or word that the mirror does not know, or cannot be derived."""


def derive(source: str) -> str:
    """Derive the synchronous form of an asynchronous module.

    Args:
        source: The module's text.

    Returns:
        The text of the derived module, unformatted.

    Raises:
        CannotMirror: If a name or word contains `async` and is in no table of `mirror_names.py`.
    """
    _refuse_collisions(source)
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    pieces: list[str] = []
    done = 0
    for begin, end, new in _edits(source, starts):
        pieces += (source[done:begin], new)
        done = end
    derived = "".join((*pieces, source[done:]))
    _check(derived)
    return derived


def derive_tree(root: Path) -> dict[Path, str]:
    """Derive every `_sync` folder below a folder, with its subfolders.

    Args:
        root: The repository's root.

    Returns:
        The formatted text of each module, by its path relative to the root.

    Raises:
        CannotMirror: If a module contains something that is not in the tables. The message names the file.
    """
    derived: dict[Path, str] = {}
    for path in sources(root):
        source = path.relative_to(root)
        target = Path(*(DERIVED if part == SOURCE else part for part in source.parts))
        header = f"# Derived from {source.as_posix()} by `make generate`: edit that file.\n"
        try:
            derived[target] = format_module(header + derive(path.read_text(encoding="utf-8")), path.name)
        except CannotMirror as error:
            raise CannotMirror(f"{path}: {error}") from None
    return derived


def sources(root: Path) -> list[Path]:
    """The modules in all `_async` folders below the package, sorted."""
    folders = (root / PACKAGE).rglob(SOURCE)
    return sorted({path for folder in folders for path in folder.rglob("*.py")})


def _refuse_collisions(source: str) -> None:
    """Reject a module that already uses one of the derived names for something else."""
    tree = ast.parse(source)
    defined = {node.name for node in tree.body if isinstance(node, (ast.ClassDef, ast.FunctionDef))}
    for node in ast.walk(tree):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            defined |= {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            defined.add(node.id)
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    used |= {node.name for node in tree.body if isinstance(node, ast.ClassDef)} | defined
    for old in sorted(used & NAMES.keys()):
        if NAMES[old] in defined:
            raise CannotMirror(
                f"`{old}` would become `{NAMES[old]}`, but the module already uses that name. Rename the other object."
            )


def _edits(source: str, starts: list[int]) -> Iterator[tuple[int, int, str]]:
    tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
    for index, current in enumerate(tokens):
        begin = starts[current.start[0] - 1] + current.start[1]
        end = starts[current.end[0] - 1] + current.end[1]
        # On Python 3.11, the tokenizer treats these keywords as names.
        if current.string in ("async", "await") and current.type not in _TEXT_TOKENS:
            after = tokens[index + 1]
            yield begin, starts[after.start[0] - 1] + after.start[1], ""
        elif current.type == token.NAME:
            new = _name(current.string, current.start[0])
            if new != current.string:
                yield begin, end, new
        elif current.type in _TEXT_TOKENS:
            old = source[begin:end]
            new = _text(old, current.start[0])
            if new != old:
                yield begin, end, new


def _name(name: str, line: int) -> str:
    if name in NAMES:
        return NAMES[name]
    if "async" in name.lower() or name in REFUSED:
        raise CannotMirror(f"line {line}: {name!r} is not in mirror_names.py. Add it to NAMES, or choose another name.")
    return name


def _text(text: str, line: int) -> str:
    text = _KEYWORD_IN_TEXT.sub("", text)

    def word(match: re.Match[str]) -> str:
        found = match[0]
        new = NAMES.get(found) or PROSE.get(found)
        if new is None and ("async" in found.lower() or found == "await"):
            raise CannotMirror(
                f"line {line}: the word {found!r} is not in mirror_names.py. Add it to PROSE, or reword the text."
            )
        return new or found

    return _WORD.sub(word, text)


def _check(derived: str) -> None:
    try:
        tree = ast.parse(derived)
    except SyntaxError as error:
        raise CannotMirror(f"line {error.lineno}: the derived module is not valid Python: {error.msg}.") from None
    for node in ast.walk(tree):
        if isinstance(node, (ast.AsyncFunctionDef, ast.AsyncFor, ast.AsyncWith, ast.Await)):
            raise CannotMirror(f"line {node.lineno}: asynchronous code remains in the derived module.")
        if isinstance(node, ast.comprehension) and node.is_async:
            raise CannotMirror(f"line {node.target.lineno}: asynchronous code remains in the derived module.")
