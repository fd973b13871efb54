"""Finds the contracts to compare: files, or files as they were in a revision of git."""

from __future__ import annotations

import subprocess
from pathlib import Path

from ..checks.document import check_references
from ..contract import Contract, ContractError, Mistake
from ..loading import load, parse


class UnknownRevision(Exception):
    """An argument is neither a file nor a revision that git knows."""


def last_release(root: Path) -> str:
    """The newest tag that the current commit descends from. `HEAD` if there is none, as in a shallow clone."""
    try:
        return _git(root, "describe", "--tags", "--abbrev=0")
    except UnknownRevision:
        return "HEAD"


def read(name: str, root: Path, default: Path) -> Contract:
    """Read one of the two contracts.

    Args:
        name: A file, a revision such as `v1.0` or `HEAD~1`, or a revision and a path, such as
            `HEAD~1:openapi/orbit.yaml`.
        root: The root of the repository.
        default: The path of the contract, for a revision without a path.

    Raises:
        UnknownRevision: If there is no such file or revision.
        ContractError: If the contract cannot be read.
    """
    path = Path(name)
    if path.exists() and not path.is_dir():
        contract = load(path)
    else:
        revision, _, inside = name.partition(":")
        inside = inside or default.resolve().relative_to(root.resolve()).as_posix()
        contract = parse(_git(root, "show", f"{revision}:{inside}"), Path(f"{revision}:{inside}"))
    mistakes = list(check_references(contract)) or list(_check_shape(contract))
    if mistakes:
        raise ContractError(contract.path, mistakes)
    return contract


def _check_shape(contract: Contract) -> list[Mistake]:
    if isinstance(contract.data.get("paths"), dict) and isinstance(contract.data.get("components"), dict):
        return []
    return [contract.mistake((), "there are no paths or components", "Pass an OpenAPI document.")]


def _git(root: Path, *arguments: str) -> str:
    try:
        finished = subprocess.run(("git", *arguments), cwd=root, capture_output=True, text=True, check=False)  # noqa: S607  # The git of the caller.
    except FileNotFoundError:
        raise UnknownRevision("git was not found. Pass the paths of two files.") from None
    if finished.returncode:
        reason = finished.stderr.strip().removeprefix("fatal: ").rstrip(".") or "git failed"
        raise UnknownRevision(
            f"{arguments[-1]} is neither a file nor a revision of git: {reason}.\n"
            "Pass a file, a revision such as `HEAD~1` or `v1.0`, or `REVISION:PATH`."
        )
    return finished.stdout.strip() if arguments[0] == "describe" else finished.stdout
