"""`orbitconnect emulator`: run the emulator on 127.0.0.1."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from ..emulator import Emulator, InitialWebhook

DEFAULT_PORT = 7357
_MAX_SECONDS = 366 * 24 * 3600
_UNITS = {"": 1.0, "s": 1.0, "second": 1.0, "m": 60.0, "minute": 60.0, "h": 3600.0, "hour": 3600.0}

_HOW_TO = """\
The OrbitConnect emulator is at {url}

  Python         from orbitconnect import OrbitServer
                 from orbitconnect.emulator import LoopbackTransport
                 orbit = OrbitServer(secret_key="{key}", transport=LoopbackTransport("{url}"))
  other clients  base URL {url}{base_path}, {header}: {key} (or any other sk_test_… key)
  control        {url}/_emulator/health, and clock, state, faults, journal, webhooks
  state          {state}
  webhook        {webhook}

Press Ctrl+C to stop."""


class Commands(Protocol):
    """The type that `ArgumentParser.add_subparsers` returns, for which argparse has no public name."""

    def add_parser(self, name: str, /, *, help: str, description: str) -> argparse.ArgumentParser:
        """Add a command."""
        ...


def add_emulator(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "emulator",
        help="run the API on 127.0.0.1, stateful and offline",
        description="Run the OrbitConnect API on 127.0.0.1, stateful and offline. It accepts any sk_test_ key.",
    )
    parser.add_argument(
        "--port", type=_port, default=DEFAULT_PORT, help=f"the port; 0 picks a free one (default: {DEFAULT_PORT})"
    )
    parser.add_argument("--db", metavar="FILE", help="keep the state in this file (default: in memory)")
    parser.add_argument("--seed", help="makes ids and secrets reproducible: the same requests get the same ones")
    parser.add_argument(
        "--signing-secret", metavar="SECRET", help="reject requests that are not signed with this secret"
    )
    parser.add_argument("-v", "--verbose", action="store_true", help="print a line for each request")
    parser.add_argument(
        "--rate-limit",
        type=_rate_limit,
        metavar="N/TIME",
        help="allow a key N requests in TIME (seconds, s, m or h), such as 100/60 or 100/m; answer 429 to the rest",
    )
    media = parser.add_argument_group("media")
    media.add_argument(
        "--media-processing-seconds",
        type=_seconds,
        default=5.0,
        metavar="SECONDS",
        help="how long the processing of a file or a recording takes (default: 5)",
    )
    media.add_argument(
        "--media-url-seconds",
        type=_url_seconds,
        default=3600.0,
        metavar="SECONDS",
        help="how long the URL of a file is valid (default: 3600)",
    )
    webhook = parser.add_argument_group("webhook")
    webhook.add_argument(
        "--webhook-url", metavar="URL", help="deliver events to this URL, which must be on this machine"
    )
    webhook.add_argument(
        "--webhook-secret",
        metavar="SECRET",
        help="sign the deliveries with this secret (default: generated and printed)",
    )
    webhook.add_argument(
        "--webhook-events",
        metavar="TYPES",
        help="the event types to deliver, separated by commas, such as message.sent,call.* (default: all)",
    )
    parser.set_defaults(run=run_emulator)


def run_emulator(options: argparse.Namespace) -> int:
    """Run the emulator until it is stopped.

    Raises:
        ImportError: If the extra is not installed.
        OSError: If the port is in use.
        ValueError: If the file does not belong to an emulator, or an option is not valid.
    """
    from orbitconnect_api.operations import SECRET_KEY_HEADER

    from ..emulator import Emulator, MediaOptions, RateLimit
    from ..emulator.composition import all_handlers
    from ..emulator.exchange import BASE_PATH
    from ..emulator.server import check_installed
    from ..emulator.store import MEMORY

    check_installed()
    from ..emulator.server.run import run

    all_handlers()  # Load the modules now, not at the first request.
    webhook = _webhook(options)
    with Emulator(
        options.db or MEMORY,
        seed=options.seed,
        signing_secret=options.signing_secret,
        rate_limit=None if options.rate_limit is None else RateLimit(*options.rate_limit),
        media=MediaOptions(processing_seconds=options.media_processing_seconds, url_seconds=options.media_url_seconds),
        webhooks=() if webhook is None else (webhook,),
    ) as emulator:
        state = f"kept in {options.db}" if options.db else "in memory, lost at the end (use --db FILE to keep it)"
        deliveries = "none (use --webhook-url URL to get events)"
        if webhook is not None:
            deliveries = f"{webhook.url}, signed with {_shown_secret(emulator, webhook)}"

        def tell(url: str) -> None:
            text = _HOW_TO.format(
                url=url,
                base_path=BASE_PATH,
                header=SECRET_KEY_HEADER,
                key=emulator.secret_key,
                state=state,
                webhook=deliveries,
            )
            print(text, flush=True)

        run(emulator, options.port, tell, verbose=options.verbose)
    return 0


def _webhook(options: argparse.Namespace) -> InitialWebhook | None:
    from ..emulator import InitialWebhook

    if options.webhook_url is None:
        if options.webhook_secret is not None or options.webhook_events is not None:
            raise ValueError("--webhook-secret and --webhook-events need --webhook-url, which is missing.")
        return None
    events = [name.strip() for name in (options.webhook_events or "*").split(",")]
    return InitialWebhook(options.webhook_url, options.webhook_secret, tuple(events))


def _shown_secret(emulator: Emulator, webhook: InitialWebhook) -> str:
    """Return the secret to print: a generated secret has to be shown, but a given one must not be."""
    from ..emulator.server.emulator_access import reading
    from ..emulator.webhooks.initial import secret_of

    if webhook.secret is not None:
        return "the secret of --webhook-secret"
    with reading(emulator) as context:
        return secret_of(context, webhook)


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError("must be an integer from 0 to 65535")
    return int(text)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= _MAX_SECONDS:
        raise argparse.ArgumentTypeError(f"must be a number of seconds from 0 to {_MAX_SECONDS}")
    return seconds


def _url_seconds(text: str) -> float:
    seconds = _seconds(text)
    if seconds < 1:
        raise argparse.ArgumentTypeError("must be at least 1 second")
    return seconds


def _rate_limit(text: str) -> tuple[int, float]:
    count, _, time = text.partition("/")
    seconds = _UNITS.get(time) or _seconds(time)
    if not count.isdecimal() or int(count) < 1 or not seconds:
        raise argparse.ArgumentTypeError("must be N/TIME, such as 100/60 or 100/m")
    return int(count), seconds
