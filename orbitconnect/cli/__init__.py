"""The command line: `orbitconnect`, or `python -m orbitconnect`.

Each command has a module, which parses the options, calls the package that does the work, and prints the results. Logic
belongs in that package. Only `__main__` modules may import this package.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from .._version import VERSION
from .emulator import add_emulator


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command, or print the help if the arguments name none.

    Args:
        arguments: The command and its options. By default, the arguments of the process.

    Returns:
        The process's exit status: 0, 1 after an error, 130 after Ctrl+C.
    """
    parser = argparse.ArgumentParser(prog="orbitconnect", description="Develop with OrbitConnect.")
    parser.add_argument("--version", action="version", version=f"orbitconnect {VERSION}")
    commands = parser.add_subparsers(title="commands", metavar="command")
    add_emulator(commands)
    options = parser.parse_args(arguments)
    if "run" not in options:
        parser.print_help()
        return 0
    try:
        status: int = options.run(options)
    except (OSError, ValueError, RuntimeError, ImportError) as error:
        # Errors that the user can fix: the port is in use, the file is not an emulator's, an extra is not installed.
        print(f"orbitconnect: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return status
