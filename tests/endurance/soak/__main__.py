"""Make an hour's worth of calls in a minute or two, with faults.

Is any call lost or carried out twice? Does memory use stay flat?

Usage: python -m tests.endurance.soak
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Mapping
from typing import Final

from tests.endurance.soak.run import STACKS, Soak, installed, run

AN_HOUR: Final = 20 * 3600
"""The calls of one hour at 20 a second."""


def main() -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.endurance.soak", description=__doc__)
    parser.add_argument("--calls", type=int, default=AN_HOUR, help=f"how many (default: {AN_HOUR})")
    parser.add_argument("--seed", type=int, default=1, help="of the calls and the faults (default: 1)")
    parser.add_argument(
        "--stack", action="append", default=[], choices=STACKS, help="only this client; can be given several times"
    )
    options = parser.parse_args()
    missing = sorted({*(options.stack or STACKS)} - {*installed()})
    began = time.monotonic()
    soak = run(options.calls, seed=options.seed, stacks=options.stack)
    _print(soak, time.monotonic() - began)
    if missing:
        _line("Not installed", ", ".join(missing))
    for flaw in soak.flaws[:50]:
        sys.stdout.write(f"  {flaw}\n")
    _line("Flaws", f"{len(soak.flaws)}")
    return 1 if soak.flaws else 0


def _print(soak: Soak, seconds: float) -> None:
    findings, server, client = soak.findings, soak.server, soak.client
    faults: dict[str, int] = server["faults"]
    first, last = soak.resident
    _line("Clients", ", ".join(soak.stacks))
    _line("Calls", f"{findings.calls:,} in {client['seconds']:.0f} s; {seconds:.0f} s with start and audit")
    _line("Requests that arrived", f"{server['requests']:,}")
    _line("Faults", f"{sum(faults.values()):,} ({_table(faults)}); {server['outages']} outages")
    _line("Retries", f"{client['retries']:,}")
    _line("Attempts", _table(client["attempts"]))
    _line("Outcomes", _table(findings.outcomes))
    _line("Known to the caller", _table(findings.fates))
    _line("Unknown, and carried out", f"{findings.unknown_done:,}")
    _line("Effects in the state", _table(findings.effects))
    _line("Lost", f"{len(findings.lost)}")
    _line("Doubled", f"{len(findings.doubled)}")
    _line("Carried out without being asked", f"{len(findings.unasked)}")
    _line("Wrong results or errors", f"{len(findings.wrong)}")
    _line("Money amiss", f"{len(findings.money)}")
    _line(
        "Memory", f"{first / 1e6:.1f} MB after the warm-up, {last / 1e6:.1f} MB in the end, {soak.growth:+.0f} B a call"
    )
    _line("Open files", f"{soak.most_files} at most, {client['before'][2]} before, {client['after'][2]} after")


def _table(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name}: {count:,}" for name, count in sorted(counts.items(), key=lambda pair: -pair[1]))


def _line(name: str, value: str) -> None:
    sys.stdout.write(f"{name + ':':33} {value}\n")


if __name__ == "__main__":
    sys.exit(main())
