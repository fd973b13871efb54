"""Draws the charts in the documentation."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.text import Text
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from benchmarks.contestants import BASE, OURS
from benchmarks.report import Curves, Panel, Picture

_OURS, _BASE, _OTHERS, _INK, _FAINT = "#d9480f", "#495057", "#ced4da", "#212529", "#868e96"
_SHADES = (1.0, 0.62, 0.32)
"""The opacity of the parts of a bar."""
_BAR, _TOP, _BOTTOM = 0.34, 0.75, 0.6
"""Heights in inches of a bar with its gap, the heading, and the caption."""


def draw(picture: Picture | Curves, folder: Path) -> None:
    """Write a chart as PNG."""
    figure = _curves(picture) if isinstance(picture, Curves) else _bars(picture)
    figure.savefig(folder / f"{picture.name}.png")


def _framed(picture: Picture | Curves, width: float, content: float) -> Figure:
    """A figure with the heading and the caption, and room for the content between them. Sizes are in inches."""
    height = _TOP + content + _BOTTOM
    figure = Figure(figsize=(width, height), dpi=120)
    FigureCanvasAgg(figure)
    rectangle = (0.15 / width, _BOTTOM / height, 1 - 0.3 / width, 1 - (_TOP + _BOTTOM) / height)
    figure.set_layout_engine("constrained", rect=rectangle, wspace=0.03)
    left = 0.2 / width
    figure.text(left, 1 - 0.14 / height, picture.title, fontsize=13, fontweight="bold", color=_INK, va="top")
    figure.text(left, 1 - 0.46 / height, picture.unit, fontsize=9.5, color=_FAINT, va="top")
    caption = "\n".join(textwrap.wrap(picture.caption, round(width * 15), break_on_hyphens=False))
    figure.text(left, 0.12 / height, caption, fontsize=7.5, color=_FAINT, va="bottom", linespacing=1.4)
    return figure


def _bars(picture: Picture) -> Figure:
    rows, columns = max(len(panel.bars) for panel in picture.panels), len(picture.panels)
    figure = _framed(picture, 4.2 * columns if columns > 1 else 7.2, rows * _BAR + 0.7)
    axes = figure.subplots(1, columns, sharex=True, squeeze=False)[0]
    for axis, panel in zip(axes, picture.panels, strict=True):
        _fill(axis, picture, panel, rows)
    longest = max(sum(_parts(bar)) for panel in picture.panels for bar in panel.bars.values())
    axes[0].set_xlim(0, longest * 1.18)  # leaves room for the figure after the longest bar
    if picture.parts:
        handles = [Patch(color=_BASE, alpha=shade) for shade in _SHADES[: len(picture.parts)]]
        # In the heading, where no bar can be. Its right half is free.
        corner = (1 - 0.15 / figure.get_figwidth(), 1 - 0.36 / figure.get_figheight())
        columns = len(picture.parts)
        options = {"loc": "upper right", "bbox_to_anchor": corner, "ncols": columns, "columnspacing": 1.2}
        figure.legend(handles, picture.parts, fontsize=8.5, frameon=False, handlelength=1.2, **options)
    return figure


def _fill(axis: Axes, picture: Picture, panel: Panel, rows: int) -> None:
    bars = sorted(panel.bars.items(), key=lambda bar: sum(_parts(bar[1])), reverse=picture.descending)
    if picture.base is not None:
        axis.axvline(picture.base, color=_BASE, linewidth=1, linestyle=(0, (3, 3)), zorder=1)
    for position, (name, bar) in enumerate(bars):
        start = 0.0
        for part, shade in zip(_parts(bar), _SHADES, strict=False):
            axis.barh(
                position, part, left=start, color=_colour(name, picture.reference), alpha=shade, height=0.72, zorder=2
            )
            start += part
        text = axis.annotate(
            f"{start:,.{picture.decimals}f}", (start, position), xytext=(4, 0), textcoords="offset points", va="center"
        )
        text.set(fontsize=8.5, color=_INK, zorder=3)
        text.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 0.8})
    axis.set_ylim(rows - 0.4, -0.6)
    axis.set_yticks(range(len(bars)), [name for name, _ in bars], fontsize=9)
    for label, (name, _) in zip(axis.get_yticklabels(), bars, strict=True):
        _mark(label, name)
    axis.set_title(panel.title, fontsize=10.5, color=_INK, loc="left")
    axis.tick_params(axis="y", length=0)
    _frame(axis)
    axis.spines["left"].set_visible(False)


def _curves(picture: Curves) -> Figure:
    figure = _framed(picture, 7.2, 3.6)
    axis = figure.subplots()
    positions = sorted({position for curve in picture.curves for position in curve.points})
    for curve in picture.curves:
        ours = _is_ours(curve.name)
        colour = _OURS if ours else _BASE if curve.name == BASE else _FAINT
        style = "--" if ours and "(" in curve.name else "-"
        axis.plot(
            list(curve.points),
            list(curve.points.values()),
            style,
            marker="o",
            color=colour,
            linewidth=2 if ours else 1.4,
        )
    axis.set_xscale("log")
    axis.xaxis.set_major_locator(FixedLocator(positions))
    axis.xaxis.set_minor_locator(NullLocator())
    axis.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,g}"))
    axis.set_ylim(0, max(value for curve in picture.curves for value in curve.points.values()) * 1.08)
    axis.set_xlabel(picture.axis, fontsize=9, color=_FAINT)
    axis.grid(axis="y", color=_OTHERS, linewidth=0.5)
    _frame(axis)
    axis.tick_params(axis="y", labelsize=8, colors=_FAINT)
    _name_curves(axis, picture)
    return figure


def _name_curves(axis: Axes, picture: Curves) -> None:
    """Write each name at the end of its line, moved apart where lines end close to each other."""
    distance = axis.get_ylim()[1] / 16
    ends = sorted((list(curve.points.values())[-1], curve) for curve in picture.curves)
    height = -distance
    for end, curve in ends:
        height = max(end, height + distance)
        label = axis.annotate(
            curve.name,
            (max(curve.points), end),
            xytext=(max(curve.points) * 1.12, height),
            textcoords="data",
            va="center",
            annotation_clip=False,
            fontsize=9,
        )
        _mark(label, curve.name)


def _frame(axis: Axes) -> None:
    axis.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,g}"))
    axis.tick_params(axis="x", labelsize=8, colors=_FAINT)
    axis.spines[["top", "right"]].set_visible(False)
    axis.spines[["bottom", "left"]].set_color(_OTHERS)


def _mark(label: Text, name: str) -> None:
    ours = _is_ours(name)
    label.set(color=_OURS if ours else _INK, fontweight="bold" if ours else "normal")


def _parts(bar: float | Sequence[float]) -> Sequence[float]:
    return [bar] if isinstance(bar, int | float) else bar


def _is_ours(name: str) -> bool:
    return name.startswith(OURS)


def _colour(name: str, reference: str) -> str:
    return _OURS if _is_ours(name) else _BASE if name == reference else _OTHERS
