"""The words that the contract may use, and how the checks suggest them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

EXTENSIONS = (
    "x-orbit-actor",
    "x-orbit-deprecated",
    "x-orbit-facade",
    "x-orbit-idempotency-key",
    "x-orbit-name",
    "x-orbit-provenance",
    "x-orbit-retry",
    "x-orbit-retry-reason",
    "x-orbit-vendor-urls",
)
PROVENANCES = ("observed", "documented", "inferred")
RETRY_CLASSES = ("safe", "idempotency-key", "never")


def one_of(values: Iterable[object]) -> str:
    """A remedy that lists the allowed values."""
    return f"Write one of: {', '.join(map(str, values))}."


def did_you_mean(name: str, known: Iterable[object], otherwise: str) -> str:
    """A remedy that suggests the known name nearest to an unknown one."""
    nearest = difflib.get_close_matches(name, [str(candidate) for candidate in known], n=1)
    return f"Did you mean `{nearest[0]}`?" if nearest else otherwise
