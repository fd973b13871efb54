"""`python -m generator diff`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ..contract import ContractError
from . import diff
from .kinds import Impact
from .report import as_json, text
from .revisions import UnknownRevision, last_release, read

DESCRIPTION = """\
Compare two contracts: what changed on the wire, in the models and in the facade, what of it is breaking, and what
CHANGELOG.md should say. The exit status is 0 if nothing breaks, 1 if something does, 2 if a contract cannot be read.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    names = "a file, a revision of git such as `HEAD~1` or `v1.0`, or REVISION:PATH"
    parser.add_argument("old", nargs="?", help=f"{names} (default: the last tag or, if there is none, HEAD)")
    parser.add_argument("new", nargs="?", help=f"{names} (default: the contract in the working tree)")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--allow-breaking", action="store_true", help="exit with 0 even if something breaks")


def run(options: argparse.Namespace, root: Path) -> int:
    """Print the differences and return the exit status."""
    old_name, new_name = options.old or last_release(root), options.new or str(options.contract)
    try:
        old, new = read(old_name, root, options.contract), read(new_name, root, options.contract)
    except UnknownRevision as error:
        print(error, file=sys.stderr)
        return 2
    except ContractError as error:
        print(error, file=sys.stderr)
        return 2
    changes = diff(old, new)
    shown = new_name if options.new else "working tree"
    print(as_json(changes) if options.json else text(changes, old_name, shown))
    breaks = any(change.kind.impact is Impact.BREAKING for change in changes)
    return int(breaks and not options.allow_breaking)
