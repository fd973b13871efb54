"""The command line: `orbitconnect`, or `python -m orbitconnect`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from .._version import VERSION
from .emulator import add_emulator


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that the arguments name; without one, print the help.

    Args:
        arguments: Those of the process, if there are none.

    Returns:
        The process's exit status.
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
        # What the user can do something about: a port that is taken, a file that is none, an extra that is missing.
        print(f"orbitconnect: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return status
