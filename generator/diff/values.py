"""Compares the old and the new schema of one value: a parameter, a field, or an item of a list."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from ..contract import Pointer
from .change import Node, Pair
from .shapes import LOWER_LIMITS, OTHER_LIMITS, UPPER_LIMITS, Shape, shape

_SAME_PYTHON_TYPE = frozenset({None, "uri", "email", "password", "hostname", "int32", "int64", "float", "double"})
"""The formats whose values stay plain strings and numbers."""


class Direction(StrEnum):
    """Who sends a value: the SDK, or the server (in a response or a webhook delivery)."""

    REQUEST = "request"
    RESPONSE = "response"


@dataclass(frozen=True)
class Place:
    """Where a value is, and who sends it."""

    name: str
    pointer: Pointer
    direction: Direction
    methods: tuple[str, ...] = ()

    @property
    def is_sent(self) -> bool:
        """Whether the SDK sends the value."""
        return self.direction is Direction.REQUEST

    def inside(self, suffix: str, *keys: str | int) -> Place:
        """The place of a part of the value."""
        return replace(self, name=self.name + suffix, pointer=(*self.pointer, *keys))


def compare_values(pair: Pair, place: Place, old: Node, new: Node) -> None:
    """Record the differences between two schemas of one value."""
    before, after = shape(pair.old, old), shape(pair.new, new)
    _compare_types(pair, place, before, after)
    # Two references to the same enum are equal here: the enum itself is compared once, as a component.
    if before.name != after.name or before.name is None:
        compare_scalars(pair, place, before, after)
    _compare_remarks(pair, place, before, after)
    if before.items is not None and after.items is not None:
        compare_values(pair, place.inside("[]", "items"), before.items, after.items)
    if (before.values or after.values) and "object" in before.types & after.types:
        # The values of a map can be anything if the contract does not describe them.
        compare_values(pair, place.inside("{}", "additionalProperties"), before.values or {}, after.values or {})


def compare_scalars(pair: Pair, place: Place, before: Shape, after: Shape) -> None:
    """Record the differences in enum values, limits, pattern, format and default."""
    _compare_enums(pair, place, before, after)
    if before.discriminator != after.discriminator:
        detail = f"the discriminator changes from {_limit(before.discriminator)} to {_limit(after.discriminator)}"
        _add(pair, place, "discriminator-changed", detail)
    _compare_mappings(pair, place, before, after)
    _compare_limits(pair, place, before, after)
    _compare_formats(pair, place, before, after)
    if place.is_sent and (before.has_default, before.default) != (after.has_default, after.default):
        detail = f"the server's default changes from {_default(before)} to {_default(after)}"
        _add(pair, place, "request-default-changed", detail)


def _add(pair: Pair, place: Place, kind: str, detail: str) -> None:
    pair.add(kind, place.name, detail, place.pointer, methods=place.methods)


def _compare_types(pair: Pair, place: Place, before: Shape, after: Shape) -> None:
    old, new = before.types - {"null"}, after.types - {"null"}
    old_all, new_all = _with_integers(old), _with_integers(new)
    prefix = place.direction
    # A schema without a type allows everything, and so does a type that is not known.
    if old != new and old_all != new_all:
        if not new or (old and new_all > old_all):
            kind = "type-widened"
        elif not old or new_all < old_all:
            kind = "type-narrowed"
        else:
            kind = "type-changed"
        detail = f"the type changes from {_types(old)} to {_types(new)}"
        _add(pair, place, f"{prefix}-{kind}", detail)
    was, is_now = "null" in before.types or not before.types, "null" in after.types or not after.types
    if was == is_now:
        return
    if place.is_sent:
        kind, detail = ("null-allowed", "can be null now") if is_now else ("null-refused", "can no longer be null")
    else:
        kind, detail = ("null-added", "can be null now") if is_now else ("null-removed", "is never null now")
    _add(pair, place, f"{prefix}-{kind}", detail)


def _with_integers(types: set[str]) -> set[str]:
    return types | {"integer"} if "number" in types else types


def _types(types: set[str]) -> str:
    return " or ".join(sorted(types)) or "anything"


def _compare_enums(pair: Pair, place: Place, before: Shape, after: Shape) -> None:
    prefix = place.direction
    if before.enum is None and after.enum is None:
        return
    was_open, is_open = before.enum is None or before.is_open, after.enum is None or after.is_open
    if was_open != is_open:
        state = "values that are not listed are " + ("possible now" if is_open else "no longer possible")
        _add(pair, place, f"{prefix}-enum-{'opened' if is_open else 'closed'}", state)
    if before.enum is None or after.enum is None:
        return
    added = "closed-response-enum-value-added" if not place.is_sent and not is_open else f"{prefix}-enum-value-added"
    for value in after.enum:
        if value not in before.enum:
            _add(pair, place, added, f"the value `{value}` is new")
    for value in before.enum:
        if value not in after.enum:
            _add(pair, place, f"{prefix}-enum-value-removed", f"the value `{value}` is gone")


def _compare_mappings(pair: Pair, place: Place, before: Shape, after: Shape) -> None:
    """Compare the values of a discriminator. Components that are new or gone are a change of the type."""
    if before.discriminator is None or before.discriminator != after.discriminator:
        return
    for value, name in before.mapping.items():
        if after.mapping.get(value) != name and name in after.mapping.values():
            _add(pair, place, "discriminator-changed", f"the value `{value}` no longer stands for {name}")
    for value, name in after.mapping.items():
        if value not in before.mapping and any(
            before.mapping.get(key) == name == after.mapping[key] for key in after.mapping
        ):
            _add(pair, place, f"{place.direction}-enum-value-added", f"the value `{value}` stands for {name}, too")


def _compare_limits(pair: Pair, place: Place, before: Shape, after: Shape) -> None:
    for key in (*LOWER_LIMITS, *UPPER_LIMITS, *OTHER_LIMITS):
        old, new = before.limits.get(key), after.limits.get(key)
        if old == new:
            continue
        kind = "response-limit-changed"
        if place.is_sent:
            kind = "request-limit-tightened" if _is_tighter(key, old, new) else "request-limit-loosened"
        _add(pair, place, kind, f"`{key}` changes from {_limit(old)} to {_limit(new)}")
    if before.pattern != after.pattern:
        kind = "request-pattern-changed" if place.is_sent else "response-limit-changed"
        _add(pair, place, kind, f"the pattern changes from {_limit(before.pattern)} to {_limit(after.pattern)}")


def _is_tighter(key: str, old: Any, new: Any) -> bool:
    if new is None or new is False:
        return False
    if old is None or old is False or key in OTHER_LIMITS:
        return True
    return bool(new > old) if key in LOWER_LIMITS else bool(new < old)


def _limit(value: Any) -> str:
    return "none" if value is None else f"`{value}`"


def _default(found: Shape) -> str:
    return f"`{found.default}`" if found.has_default else "none"


def _name(found: Shape) -> str:
    return f"`{found.python_name}`" if found.python_name else "the field's own"


def _compare_formats(pair: Pair, place: Place, before: Shape, after: Shape) -> None:
    old, new = before.format, after.format
    if old == new:
        return
    if before.is_secret != after.is_secret:
        detail = "is a secret now" if after.is_secret else "is no longer a secret"
        _add(pair, place, f"secret-{'marked' if after.is_secret else 'unmarked'}", detail)
    detail = f"the format changes from {_limit(old)} to {_limit(new)}"
    if {old, new} <= _SAME_PYTHON_TYPE:
        if "password" not in (old, new):
            _add(pair, place, "description-changed", detail)
    else:
        _add(pair, place, f"{place.direction}-format-changed", detail)


def _compare_remarks(pair: Pair, place: Place, before: Shape, after: Shape) -> None:
    if before.python_name != after.python_name:
        detail = f"the name in Python changes from {_name(before)} to {_name(after)}"
        _add(pair, place, "python-name-changed", detail)
    if after.is_deprecated and not before.is_deprecated:
        _add(pair, place, f"{place.direction}-field-deprecated", "is deprecated now")
    if before.description != after.description:
        _add(pair, place, "description-changed", "the description changes")
    if before.provenance != after.provenance:
        detail = f"the provenance changes from {_limit(before.provenance)} to {_limit(after.provenance)}"
        _add(pair, place, "provenance-changed", detail)
