"""Writes the changelog's lines for changes, in the words of the users: methods, arguments, models and events."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from .. import naming
from .change import Change
from .kinds import SECTIONS, Impact

_NAMED = 4
"""How many names an entry lists."""

_PREDICATES = ("is", "can", "no", "returns", "calls", "succeeds")
"""The first words of a detail that continues a sentence."""


def entries(changes: Sequence[Change]) -> dict[str, list[str]]:
    """The proposed lines by section, without the leading dash. Sections without lines are left out.

    Changes of the same kind with the same words share a line.
    """
    found: dict[str, dict[str, None]] = {section: {} for section in SECTIONS}
    groups: dict[tuple[str, str], list[Change]] = {}
    said = {(change.place, change.kind.name.removeprefix("request-")) for change in changes}
    for change in changes:
        # A field that is both sent and received needs one line.
        is_repeated = (change.place, change.kind.name.removeprefix("response-")) in said
        if change.kind.section and not (is_repeated and change.kind.name.startswith("response-")):
            groups.setdefault((change.kind.name, change.subject or change.detail), []).append(change)
    for group in groups.values():
        section = group[0].kind.section
        assert section is not None
        for entry in _entries(group):
            found[section][entry] = None
    return {section: list(lines) for section, lines in found.items() if lines}


def _entries(group: list[Change]) -> Iterable[str]:
    kind = group[0].kind
    marked = "Breaking: " if kind.impact is Impact.BREAKING else ""
    if kind.name in _WORDS:
        return [marked + _WORDS[kind.name](change) for change in group]
    names = list(dict.fromkeys(name for change in group for name in _names(change)))
    detail = group[0].detail
    colon = "" if detail.partition(" ")[0] in _PREDICATES else ":"
    effect = f" {kind.effect}" if marked else ""
    return [f"{marked}{_listed(names)}{colon} {detail}.{effect}"]


def _added(change: Change) -> str:
    return f"{_listed(_methods(change)) or f'`{change.place}`'}: {_lower(change.subject.removesuffix('.'))}."


def _new_field(change: Change) -> str:
    purpose = change.subject or "It is not described."
    if change.kind.name.startswith("response-"):
        return f"{_names(change)[0]}: {purpose}"
    required = " must be given" if change.kind.name.startswith("required-") else ""
    owner = _listed(_methods(change)) or f"`{change.place.rpartition('.')[0]}`"
    return f"{owner}: the argument `{_attribute(change)}`{required}: {purpose}"


_WORDS: Final[dict[str, Callable[[Change], str]]] = {
    "operation-added": _added,
    "facade-method-added": _added,
    "operation-removed": lambda change: (
        f"{_listed(_methods(change)) or f'`{change.place}`'}: the endpoint no longer exists."
    ),
    "namespace-added": lambda change: f"`orbit.{change.place}`: {change.subject}",
    "facade-method-renamed": lambda change: f"`{change.place}` is now `{change.subject}`.",
    "operation-renamed": lambda change: (
        f"The raw function `{naming.module(change.place)}` is now `{naming.module(change.subject)}`."
    ),
    "model-renamed": lambda change: f"The model `{change.place}` is now `{change.subject}`.",
    "model-removed": lambda change: f"The model `{change.place}`.",
    "parameter-added": _new_field,
    "required-parameter-added": _new_field,
    "request-field-added": _new_field,
    "required-request-field-added": _new_field,
    "response-field-added": _new_field,
    "event-added": lambda change: f"The event `{change.place}`: {_lower(change.subject)}",
    "event-removed": lambda change: f"The event `{change.place}`. OrbitConnect no longer sends it.",
}


def _names(change: Change) -> list[str]:
    """What an entry is about: methods, arguments of methods, or attributes of models."""
    methods = _methods(change)
    owner, dot, _ = change.place.rpartition(".")
    is_argument = change.kind.name.startswith(("request-", "parameter-", "path-parameter-", "idempotency-"))
    is_shared = change.place[:1].isupper() and len(methods) > _NAMED
    if is_argument and methods and not is_shared:
        return [f"`{_attribute(change)}` of {method}" for method in methods] if dot else methods
    if change.place[:1].isupper():
        return [f"`{owner}.{_attribute(change)}`" if dot else f"`{change.place}`"]
    return methods or [f"`{change.place}`"]


def _methods(change: Change) -> list[str]:
    return [f"`{method}`" for method in change.methods]


def _listed(names: Sequence[str]) -> str:
    rest = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {rest} more" if rest > 0 else "")


def _attribute(change: Change) -> str:
    name = change.place.rpartition(".")[2]
    return naming.identifier(name) if name.isidentifier() else name


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
