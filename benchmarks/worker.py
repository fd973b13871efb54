"""A contestant in a process of its own, which makes calls when it is told to and says what they cost.

So no contestant pays for what another one imported, patched or left to the garbage collector.
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
"""Makes so many calls; gives the processor seconds that they took."""


class Absent(Exception):
    """A contestant cannot take part; the message says why."""


@contextmanager
def running(name: str, at_once: int, origin: str, environment: dict[str, str]) -> Iterator[Turn]:
    """Starts a contestant.

    Args:
        name: One of `contestants`.
        at_once: How many calls are under way at any time. 0 is the synchronous client.
        origin: The server.
        environment: With the authorities that it trusts.

    Raises:
        Absent: If its first call fails.
    """
    command = [sys.executable, "-m", __name__, name, str(at_once), origin]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=environment) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        requests, answers = process.stdin, process.stdout

        def turn(count: int) -> float:
            requests.write(f"{count}\n")
            requests.flush()
            return float(answers.readline())

        try:
            if failure := json.loads(answers.readline()):
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
    """Compares contestants with each other, and each with itself at other servers: all of them take turns.

    Returns:
        For each of the origins the processor seconds of one call by contestant; and why others are absent.
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
    """Says in a sentence who is absent and why."""
    return "".join(f"Not measured: {name} ({reason.splitlines()[0]}). " for name, reason in absent.items()).strip()


def _checked(identifier: str) -> None:
    if identifier != IDENTIFIER:
        raise ValueError(f"The call returned {identifier!r}.")


def _sync_turn(name: str, origin: str) -> Turn:
    call = SYNC[name](origin)
    _checked(call())

    def several(count: int) -> None:
        for _ in range(count):
            call()

    def turn(count: int) -> float:
        several(count // 5 + 1)  # Wakes up connections and caches after the turns of others.
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
    """Makes calls until it is killed."""
    name, at_once, origin = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    cores.take(server=False)
    with asyncio.Runner() as runner:
        try:
            turn = _async_turn(name, origin, at_once, runner.get_loop()) if at_once else _sync_turn(name, origin)
        except Exception as error:  # noqa: BLE001  # Whatever it is: the contestant is left out, and the report says so.
            print(json.dumps(f"{type(error).__name__}: {error}"), flush=True)
            return
        print(json.dumps(""), flush=True)
        for line in sys.stdin:
            print(turn(int(line)), flush=True)


if __name__ == "__main__":
    main()
