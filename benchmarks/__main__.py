"""Asks the questions and prints the answers. All of them, asked in full, also go into `docs/performance.md`."""

from __future__ import annotations

import argparse
import importlib
import time
from pathlib import Path

from benchmarks import plot
from benchmarks.report import Report, surroundings

QUESTIONS = (
    "calls",
    "new_connections",
    "first_call",
    "imports",
    "decode",
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
    parser.add_argument("questions", nargs="*", metavar="QUESTION", help=f"any of {', '.join(QUESTIONS)}; else all")
    parser.add_argument("--quick", action="store_true", help="few repetitions, to see that it works; writes nothing")
    options = parser.parse_args()
    if unknown := sorted(set(options.questions) - set(QUESTIONS)):
        parser.error(f"no such question: {', '.join(unknown)}")
    reports = [_ask(question, quick=options.quick) for question in options.questions or QUESTIONS]
    if not options.questions and not options.quick:
        _document(reports)


def _ask(question: str, *, quick: bool) -> Report:
    began = time.perf_counter()
    report: Report = importlib.import_module(f"benchmarks.{question}").run(quick=quick)
    for table in report.tables:
        print(f"\n{table.markdown()}", end="")
    print(f"\n({question}: {time.perf_counter() - began:.0f} s)", flush=True)
    return report


def _document(reports: list[Report]) -> None:
    """Writes the tables below the mark, and the pictures."""
    text, mark, _ = DOCUMENT.read_text().partition(MARK)
    if not mark:
        raise SystemExit(f"{DOCUMENT} lacks the line after which the figures belong: {MARK}")
    tables = [table.markdown() for report in reports for table in report.tables]
    DOCUMENT.write_text("\n".join([text + mark, f"{surroundings()}.\n", *tables]))
    for report in reports:
        for picture in report.pictures:
            plot.draw(picture, DOCUMENT.parent / "images")


if __name__ == "__main__":
    main()
