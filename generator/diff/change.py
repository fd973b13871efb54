"""One change between two contracts, and the pair of contracts that the comparisons share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from ..contract import Contract, Pointer
from .kinds import KINDS, Kind

Node = Any
"""A part of a contract. Old contracts may contain anything, so its type is not known."""


@dataclass(frozen=True)
class Change:
    """One change: its kind, where it is, and what it is."""

    kind: Kind
    place: str
    """What changed, for example `sendMessage`, `Message.content` or `message.sent`."""

    detail: str
    """The change in words, without the place."""

    line: int
    """A line of the new contract. For something that was removed: of the old one."""

    is_old_line: bool
    methods: tuple[str, ...] = ()
    """The facade methods that the change affects."""

    subject: str = ""
    """The description of what was added, or what replaces the old value. The changelog needs it."""


@dataclass
class Pair:
    """The two contracts, and the changes found so far."""

    old: Contract
    new: Contract
    found: dict[Change, None] = field(default_factory=dict)

    def add(
        self,
        kind: str,
        place: str,
        detail: str,
        pointer: Pointer,
        *,
        methods: Iterable[str] = (),
        subject: str = "",
        is_old: bool = False,
    ) -> None:
        """Record a change. `pointer` is its place in the new contract, or in the old one if `is_old`."""
        contract = self.old if is_old else self.new
        self.found[Change(KINDS[kind], place, detail, contract.line(pointer), is_old, tuple(methods), subject)] = None


def methods_of(data: Node) -> tuple[str, ...]:
    """The facade methods of an operation."""
    return tuple(map(str, data.get("x-orbit-facade") or ()))


def flat(text: object) -> str:
    """A description on one line."""
    return " ".join(str(text or "").split())


def compare_remarks(pair: Pair, place: str, old: Node, new: Node, pointer: Pointer) -> None:
    """Record changes of a summary, a description or a provenance."""
    if any(flat(old.get(key)) != flat(new.get(key)) for key in ("summary", "description")):
        pair.add("description-changed", place, "the description changes", pointer)
    before, after = old.get("x-orbit-provenance"), new.get("x-orbit-provenance")
    if before != after:
        pair.add("provenance-changed", place, f"the provenance changes from `{before}` to `{after}`", pointer)
