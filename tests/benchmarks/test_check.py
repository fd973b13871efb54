"""Comparing measured values with targets, as `make bench ARGS=--check` does."""

from __future__ import annotations

from pathlib import Path

from benchmarks import check
from benchmarks.check import Outcome
from benchmarks.measure import Measured
from benchmarks.report import Curve, Curves, Panel, Picture, Report, Results, Table
from benchmarks.targets import TARGETS, Target

AT_MOST = Target("calls/sync", 0.60)
AT_LEAST = Target("emulator_server/rate", 0.75, at_least=True)


def outcome(target: Target, value: float, tolerance: float = 0.05) -> Outcome:
    (verdict,) = check.judge([target], {target.key: Measured.of([value])}, tolerance)
    return verdict.outcome


def test_a_value_is_compared_with_its_limit_and_the_tolerance() -> None:
    assert outcome(AT_MOST, 0.60) is Outcome.MET
    assert outcome(AT_MOST, 0.62) is Outcome.TOLERATED
    assert outcome(AT_MOST, 0.64) is Outcome.SHORT
    assert outcome(AT_LEAST, 0.75) is Outcome.MET
    assert outcome(AT_LEAST, 0.72) is Outcome.TOLERATED
    assert outcome(AT_LEAST, 0.70) is Outcome.SHORT


def test_a_quick_run_fails_only_beyond_twice_the_target() -> None:
    assert outcome(AT_MOST, 1.19, check.QUICK_TOLERANCE) is Outcome.TOLERATED
    assert outcome(AT_MOST, 1.21, check.QUICK_TOLERANCE) is Outcome.SHORT
    assert outcome(AT_LEAST, 0.38, check.QUICK_TOLERANCE) is Outcome.TOLERATED
    assert outcome(AT_LEAST, 0.37, check.QUICK_TOLERANCE) is Outcome.SHORT


def test_a_quick_run_compares_with_what_was_reached_if_that_falls_short() -> None:
    target = AT_LEAST._replace(reached=0.40)
    assert outcome(target, 0.40) is Outcome.SHORT
    assert outcome(target.for_quick_run(), 0.21, check.QUICK_TOLERANCE) is Outcome.TOLERATED
    assert outcome(target.for_quick_run(), 0.19, check.QUICK_TOLERANCE) is Outcome.SHORT
    assert AT_MOST.for_quick_run() == AT_MOST


def test_a_target_without_a_value_fails() -> None:
    (verdict,) = check.judge([AT_MOST], {"calls/async": Measured.of([0.1])}, check.QUICK_TOLERANCE)
    assert verdict.failed
    assert str(verdict) == "calls/sync: not measured; at most 0.6 is required"


def test_the_summary_ends_with_what_falls_short_and_by_how_much() -> None:
    values = {AT_MOST.key: Measured.of([0.7, 0.72, 0.74]), AT_LEAST.key: Measured.of([0.8])}
    assert check.summarize(check.judge([AT_MOST, AT_LEAST], values, 0.05)).splitlines() == [
        "ok      emulator_server/rate: 0.8 (0.8 to 0.8), at least 0.75: met",
        "FAILED  calls/sync: 0.72 (0.71 to 0.73), at most 0.6: falls short by 20%",
        "1 of 2 targets hold.",
    ]


def test_no_value_has_two_targets() -> None:
    assert len({target.key for target in TARGETS}) == len(TARGETS)


def test_saved_results_are_read_back_unchanged(tmp_path: Path) -> None:
    bars = Picture("a", "A", "µs", [Panel("", {"x": 1.5, "y": [1.0, 2.0]})], "caption", parts=["one", "two"])
    lines = Curves("b", "B", "ms", "threads", [Curve("x", {1: 2.0, 64: 3.5})], "caption")
    results = Results(
        {"calls": Report([Table("T", ["a"], [["1"]])], [bars, lines], {"sync": Measured.of([1.0, 2.0])})}, "CPython"
    )
    file = tmp_path / "results.json"
    results.dump(file)
    assert Results.load(file) == results
