"""Draws the charts in the documentation."""

from __future__ import annotations

import textwrap
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from benchmarks.contestants import BASE, OURS
from benchmarks.report import Panel, Picture

_OURS, _BASE, _OTHERS, _INK, _FAINT = "#d9480f", "#495057", "#ced4da", "#212529", "#868e96"
_BAR, _TOP, _BOTTOM = 0.34, 0.75, 0.6
"""Heights in inches of a bar with its gap, the heading, and the caption."""


def draw(picture: Picture, folder: Path) -> None:
    """Write a chart as PNG, with its panels side by side."""
    rows, columns = max(len(panel.bars) for panel in picture.panels), len(picture.panels)
    height = _TOP + rows * _BAR + 0.7 + _BOTTOM
    width = 4.2 * columns if columns > 1 else 7.2
    figure = Figure(figsize=(width, height), dpi=120)
    FigureCanvasAgg(figure)
    rectangle = (0.15 / width, _BOTTOM / height, 1 - 0.3 / width, 1 - (_TOP + _BOTTOM) / height)
    figure.set_layout_engine("constrained", rect=rectangle, wspace=0.03)
    left = 0.2 / width
    figure.text(left, 1 - 0.14 / height, picture.title, fontsize=13, fontweight="bold", color=_INK, va="top")
    figure.text(left, 1 - 0.46 / height, picture.unit, fontsize=9.5, color=_FAINT, va="top")
    caption = "\n".join(textwrap.wrap(picture.caption, round(width * 15), break_on_hyphens=False))
    figure.text(left, 0.12 / height, caption, fontsize=7.5, color=_FAINT, va="bottom", linespacing=1.4)
    axes = figure.subplots(1, columns, sharex=True, squeeze=False)[0]
    for axis, panel in zip(axes, picture.panels, strict=True):
        _fill(axis, panel, rows)
    longest = max(value for panel in picture.panels for value in panel.bars.values())
    axes[0].set_xlim(0, longest * 1.18)  # leaves room for the figure after the longest bar
    figure.savefig(folder / f"{picture.name}.png")


def _fill(axis: Axes, panel: Panel, rows: int) -> None:
    bars = sorted(panel.bars.items(), key=lambda bar: bar[1])
    positions = range(len(bars))
    axis.axvline(1, color=_BASE, linewidth=1, linestyle=(0, (3, 3)), zorder=1)
    axis.barh(positions, [value for _, value in bars], color=[_colour(name) for name, _ in bars], height=0.72, zorder=2)
    axis.set_ylim(rows - 0.4, -0.6)
    axis.set_yticks(positions, [name for name, _ in bars], fontsize=9)
    for label, (name, _) in zip(axis.get_yticklabels(), bars, strict=True):
        ours = name.startswith(OURS)
        label.set(color=_OURS if ours else _INK, fontweight="bold" if ours else "normal")
    for position, (_, value) in zip(positions, bars, strict=True):
        text = axis.annotate(f"{value:.2f}", (value, position), xytext=(4, 0), textcoords="offset points", va="center")
        text.set(fontsize=8.5, color=_INK, zorder=3)
        text.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 0.8})
    axis.set_title(panel.title, fontsize=10.5, color=_INK, loc="left")
    axis.tick_params(axis="y", length=0)
    axis.tick_params(axis="x", labelsize=8, colors=_FAINT)
    axis.spines[["top", "right", "left"]].set_visible(False)
    axis.spines["bottom"].set_color(_OTHERS)


def _colour(name: str) -> str:
    return _OURS if name.startswith(OURS) else _BASE if name == BASE else _OTHERS
