"""The emulator: a call in-process, long conversations, and how soon it is there: `python -m benchmarks.emulator`."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing

import httpx

from benchmarks import server
from benchmarks.call import KEY, measure, show
from orbitconnect.emulator import Emulator
from orbitconnect_api import operations

MESSAGES = 100_000
PAGE = 100
REPETITIONS = 15


def calls() -> None:
    """`users.get` through facade, pipeline and emulator, against plain httpx and a canned answer over loopback."""
    with (
        server.running() as base_url,
        httpx.Client(headers={operations.SECRET_KEY_HEADER: KEY}) as plain,
        Emulator() as emulator,
        closing(emulator.client()) as orbit,
    ):
        user_id = orbit.users.create(external_id="customer-1", display_name="Ada Lovelace").id
        url = base_url + operations.GET_APP_USER.path.format(user_id=user_id)

        def naive(count: int) -> None:
            for _ in range(count):
                plain.get(url).json()

        def emulated(count: int) -> None:
            for _ in range(count):
                orbit.users.get(user_id)

        show("users.get", measure({"httpx.Client": naive, "Emulator in-process": emulated}))


def milliseconds(call: Callable[[], object]) -> float:
    """The median time of a call."""
    times = []
    for _ in range(REPETITIONS):
        began = time.perf_counter()
        call()
        times.append(time.perf_counter() - began)
    return statistics.median(times) * 1e3


def long_conversation() -> None:
    """Pages of a conversation with 100,000 messages, against its first page."""
    with Emulator() as emulator, closing(emulator.client()) as orbit:
        alice, bob = (orbit.users.create(external_id=name, display_name=name).id for name in ("alice", "bob"))
        messages = orbit.as_user(alice).messages
        chat = orbit.conversations.create(type="direct", participant_id=bob, acting_user_id=alice).id
        began = time.perf_counter()
        instants = []
        for number in range(MESSAGES):
            sent = messages.send(conversation_id=chat, content=f"Message {number} about topic {number % 997:03d}")
            instants.append(sent.created_at)
        took = (time.perf_counter() - began) / MESSAGES * 1e6
        print(f"A conversation with {MESSAGES:,} messages ({took:.0f} µs to send one)")
        places = (0, MESSAGES // 2, MESSAGES - PAGE)
        pages: dict[str, Sequence[Callable[[], object]]] = {
            "list by offset": [lambda at=at: messages.list(chat, limit=PAGE, offset=at) for at in places],
            "list after a sequence": [
                lambda at=at: messages.list(chat, limit=PAGE, after_sequence=at) for at in places
            ],
            "sync": [lambda at=at: messages.sync(chat, instants[at] or instants[0], limit=PAGE) for at in places],
            "search": [
                lambda text=text: messages.search(chat, text, limit=PAGE)
                for text in ("Message", "topic 996", "Message 7 ")
            ],
        }
        for name, variants in pages.items():
            times = [milliseconds(variant) for variant in variants]
            print(f"  {name:<22} {max(times) / times[0]:5.2f}   first {times[0]:.2f} ms, slowest {max(times):.2f} ms")


def beginnings() -> None:
    """A fresh emulator, and a fresh server process."""
    Emulator().close()
    print(f"Emulator()                {milliseconds(lambda: Emulator().close()):5.2f} ms")
    times = []
    for _ in range(5):
        began = time.perf_counter()
        command = [sys.executable, "-m", "orbitconnect", "emulator", "--port", "0"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            process.stdout.readline()
            times.append(time.perf_counter() - began)
            process.terminate()
            process.communicate()
    print(f"orbitconnect emulator     {statistics.median(times) * 1e3:5.0f} ms until it answers")


if __name__ == "__main__":
    calls()
    long_conversation()
    beginnings()
