"""Mistakes as edits of files."""

from __future__ import annotations

from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).parents[2]
CONTRACT: Final = "openapi/orbit.yaml"
TABLE: Final = "tests/wire/operations.yaml"


class DoesNotApply(Exception):
    """The text that an edit replaces is gone. Adapt the drill to the file."""


class Edit(NamedTuple):
    """Replaces the first occurrence of a text after an anchor."""

    file: str
    after: str
    """A text that occurs once in the file. Empty: the file's beginning."""
    old: str
    new: str

    def apply(self, root: Path) -> None:
        path = root / self.file
        text = path.read_text(encoding="utf-8")
        path.write_text(self.applied(text), encoding="utf-8")

    def applied(self, text: str) -> str:
        """The text with the mistake.

        Raises:
            DoesNotApply: If the anchor or the old text is not where the edit expects it.
        """
        if self.after and text.count(self.after) != 1:
            raise DoesNotApply(f"{self.file}: {self.after!r} occurs {text.count(self.after)} times, not once.")
        start = text.find(self.after)
        found = text.find(self.old, start)
        if found < 0:
            raise DoesNotApply(f"{self.file}: there is no {self.old!r} after {self.after!r}.")
        return text[:found] + self.new + text[found + len(self.old) :]


class Drill(NamedTuple):
    """A mistake, and the check that must report it."""

    name: str
    """What a person did or forgot."""
    edits: tuple[Edit, ...]
    check: str
    """A test, as an argument of pytest, or `generator check`."""
    reports: tuple[str, ...]
    """Patterns. The check's output must match each. At least one names the file to edit."""
    rebuilds: bool = False
    """Whether the generated code is written anew after the edit, because the check reads it."""


def facade(namespace: str) -> str:
    return f"orbitconnect/_async/namespaces/{namespace}.py"


def in_contract(operation_id: str, old: str, new: str) -> Edit:
    """An edit of an operation, after its id."""
    return Edit(CONTRACT, f"operationId: {operation_id}\n", old, new)


def in_schema(name: str, old: str, new: str) -> Edit:
    """An edit of a schema."""
    return Edit(CONTRACT, f"\n    {name}:\n", old, new)


def in_method(namespace: str, name: str, old: str, new: str) -> Edit:
    """An edit of a method of the facade."""
    return Edit(facade(namespace), f"    async def {name}(", old, new)
