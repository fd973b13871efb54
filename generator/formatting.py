"""Formats code with the pinned ruff. For generated code, ruff ignores all configuration files."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

LINE_LENGTH = 120


class GeneratorFailure(Exception):
    """A tool failed, or has a version other than the pinned one."""


def format_folder(folder: Path) -> None:
    """Remove unused imports, sort the others, and format all modules in a folder.

    Raises:
        GeneratorFailure: If ruff fails.
    """
    target = ["--target-version", "py311", str(folder)]
    _ruff("check", "--fix", "--select", "F401,I", "--exit-zero", *target)
    _ruff("format", *target)


def format_module(text: str, name: str) -> str:
    """Format the text of a module.

    Args:
        text: The module's text.
        name: The module's file name, for the error message.

    Raises:
        GeneratorFailure: If ruff fails.
    """
    return _ruff("format", "--stdin-filename", name, "-", text=text)


def format_source(root: Path, name: str, text: str) -> str:
    """Sort a hand-written module's imports, remove the unused ones, and format it, with the project's own settings.

    Args:
        root: The folder with the settings.
        name: The module's path in that folder.
        text: The module's text.

    Raises:
        GeneratorFailure: If ruff fails.
    """
    for command in (("check", "--fix", "--exit-zero", "--select", "I,F401"), ("format",)):
        text = _run(*command, "--no-cache", "--quiet", "--stdin-filename", name, "-", text=text, folder=root)
    return text


def _ruff(command: str, *arguments: str, text: str = "") -> str:
    options = ["--isolated", "--no-cache", "--quiet", "--line-length", str(LINE_LENGTH)]
    return _run(command, *options, *arguments, text=text)


def _run(command: str, *arguments: str, text: str, folder: Path | None = None) -> str:
    finished = subprocess.run(
        [sys.executable, "-P", "-m", "ruff", command, *arguments],
        cwd=folder,
        input=text,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if finished.returncode:
        raise GeneratorFailure(f"ruff {command} failed:\n{finished.stdout}{finished.stderr}")
    return finished.stdout
