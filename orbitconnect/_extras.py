"""The commands that install the extras, for error messages. A test compares the documentation with them.

The project's name is not registered on a package index yet. Until the first release, the commands install the wheel
that `make build` writes. With the project's name, they would install any package that someone else registers under it.
"""

from __future__ import annotations

from typing import Final

INSTALL: Final = 'pip install "$(echo dist/orbitconnect-*.whl)[{extra}]"'
"""The command, with a placeholder for the extra's name."""


def how_to_install(extra: str) -> str:
    """Return the last sentences of an error message: how to install an extra."""
    return f"It is part of the extra [{extra}]. Install it from the wheel that `make build` writes: {command(extra)}"


def command(extra: str) -> str:
    """Return the command that installs an extra."""
    return INSTALL.format(extra=extra)
