"""How to install an extra. Everything that tells a user so takes it from here, and a test compares the documentation.

The project's name is not registered on any package index yet. Until the first release, the commands install the wheel
that `make build` writes: a command that named the project would install whatever somebody else registers under it.
"""

from __future__ import annotations

from typing import Final

INSTALL: Final = 'pip install "$(echo dist/orbitconnect-*.whl)[{extra}]"'
"""The command, with the extra's name left open."""


def how_to_install(extra: str) -> str:
    """Say how to install an extra, as the last sentence of an error message."""
    return f"The extra [{extra}] brings it. Install it from the wheel that `make build` writes: {command(extra)}"


def command(extra: str) -> str:
    """Name the command that installs an extra."""
    return INSTALL.format(extra=extra)
