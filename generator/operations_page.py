"""Writes docs/operations.md: every method with its request, retry class, errors and provenance, and every event."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from .contract import Contract, OperationNode
from .error_codes import codes_by_status
from .node import Signature, signatures
from .render import TEMPLATES

OPERATIONS_PAGE: Final = Path("docs/operations.md")
_COMMON: Final = frozenset({400, 401, 405, 408, 413, 415, 429, 431})
"""The statuses of mistakes that no call of the SDK makes, or that every call can get."""


def operations_page(contract: Contract, root: Path) -> str:
    """The text of docs/operations.md."""
    known = signatures(root)
    tables: dict[str, list[str]] = {tag["name"]: [] for tag in contract.data["tags"]}
    for operation in contract.operations():
        for method in operation.data.get("x-orbit-facade") or ():
            namespace, _, name = method.partition(".")
            tables.setdefault(namespace, []).append(_row(contract, operation, method, known.get((namespace, name))))
    sections = ["\n".join((f"### orbit.{namespace}", "", *_HEAD, *rows)) for namespace, rows in tables.items() if rows]
    events = [
        f"| `{event.name}` | {_sentence(event.data['description'])} | {event.data['x-orbit-provenance']} |"
        for event in contract.events()
    ]
    template = (TEMPLATES / "operations.md").read_text(encoding="utf-8")
    return template.replace("{methods}", "\n\n".join(sections)).replace("{events}", "\n".join(events))


_HEAD: Final = ("| method | request | retry class | errors | provenance |", "| --- | --- | --- | --- | --- |")


def _row(contract: Contract, operation: OperationNode, method: str, signature: Signature | None) -> str:
    data = operation.data
    errors = [str(status) for status in codes_by_status(contract, operation) if status not in _COMMON and status < 500]
    mark = " (deprecated)" if data.get("deprecated") else ""
    cells = (
        f"`{_call(method, signature)}`{mark}: {_sentence(data['summary'])}",
        f"`{operation.method.upper()} {operation.path}`",
        f"`{data['x-orbit-retry']}`",
        ", ".join(errors),
        data["x-orbit-provenance"],
    )
    return f"| {' | '.join(cells)} |"


def _call(method: str, signature: Signature | None) -> str:
    if signature is None:
        return f"{method}(...)"
    return f"{method}({', '.join((*signature.positional, *(f'{name}=...' for name in signature.keywords)))})"


def _sentence(text: str) -> str:
    """The first sentence of a description, with a lower-case first letter unless it starts with a name."""
    first = " ".join(str(text).split()).partition(". ")[0].rstrip(".")
    return (first[0].lower() + first[1:] if first[1:2].islower() else first).replace("|", "\\|")
