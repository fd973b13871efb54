"""Compares measured values with the targets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import NamedTuple

from benchmarks.measure import Measured
from benchmarks.targets import Target

TOLERANCE = 0.05
"""The share by which a value may miss its target in a full run, because two runs differ that much."""
QUICK_TOLERANCE = 1.0
"""The same in a quick run, which only has to find what became twice as slow."""


class Outcome(Enum):
    """How a measured value compares with its target."""

    MET = "met"
    TOLERATED = "within the tolerance"
    SHORT = "falls short"
    MISSING = "not measured"


class Verdict(NamedTuple):
    """A target, what was measured, and how both compare."""

    target: Target
    measured: Measured | None
    outcome: Outcome
    excess: float = 0.0
    """The share by which the value misses the target. Not positive if it meets the target."""

    @property
    def failed(self) -> bool:
        """Whether this must not pass. A value that was not measured does not."""
        return self.outcome in (Outcome.SHORT, Outcome.MISSING)

    def __str__(self) -> str:
        limit = f"{'at least' if self.target.at_least else 'at most'} {self.target.limit:g}"
        if self.measured is None:
            return f"{self.target.key}: {self.outcome.value}; {limit} is required"
        value = f"{self.measured.median:.3g} ({self.measured.low:.3g} to {self.measured.high:.3g})"
        by = f" by {self.excess:.0%}" if self.excess > 0 else ""
        return f"{self.target.key}: {value}, {limit}: {self.outcome.value}{by}"


def judge(targets: Iterable[Target], values: Mapping[str, Measured], tolerance: float) -> list[Verdict]:
    """Compare each target with its value."""
    return [_verdict(target, values.get(target.key), tolerance) for target in targets]


def _verdict(target: Target, measured: Measured | None, tolerance: float) -> Verdict:
    if measured is None:
        return Verdict(target, None, Outcome.MISSING)
    quotient = target.limit / measured.median if target.at_least else measured.median / target.limit
    return Verdict(target, measured, _outcome(quotient - 1, tolerance), quotient - 1)


def _outcome(excess: float, tolerance: float) -> Outcome:
    if excess <= 0:
        return Outcome.MET
    return Outcome.TOLERATED if excess <= tolerance else Outcome.SHORT


def shortfalls(verdicts: Iterable[Verdict]) -> str:
    """Name the targets that were missed, as Markdown."""
    missed = [verdict for verdict in verdicts if verdict.excess > 0]
    if not missed:
        return "All targets are met.\n"
    return "\n".join(["These values miss their targets:\n", *(f"- {verdict}" for verdict in missed), ""])


def summarize(verdicts: Iterable[Verdict]) -> str:
    """List all verdicts, those that failed last."""
    ordered = sorted(verdicts, key=lambda verdict: verdict.failed)
    failed = sum(verdict.failed for verdict in ordered)
    lines = [f"{'FAILED' if verdict.failed else 'ok':<6}  {verdict}" for verdict in ordered]
    return "\n".join([*lines, f"{len(ordered) - failed} of {len(ordered)} targets hold."])
