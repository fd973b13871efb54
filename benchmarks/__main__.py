"""Runs the benchmarks and prints the results. A full run of all benchmarks also updates `docs/performance.md`."""

from __future__ import annotations

import argparse
import importlib
import time
from pathlib import Path

from benchmarks import plot
from benchmarks.report import Report, surroundings

BENCHMARKS = (
    "calls",
    "new_connections",
    "first_call",
    "imports",
    "decode",
    "encode",
    "emulator",
    "emulator_server",
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
    options = parser.parse_args()
    if unknown := sorted(set(options.benchmarks) - set(BENCHMARKS)):
        parser.error(f"unknown benchmark: {', '.join(unknown)}")
    reports = [_run(name, quick=options.quick) for name in options.benchmarks or BENCHMARKS]
    if not options.benchmarks and not options.quick:
        _document(reports)


def _run(name: str, *, quick: bool) -> Report:
    began = time.perf_counter()
    report: Report = importlib.import_module(f"benchmarks.{name}").run(quick=quick)
    for table in report.tables:
        print(f"\n{table.markdown()}", end="")
    print(f"\n({name}: {time.perf_counter() - began:.0f} s)", flush=True)
    return report


def _document(reports: list[Report]) -> None:
    """Writes the tables below the marked line, and the charts."""
    text, mark, _ = DOCUMENT.read_text().partition(MARK)
    if not mark:
        raise SystemExit(f"{DOCUMENT} has no line that marks where to write the figures: {MARK}")
    tables = [table.markdown() for report in reports for table in report.tables]
    DOCUMENT.write_text("\n".join([text + mark, f"{surroundings()}.\n", *tables]))
    for report in reports:
        for picture in report.pictures:
            plot.draw(picture, DOCUMENT.parent / "images")


if __name__ == "__main__":
    main()
