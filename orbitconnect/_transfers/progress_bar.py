"""Show a progress bar for a transfer, with rich, from the extra `[progress]`."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, Final

from orbitconnect_api.values import wrong_type

from .._extras import how_to_install

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import TaskID

    from ..transfers import Progress


@contextmanager
def reporting(progress: Progress | None, show_progress: bool, label: str) -> Generator[Progress, None, None]:
    """Yield the function to call with a transfer's progress.

    Args:
        progress: The caller's progress function, if any.
        show_progress: Whether to show a progress bar on standard error.
        label: The text before the bar.

    Raises:
        ImportError: If `show_progress` is true and rich is not installed.
        TypeError: If `progress` cannot be called.
    """
    if progress is not None and not callable(progress):
        raise wrong_type(progress, "progress", "a function")
    if not show_progress:
        yield progress or _ignore
        return
    with _bar(label) as show:
        if progress is None:
            yield show
            return

        def both(done: int, total: int | None) -> None:
            show(done, total)
            progress(done, total)

        yield both


def _ignore(_done: int, _total: int | None) -> None:
    pass


class _Shared:
    """The progress bars of all transfers in this process. They share one rich display."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._bars: Bars | None = None
        self._count = 0

    def add(self, label: str) -> tuple[Bars, TaskID]:
        """Add a bar. The first one starts the display."""
        with self._lock:
            if self._bars is None:
                bars = _new_bars()
                bars.start()
                self._bars = bars
            self._count += 1
            return self._bars, self._bars.add_task(label, total=None)

    def remove(self) -> None:
        """Record that a transfer has ended. The last one stops the display."""
        with self._lock:
            self._count -= 1
            if self._count == 0 and self._bars is not None:
                bars, self._bars = self._bars, None
                bars.stop()


_shared: Final = _Shared()


@contextmanager
def _bar(label: str) -> Generator[Progress, None, None]:
    bars, task = _shared.add(label)

    def show(done: int, total: int | None) -> None:
        bars.update(task, completed=done, total=total)

    try:
        yield show
    finally:
        bars.stop_task(task)
        _shared.remove()


def _new_bars() -> Bars:
    try:
        from rich.console import Console
        from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn
        from rich.progress import TransferSpeedColumn as SpeedColumn
    except ImportError:
        raise ImportError(
            f"show_progress requires rich, which is not installed. {how_to_install('progress')}", name="rich"
        ) from None
    # The label contains a file name, which must not be parsed as markup.
    label = TextColumn("{task.description}", markup=False)
    columns = (label, BarColumn(), DownloadColumn(), SpeedColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True))
