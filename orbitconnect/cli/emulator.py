"""`orbitconnect emulator`: the API on 127.0.0.1."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # pyright: ignore[reportPrivateUsage]
else:
    Commands = argparse._SubParsersAction

DEFAULT_PORT = 7357

_HOW_TO = """\
The OrbitConnect emulator is at {url}

  Python         from orbitconnect import OrbitServer
                 from orbitconnect.emulator import LoopbackTransport
                 orbit = OrbitServer(secret_key="{key}", transport=LoopbackTransport("{url}"))
  other clients  base URL {url}/api/v1, x-api-key: {key} (or any other sk_test_… key)
  control        {url}/_emulator/health, and clock, state, faults, journal, webhooks
  state          {state}

Ctrl+C ends it."""


def add_emulator(commands: Commands) -> None:
    """Adds the command."""
    parser = commands.add_parser(
        "emulator",
        help="run the API on 127.0.0.1, stateful and offline",
        description="Run the OrbitConnect API on 127.0.0.1, stateful and offline. Takes any sk_test_ key.",
    )
    parser.add_argument(
        "--port", type=_port, default=DEFAULT_PORT, help=f"0 for any that is free (default: {DEFAULT_PORT})"
    )
    parser.add_argument("--db", metavar="FILE", help="keep the state in this file (default: in memory only)")
    parser.add_argument("--seed", help="the same seed gives the same ids and tokens")
    parser.add_argument("--signing-secret", metavar="SECRET", help="refuse requests that are not signed with it")
    parser.set_defaults(run=run_emulator)


def run_emulator(options: argparse.Namespace) -> int:
    """Runs the emulator until it is told to end.

    Raises:
        ImportError: If the extra is not installed.
        OSError: If the port is taken.
        ValueError: If the file is no emulator's.
    """
    from ..emulator import Emulator
    from ..emulator.handlers import all_handlers
    from ..emulator.server import load_run
    from ..emulator.store import MEMORY

    server = load_run()
    all_handlers()  # Now, not with the first request.
    with Emulator(options.db or MEMORY, seed=_seed(options.seed), signing_secret=options.signing_secret) as emulator:
        state = f"kept in {options.db}" if options.db else "in memory, gone when this ends (--db FILE keeps it)"

        def tell(url: str) -> None:
            print(_HOW_TO.format(url=url, key=emulator.secret_key, state=state), flush=True)

        server.run(emulator, options.port, tell)
    return 0


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError("must be a number from 0 to 65535")
    return int(text)


def _seed(text: str | None) -> int | str | None:
    # As in Python, where 7 and "7" are the same seed.
    return text
