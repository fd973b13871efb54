"""A contestant in its own process, which makes calls on request and reports their processor time.

So no contestant is slowed down by what another one imported, patched or left to the garbage collector.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial

from benchmarks import cores, measure
from benchmarks.contestants import ASYNC, BASE, IDENTIFIER, SYNC

Turn = Callable[[int], float]
"""Makes the given number of calls and returns their processor time in seconds."""


class Absent(Exception):
    """Raised if a contestant cannot take part. The message is the reason."""


@contextmanager
def running(name: str, at_once: int, origin: str, environment: dict[str, str]) -> Iterator[Turn]:
    """Start a contestant.

    Args:
        name: A name in `contestants.SYNC` or `contestants.ASYNC`.
        at_once: The number of calls in progress at any time. 0 is the sync client.
        origin: The origin of the server.
        environment: The environment, which names the certificate authorities to trust.

    Raises:
        Absent: If the contestant's first call fails.
    """
    command = [sys.executable, "-m", __name__, name, str(at_once), origin]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=environment) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        counts, results = process.stdin, process.stdout

        def turn(count: int) -> float:
            counts.write(f"{count}\n")
            counts.flush()
            return float(results.readline())

        try:
            if failure := json.loads(results.readline()):
                raise Absent(failure)
            yield turn
        finally:
            process.kill()


def compare(
    names: list[str],
    at_once: int,
    origins: dict[str, str],
    environment: dict[str, str],
    *,
    calls: int,
    repetitions: int,
) -> tuple[dict[str, dict[str, float]], dict[str, str]]:
    """Let all contestants take turns against each origin.

    Returns:
        The processor seconds of one call by origin and contestant, and the reason for each absent contestant.
    """
    absent: dict[str, str] = {}
    turns: dict[str, Callable[[], float]] = {}
    with ExitStack() as workers:
        for server, origin in origins.items():
            for name in names:
                try:
                    turn = workers.enter_context(running(name, at_once, origin, environment))
                except Absent as reason:
                    if name == BASE:
                        raise
                    absent[name] = str(reason)
                else:
                    turns[f"{server}/{name}"] = partial(turn, calls)
        seconds = measure.interleaved(turns, repetitions)
    results: dict[str, dict[str, float]] = {server: {} for server in origins}
    for key, value in seconds.items():
        server, _, name = key.partition("/")
        if name not in absent:
            results[server][name] = value / calls
    return results, absent


def describe(absent: dict[str, str]) -> str:
    """Return a sentence for each contestant that is absent, with the reason."""
    return "".join(f"Not measured: {name} ({reason.splitlines()[0]}). " for name, reason in absent.items()).strip()


def _checked(identifier: str) -> None:
    if identifier != IDENTIFIER:
        raise ValueError(f"The call returned the id {identifier!r}, not {IDENTIFIER!r}.")


def _sync_turn(name: str, origin: str) -> Turn:
    call = SYNC[name](origin)
    _checked(call())

    def several(count: int) -> None:
        for _ in range(count):
            call()

    def turn(count: int) -> float:
        several(count // 5 + 1)  # warms up connections and caches after other contestants' turns
        return measure.processor_seconds(lambda: several(count))

    return turn


def _async_turn(name: str, origin: str, at_once: int, loop: asyncio.AbstractEventLoop) -> Turn:
    call = loop.run_until_complete(ASYNC[name](origin))

    async def check() -> None:
        _checked(await call())

    async def several(count: int) -> None:
        for _ in range(count):
            await call()

    async def spread(count: int) -> None:
        await asyncio.gather(*(several(count // at_once) for _ in range(at_once)))

    def turn(count: int) -> float:
        loop.run_until_complete(spread(max(count // 5, at_once)))
        return measure.processor_seconds(lambda: loop.run_until_complete(spread(count)))

    loop.run_until_complete(check())
    return turn


def main() -> None:
    """Make calls until the process is killed."""
    name, at_once, origin = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    cores.pin(server=False)
    with asyncio.Runner() as runner:
        try:
            turn = _async_turn(name, origin, at_once, runner.get_loop()) if at_once else _sync_turn(name, origin)
        except Exception as error:  # noqa: BLE001  # The report names the contestant and the error.
            print(json.dumps(f"{type(error).__name__}: {error}"), flush=True)
            return
        print(json.dumps(""), flush=True)
        for line in sys.stdin:
            print(turn(int(line)), flush=True)


if __name__ == "__main__":
    main()
