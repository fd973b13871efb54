"""Runs the benchmarks and prints the results. A full run of all benchmarks also updates `docs/performance.md`."""

from __future__ import annotations

import argparse
import importlib
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from benchmarks import check
from benchmarks.measure import Measured
from benchmarks.report import Report, Results, surroundings
from benchmarks.targets import TARGETS

BENCHMARKS = (
    "peers",
    "calls",
    "new_connections",
    "threads",
    "bulk",
    "latency",
    "cold_start",
    "decode",
    "encode",
    "emulator",
    "emulator_server",
    "growth",
    "durability",
    "transfer",
    "paging",
)
"""Modules of this package, each with a function `run`."""
DOCUMENT = Path(__file__).parents[1] / "docs" / "performance.md"
MARK = "<!-- Written by `make bench` from here on. -->\n"


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "benchmarks", nargs="*", metavar="BENCHMARK", help=f"any of {', '.join(BENCHMARKS)} (default: all)"
    )
    parser.add_argument("--quick", action="store_true", help="few repetitions, to check that it works; writes nothing")
    parser.add_argument(
        "--check", action="store_true", help="compare with the targets of these benchmarks; status 1 if one is missed"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="save the results")
    parser.add_argument("--load", type=Path, metavar="FILE", help="use saved results, and measure nothing")
    options = parser.parse_args()
    if unknown := sorted(set(options.benchmarks) - set(BENCHMARKS)):
        parser.error(f"unknown benchmark: {', '.join(unknown)}")
    names = options.benchmarks or list(BENCHMARKS)
    results = Results.load(options.load) if options.load else _run(names, quick=options.quick)
    if options.json:
        results.dump(options.json)
    if set(results.reports) == set(BENCHMARKS) and not options.quick:
        _document(results)
    if options.check and not _hold(names, results.reports, quick=options.quick):
        sys.exit(1)


def _run(names: list[str], *, quick: bool) -> Results:
    reports: dict[str, Report] = {}
    for number, name in enumerate(names, 1):
        print(f"\n[{number} of {len(names)}] {name} …", flush=True)
        began = time.perf_counter()
        reports[name] = importlib.import_module(f"benchmarks.{name}").run(quick=quick)
        for table in reports[name].tables:
            print(f"\n{table.markdown()}", end="")
        print(f"\n({name}: {time.perf_counter() - began:.0f} s)", flush=True)
    return Results(reports, surroundings())


def _document(results: Results) -> None:
    """Writes the tables below the marked line, and the charts."""
    from benchmarks import plot  # matplotlib is not needed otherwise.

    text, mark, _ = DOCUMENT.read_text().partition(MARK)
    if not mark:
        raise SystemExit(f"{DOCUMENT} has no line that marks where to write the figures: {MARK}")
    tables = [table.markdown() for each in results.reports.values() for table in each.tables]
    missed = check.shortfalls(check.judge(TARGETS, _values(results.reports), check.TOLERANCE))
    DOCUMENT.write_text("\n".join([text + mark, f"{results.surroundings}.\n", missed, *tables]))
    for each in results.reports.values():
        for picture in each.pictures:
            plot.draw(picture, DOCUMENT.parent / "images")


def _hold(names: list[str], reports: Mapping[str, Report], *, quick: bool) -> bool:
    """Compares the values with the targets of these benchmarks, and prints the verdicts."""
    values = _values(reports)
    targets = [target for target in TARGETS if target.benchmark in names]
    if quick:
        verdicts = check.judge([target.for_quick_run() for target in targets], values, check.QUICK_TOLERANCE)
    else:
        verdicts = check.judge(targets, values, check.TOLERANCE)
    print(f"\n{check.summarize(verdicts)}")
    return not any(verdict.failed for verdict in verdicts)


def _values(reports: Mapping[str, Report]) -> dict[str, Measured]:
    """The measured values by the keys of targets."""
    return {f"{name}/{key}": value for name, each in reports.items() for key, value in each.values.items()}


if __name__ == "__main__":
    main()
