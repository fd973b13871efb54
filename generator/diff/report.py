"""Shows changes: to a person, to a program, and as lines for the changelog."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Sequence

from .change import Change
from .changelog import entries
from .kinds import Impact

_TITLES = {
    Impact.BREAKING: "Breaking",
    Impact.COMPATIBLE: "Compatible",
    Impact.NONE: "Only documentation",
}
_SHOWN = 6
"""How many places one change lists. Some changes occur in every operation."""

_EDITS = {
    "facade": "the methods and their docstrings: {modules}",
    "events": "handlers of the event in tests/, examples/ and docs/",
    "emulator": "the handler in orbitconnect/emulator/",
    "docs": "README.md and docs/, if they mention it",
    "wire": "tests/wire/operations.yaml and tests/wire/cases.py",
    "models": "uses of the model in orbitconnect/",
}


def text(changes: Sequence[Change], old: str, new: str) -> str:
    """A report for a person: what changed, the files to edit, and lines for the changelog."""
    if not changes:
        return f"{old} → {new}: no changes."
    count = sum(change.kind.impact is Impact.BREAKING for change in changes)
    lines = [f"{old} → {new}: {len(changes)} change{'s' * (len(changes) != 1)}, {count} breaking."]
    for impact, title in _TITLES.items():
        groups = _groups([change for change in changes if change.kind.impact is impact])
        if groups:
            lines += ["", f"{title}:"]
            lines += [line for group in groups for line in _group(group, old, new)]
    lines += _edits(changes)
    lines += _changelog(changes)
    return "\n".join(lines)


def as_json(changes: Sequence[Change]) -> str:
    """A report for a program."""
    document = {
        "breaking": any(change.kind.impact is Impact.BREAKING for change in changes),
        "changes": [
            {
                "kind": change.kind.name,
                "impact": change.kind.impact,
                "wire": change.kind.wire,
                "code": change.kind.code,
                "layers": change.kind.layers,
                "place": change.place,
                "detail": change.detail,
                "line": change.line,
                "line_of": "old" if change.is_old_line else "new",
                "methods": change.methods,
            }
            for change in changes
        ],
        "changelog": entries(changes),
    }
    return json.dumps(document, indent=2, ensure_ascii=False)


def _groups(changes: Sequence[Change]) -> list[list[Change]]:
    """Changes of the same kind with the same words, together."""
    found: dict[tuple[str, str], list[Change]] = {}
    for change in changes:
        found.setdefault((change.kind.name, change.detail), []).append(change)
    return list(found.values())


def _group(group: list[Change], old: str, new: str) -> Iterator[str]:
    first = group[0]
    places = [f"{change.place} (line {change.line}{' of ' + old if change.is_old_line else ''})" for change in group]
    rest = f" and {len(places) - _SHOWN} more" if len(places) > _SHOWN else ""
    yield from _wrapped(f"{first.kind.name}: {first.detail}: {', '.join(places[:_SHOWN])}{rest}", 2)
    if first.kind.effect:
        impacts = f"On the wire: {first.kind.wire}. In code: {first.kind.code}."
        yield from _wrapped(f"{first.kind.effect} {impacts}", 6)
    methods = list(dict.fromkeys(method for change in group for method in change.methods))
    if methods:
        more = f" and {len(methods) - _SHOWN} more" if len(methods) > _SHOWN else ""
        yield from _wrapped(f"Methods: {', '.join(methods[:_SHOWN])}{more}", 6)


def _wrapped(line: str, first: int, others: int = 6) -> list[str]:
    return textwrap.wrap(
        line,
        110,
        initial_indent=" " * first,
        subsequent_indent=" " * others,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _edits(changes: Sequence[Change]) -> list[str]:
    noticed = [change for change in changes if change.kind.impact is not Impact.NONE]
    layers = {layer for change in noticed for layer in change.kind.layers}
    namespaces = sorted({method.partition(".")[0] for change in noticed for method in change.methods})
    modules = ", ".join(f"orbitconnect/_async/namespaces/{name}.py" for name in namespaces)
    edits = [text.format(modules=modules or "none") for key, text in _EDITS.items() if key in layers]
    lines = [line for edit in edits for line in _wrapped(edit, 2, 4)]
    return ["", "Check, besides the generated code:", *lines] if lines else []


def _changelog(changes: Sequence[Change]) -> list[str]:
    found = entries(changes)
    lines = ["", "Proposed for CHANGELOG.md:"] if found else []
    for section, texts in found.items():
        lines += ["", f"### {section}", ""]
        for entry in texts:
            lines += textwrap.wrap(
                f"- {entry}", 120, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
            )
    return lines
