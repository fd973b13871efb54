"""The commands in a terminal: the progress line, and `watch`."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator.__main__ import main
from tests.generator.test_build import PACKAGE, SMALL

CLEAR = "\r\033[K"


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    return Path(shutil.copyfile(SMALL, tmp_path / "orbit.yaml"))


def between_polls(monkeypatch: pytest.MonkeyPatch, *steps: Callable[[], object]) -> None:
    """Run one step per poll of `watch`, then press Ctrl-C."""
    remaining: Iterator[Callable[[], object]] = iter(steps)

    def sleep(seconds: float) -> None:
        assert seconds < 1
        step = next(remaining, None)
        if step is None:
            raise KeyboardInterrupt
        step()

    monkeypatch.setattr(time, "sleep", sleep)


def test_watch_builds_after_every_change_and_stops_on_control_c(
    contract: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = contract.read_text()
    monkeypatch.chdir(tmp_path)
    between_polls(
        monkeypatch,
        lambda: None,
        lambda: contract.write_text(text.replace("operationId: deleteThing", "")),
        contract.unlink,
        lambda: contract.write_text(text.replace("operationId: deleteThing", "operationId: removeThing")),
    )
    assert main(["watch", "--contract", str(contract), "--root", str(tmp_path)]) == 0
    printed = capsys.readouterr()
    assert printed.out.startswith("Watching orbit.yaml; press Ctrl-C to stop.\n")
    assert printed.out.count("added: 3 operations") == 1
    assert printed.out.count("added: 1 operation (remove_thing)") == 1
    assert "1 mistake in the contract; nothing was written." in printed.err
    assert (tmp_path / PACKAGE / "api/things/remove_thing.py").exists()
    assert not (tmp_path / PACKAGE / "api/things/delete_thing.py").exists()


@pytest.mark.parametrize("is_terminal", [True, False])
def test_progress_is_shown_on_one_line_and_only_in_a_terminal(
    is_terminal: bool,
    contract: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: is_terminal, raising=False)
    assert main(["build", "--contract", str(contract), "--root", str(tmp_path)]) == 0
    shown = capsys.readouterr().err
    if not is_terminal:
        assert shown == ""
        return
    assert "\n" not in shown
    steps = shown.split(CLEAR)
    assert steps[0] == steps[-1] == ""
    assert len(steps) > 3
    assert all(step.startswith("⋯ ") for step in steps[1:-1])
