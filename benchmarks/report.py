"""The result of a benchmark: tables, the data for charts, and the values that targets refer to."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.contestants import BASE, DISTRIBUTIONS
from benchmarks.measure import Measured


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
    """One group of bars in a chart. The parts of a bar are stacked."""

    title: str
    bars: Mapping[str, float | Sequence[float]]


class Picture(NamedTuple):
    """A chart of horizontal bars, with its panels side by side."""

    name: str
    title: str
    unit: str
    panels: Sequence[Panel]
    caption: str
    parts: Sequence[str] = ()
    """What the parts of a bar are. Empty if each bar has one."""
    decimals: int = 2
    base: float | None = 1
    """Where the dashed line is. None if the values are not ratios."""
    descending: bool = False
    """Whether larger values are better, and come first."""
    reference: str = BASE
    """The bar that the others are compared with."""


class Curve(NamedTuple):
    """One line of a chart: values by position on the axis."""

    name: str
    points: Mapping[float, float]


class Curves(NamedTuple):
    """A chart of lines. The axis has equal distances between powers."""

    name: str
    title: str
    unit: str
    axis: str
    curves: Sequence[Curve]
    caption: str


class Report(NamedTuple):
    """The result of a benchmark."""

    tables: Sequence[Table]
    pictures: Sequence[Picture | Curves] = ()
    values: Mapping[str, Measured] = {}
    """Measured values by key. `targets` refers to them as "BENCHMARK/KEY"."""


class Results(NamedTuple):
    """The results of several benchmarks, with a description of the machine and the versions."""

    reports: Mapping[str, Report]
    surroundings: str

    def dump(self, file: Path) -> None:
        """Save them as JSON."""
        reports = {name: _plain(report) for name, report in self.reports.items()}
        document = {"surroundings": self.surroundings, "reports": reports}
        file.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n")

    @classmethod
    def load(cls, file: Path) -> Results:
        """Read what `dump` saved."""
        document: dict[str, Any] = json.loads(file.read_text())
        reports = {name: _restored(report) for name, report in document["reports"].items()}
        return cls(reports, document["surroundings"])


def _plain(report: Report) -> dict[str, Any]:
    return {
        "tables": [table._asdict() for table in report.tables],
        "pictures": [_plain_picture(picture) for picture in report.pictures],
        "values": {key: value._asdict() for key, value in report.values.items()},
    }


def _plain_picture(picture: Picture | Curves) -> dict[str, Any]:
    if isinstance(picture, Curves):
        return {**picture._asdict(), "curves": [[curve.name, list(curve.points.items())] for curve in picture.curves]}
    return {**picture._asdict(), "panels": [panel._asdict() for panel in picture.panels]}


def _restored(report: dict[str, Any]) -> Report:
    return Report(
        [Table(**table) for table in report["tables"]],
        [_restored_picture(picture) for picture in report["pictures"]],
        {key: Measured(**value) for key, value in report["values"].items()},
    )


def _restored_picture(picture: dict[str, Any]) -> Picture | Curves:
    if "curves" in picture:
        return Curves(**{**picture, "curves": [Curve(name, dict(points)) for name, points in picture["curves"]]})
    return Picture(**{**picture, "panels": [Panel(**panel) for panel in picture["panels"]]})


def version(distribution: str) -> str | None:
    """Return the installed version, or None if the distribution is not installed."""
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return None


def surroundings() -> str:
    """Describe the machine, its Python, and the versions of the compared clients."""
    processor = platform.processor() or platform.machine()
    description = Path("/proc/cpuinfo")
    if description.exists():
        lines = description.read_text().splitlines()
        models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
        processor = f"{models[0]} with {len(models)} cores" if models else processor
    python = f"{platform.python_implementation()} {platform.python_version()}"
    versions = {name: version(name) for name in ("orbitconnect", *DISTRIBUTIONS)}
    packages = ", ".join(f"{name}\N{NO-BREAK SPACE}{number}" for name, number in versions.items() if number)
    return f"{processor}, {platform.system()}, {python}; {packages}"
