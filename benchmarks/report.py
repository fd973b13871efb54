"""The result of a benchmark: tables, and the data for charts."""

from __future__ import annotations

import platform
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

from benchmarks.contestants import DISTRIBUTIONS


class Table(NamedTuple):
    """A table whose cells are text."""

    title: str
    columns: list[str]
    rows: list[list[str]]
    note: str = ""

    def markdown(self) -> str:
        """The table in Markdown, with columns that also line up in plain text."""
        lines = [self.columns, *self.rows]
        widths = [max(len(line[column]) for line in lines) for column in range(len(self.columns))]
        first, *rest = (
            "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |"
            for line in lines
        )
        rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
        table = "\n".join([first, rule, *rest])
        return f"**{self.title}**\n\n{table}\n" + (f"\n{self.note}\n" if self.note else "")


class Panel(NamedTuple):
    """One group of bars in a chart."""

    title: str
    bars: dict[str, float]


class Picture(NamedTuple):
    """A chart of horizontal bars. Values are relative to the base."""

    name: str
    title: str
    unit: str
    panels: list[Panel]
    caption: str


class Report(NamedTuple):
    """The result of a benchmark."""

    tables: list[Table]
    pictures: list[Picture]


def surroundings() -> str:
    """Describe the machine, its Python, and the versions of the compared clients."""
    processor = platform.processor() or platform.machine()
    description = Path("/proc/cpuinfo")
    if description.exists():
        lines = description.read_text().splitlines()
        models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
        processor = f"{models[0]} with {len(models)} cores" if models else processor
    python = f"{platform.python_implementation()} {platform.python_version()}"
    packages = ", ".join(f"{name} {metadata.version(name)}" for name in ("orbitconnect", *DISTRIBUTIONS))
    return f"{processor}, {platform.system()}, {python}; {packages}"
