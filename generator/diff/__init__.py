"""Compares two contracts: what changed, whom it breaks, and what the changelog should say."""

from __future__ import annotations

from ..contract import Contract
from .change import Change, Pair
from .document import compare_documents
from .events import compare_events
from .kinds import KINDS
from .operations import compare_operations
from .schemas import compare_schemas


def diff(old: Contract, new: Contract) -> list[Change]:
    """All changes from an old contract to a new one: breaking ones first, otherwise in the order of the kinds."""
    pair = Pair(old, new)
    for compare in (compare_documents, compare_operations, compare_schemas, compare_events):
        compare(pair)
    order = {name: index for index, name in enumerate(KINDS)}
    impacts = ("breaking", "compatible", "none")
    return sorted(
        pair.found, key=lambda change: (impacts.index(change.kind.impact), order[change.kind.name], change.line)
    )
