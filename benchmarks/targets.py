"""The limits within which the SDK has to stay, each for a value that a benchmark measures."""

from __future__ import annotations

from typing import NamedTuple

from benchmarks.contestants import OURS
from benchmarks.growing import LISTS, OPERATIONS


class Target(NamedTuple):
    """A limit for one measured value."""

    key: str
    """The benchmark and the key of its value, such as "decode/usual fields/json.loads, then models"."""
    limit: float
    at_least: bool = False
    """Whether the value may not be smaller than the limit. Otherwise it may not be larger."""
    reached: float | None = None
    """What the SDK has reached, if that falls far short of the limit. A quick run compares with this."""

    def for_quick_run(self) -> Target:
        """The target with a limit that only a change for the worse can miss."""
        return self if self.reached is None else self._replace(limit=self.reached)

    @property
    def benchmark(self) -> str:
        """The name of the benchmark that measures the value."""
        return self.key.partition("/")[0]


_STDLIB, _AIOHTTP = f"{OURS} (stdlib)", f"{OURS} (aiohttp)"

TARGETS = (
    # Calls on a connection that is open: processor time, httpx = 1.
    Target(f"calls/HTTP/sync/{OURS}", 0.60),
    Target(f"calls/HTTP/async, alone/{OURS}", 0.56),
    Target(f"calls/HTTP/async, 50 at once/{OURS}", 0.17),
    Target(f"calls/TLS/sync/{OURS}", 0.66),
    Target(f"calls/TLS/async, alone/{OURS}", 0.60),
    Target(f"calls/TLS/async, 50 at once/{OURS}", 0.18),
    Target(f"calls/HTTP/sync/{_STDLIB}", 0.33),
    Target(f"calls/TLS/sync/{_STDLIB}", 0.38),
    Target(f"calls/HTTP/async, alone/{_AIOHTTP}", 0.36),
    Target(f"calls/HTTP/async, 50 at once/{_AIOHTTP}", 0.08),
    Target(f"calls/TLS/async, alone/{_AIOHTTP}", 0.36),
    Target(f"calls/TLS/async, 50 at once/{_AIOHTTP}", 0.09),
    # The processor time of a call with 64 threads, compared with one thread.
    Target(f"threads/64 threads to 1/{OURS}", 1.15),
    Target(f"threads/64 threads to 1/{_STDLIB}", 1.15),
    # The processor time of a call, 50 at once, compared with a loop written by hand over aiohttp.
    Target(f"bulk/cost/{_AIOHTTP}", 1.3),
    # Reading a page of 100 messages, json.loads = 1.
    Target("decode/usual fields/json.loads, then models", 1.65),
    Target("decode/usual fields/orjson.loads, then models", 1.15),
    Target("decode/all fields/json.loads, then models", 1.70),
    Target("decode/all fields/orjson.loads, then models", 1.15),
    # Encoding a request's body with orjson, the standard library = 1.
    Target("encode/a user", 0.50),
    Target("encode/a message with metadata", 0.50),
    Target("encode/100 events", 0.70),
    # A fresh process: imports and a client compared with `import httpx, attrs`, and all until the first response.
    Target(f"cold_start/sync/import and client/{OURS}", 1.05),
    Target(f"cold_start/sync/import and client/{_STDLIB}", 0.60),
    Target(f"cold_start/sync/total/{OURS}", 1.10),
    Target(f"cold_start/sync/total/{_STDLIB}", 0.80),
    # The emulator: in process, httpx to a canned server = 1. The server, a bare Starlette route = 1.
    Target("emulator/users.get", 0.14),
    # The bare route runs with the same loop and the same parser, uvloop and httptools.
    Target("emulator_server/users.get", 0.75, at_least=True, reached=0.40),
    # The emulator with 10^5 users and 10^6 messages, compared with 10^3 and 10^4.
    *(Target(f"growth/{name}", 1.5) for name in (*OPERATIONS, *LISTS)),
    Target("growth/messages.send with 1,000 subscriptions, milliseconds", 2.0),
)
