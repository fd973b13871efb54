"""A contestant in its own process, which makes calls on request and reports what they cost.

So no contestant is slowed down by what another one imported, patched or left to the garbage collector.
"""

from __future__ import annotations

import asyncio
import gc
import json
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import Literal, NamedTuple

from benchmarks import cores, measure
from benchmarks.contestants import ASYNC, BASE, IDENTIFIER, SYNC

Kind = Literal["sync", "async"]


class Entrant(NamedTuple):
    """A contestant with the conditions under which it makes its calls."""

    name: str
    """A name in `contestants.SYNC` or `contestants.ASYNC`."""
    kind: Kind
    at_once: int
    """The number of threads or tasks that make calls with one client."""
    origin: str
    """The origin of the server."""


class Cost(NamedTuple):
    """What a call costs in seconds: time of the processor, and time on the clock."""

    processor: float
    elapsed: float
    failed: int
    """The number of calls that raised an error."""


Turn = Callable[[int], Cost]
"""Makes the given number of calls and returns the cost of one."""


Make = Callable[[int], int]
"""Makes the given number of calls and returns how many failed."""


class Absent(Exception):
    """Raised if a contestant cannot take part. The message is the reason."""


@contextmanager
def running(entrant: Entrant, environment: dict[str, str]) -> Iterator[Turn]:
    """Start a contestant.

    Args:
        entrant: The contestant.
        environment: The environment, which names the certificate authorities to trust.

    Raises:
        Absent: If the contestant's first call fails.
    """
    command = [sys.executable, "-m", __name__, *map(str, entrant)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=environment) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        counts, results = process.stdin, process.stdout

        def turn(count: int) -> Cost:
            counts.write(f"{count}\n")
            counts.flush()
            return Cost(*json.loads(results.readline()))

        try:
            if failure := json.loads(results.readline()):
                raise Absent(failure)
            yield turn
        finally:
            process.kill()


class Comparison(NamedTuple):
    """The costs of a call, by entrant and round, and the reason for each contestant that is absent."""

    costs: dict[Entrant, list[Cost]]
    absent: dict[str, str]

    def processor(self, entrant: Entrant) -> list[float]:
        """The processor seconds of one call, by round."""
        return [cost.processor for cost in self.costs[entrant]]

    def elapsed(self, entrant: Entrant) -> list[float]:
        """The seconds on the clock that each call added, by round."""
        return [cost.elapsed for cost in self.costs[entrant]]

    def failed(self, entrant: Entrant) -> int:
        """The number of calls that raised an error."""
        return sum(cost.failed for cost in self.costs[entrant])


def compare(entrants: Iterable[Entrant], environment: dict[str, str], *, calls: int, repetitions: int) -> Comparison:
    """Let all entrants take turns."""
    absent: dict[str, str] = {}
    turns: dict[Entrant, Callable[[], Cost]] = {}
    with ExitStack() as workers:
        for entrant in entrants:
            try:
                turn = workers.enter_context(running(entrant, environment))
            except Absent as reason:
                if entrant.name == BASE:
                    raise
                absent[entrant.name] = str(reason)
            else:
                turns[entrant] = partial(turn, calls)
        return Comparison(measure.rounds(turns, repetitions), absent)


def describe(absent: dict[str, str]) -> str:
    """Say which contestants are absent, and why."""
    missing = [name for name, reason in absent.items() if reason.startswith(ModuleNotFoundError.__name__)]
    sentences = [f"Not installed: {', '.join(missing)}."] if missing else []
    sentences += [
        f"Not measured: {name} ({reason.splitlines()[0]})." for name, reason in absent.items() if name not in missing
    ]
    return " ".join(sentences)


def _checked(identifier: str) -> None:
    if identifier != IDENTIFIER:
        raise ValueError(f"The call returned the id {identifier!r}, not {IDENTIFIER!r}.")


class _Threads:
    """Threads that make calls whenever they are told to. They live as long as the process, as in a server."""

    def __init__(self, count: int, call: Callable[[], object]) -> None:
        self._call = call
        self._calls = 0
        self._begin, self._end = threading.Barrier(count + 1), threading.Barrier(count + 1)
        self._count = count
        self._failed: deque[Exception] = deque()
        for _ in range(count):
            threading.Thread(target=self._work, daemon=True).start()

    def make(self, calls: int) -> int:
        self._calls = calls // self._count
        self._failed.clear()
        self._begin.wait()
        self._end.wait()
        return len(self._failed)

    def _work(self) -> None:
        while True:
            self._begin.wait()
            for _ in range(self._calls):
                # httpx's client sometimes fails when more threads use it than its pool keeps connections.
                try:
                    self._call()
                except Exception as error:  # noqa: BLE001  # The report counts these calls.
                    self._failed.append(error)
            self._end.wait()


def _sync_calls(entrant: Entrant) -> Make:
    call = SYNC[entrant.name](entrant.origin)
    _checked(call())
    if entrant.at_once > 1:
        return _Threads(entrant.at_once, call).make

    def several(count: int) -> int:
        for _ in range(count):
            call()
        return 0

    return several


def _async_calls(entrant: Entrant, loop: asyncio.AbstractEventLoop) -> Make:
    call = loop.run_until_complete(ASYNC[entrant.name](entrant.origin))

    async def check() -> None:
        _checked(await call())

    async def several(count: int) -> None:
        for _ in range(count):
            await call()

    async def spread(count: int) -> int:
        await asyncio.gather(*(several(count // entrant.at_once) for _ in range(entrant.at_once)))
        return 0

    loop.run_until_complete(check())
    return lambda count: loop.run_until_complete(spread(count))


def _cost(make: Make, count: int) -> Cost:
    gc.collect()
    began, used = time.perf_counter(), time.process_time()
    failed = make(count)
    return Cost((time.process_time() - used) / count, (time.perf_counter() - began) / count, failed)


def main() -> None:
    """Make calls until the process is killed."""
    name, kind, at_once, origin = sys.argv[1:]
    entrant = Entrant(name, "async" if kind == "async" else "sync", int(at_once), origin)
    cores.pin(server=False)
    with asyncio.Runner() as runner:
        try:
            make = _sync_calls(entrant) if entrant.kind == "sync" else _async_calls(entrant, runner.get_loop())
        except Exception as error:  # noqa: BLE001  # The report names the contestant and the error.
            print(json.dumps(f"{type(error).__name__}: {error}"), flush=True)
            return
        print(json.dumps(""), flush=True)
        for line in sys.stdin:
            count = int(line)
            make(max(count // 5, entrant.at_once))  # warms up connections and caches after other contestants' turns
            print(json.dumps(_cost(make, count)), flush=True)


if __name__ == "__main__":
    main()
