"""The process under observation. It makes the calls.

Usage: python -m tests.endurance.soak.client LEDGER CALLS SEED STACKS, with the server's first line on standard input.
It prints a `traffic.Report` as one line of JSON.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.base_url import set_base_url


def main() -> None:
    """Make the calls."""
    path, count, seed, stacks = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4].split(",")
    world = json.loads(sys.stdin.readline())
    # Set before the client is imported, because parts of it are built from the address at import.
    set_base_url(world["url"])
    from tests.endurance.soak.ledger import Ledger
    from tests.endurance.soak.mix import Mix
    from tests.endurance.soak.traffic import Traffic

    with Ledger(path) as ledger:
        mix = Mix(world["owners"], world["members"], world["groups"], seed)
        report = Traffic(mix, ledger).run(stacks, count)
    sys.stdout.write(json.dumps(report._asdict()) + "\n")


if __name__ == "__main__":
    main()
