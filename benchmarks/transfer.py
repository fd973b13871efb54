"""Uploads and downloads of a large file with the emulator's server: memory, and time as a ratio to curl's.

`python -m benchmarks.transfer` runs it without installing the other SDKs.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.measure import peak_memory
from benchmarks.report import Report, Table

MIB = 1024 * 1024
SIZE = 1024 * MIB
QUICK_SIZE = 64 * MIB
ROUNDS = 2

SERVER = """
import sys
from orbitconnect.emulator import Emulator, MediaOptions
options = MediaOptions(max_upload_size=1 << 34, max_parts=1000, processing_seconds=0)
with Emulator(media=options) as emulator, emulator.serve() as server:
    print(server.url, flush=True)
    sys.stdin.read()
"""

CLIENT = """
import asyncio, sys, time
from benchmarks.measure import peak_memory
from orbitconnect import AsyncOrbitServer, OrbitServer
from orbitconnect.emulator import AsyncLoopbackTransport, LoopbackTransport

def report(before, began, media_id):
    print(time.perf_counter() - began, peak_memory() - before, media_id)

def sync(url, action, user, argument, path):
    with OrbitServer("sk_test_x", transport=LoopbackTransport(url)) as orbit:
        media = orbit.as_user(user).media
        small = media.upload(b"x", filename="a.bin")
        media.download(small.id, path + ".small")
        before, began = peak_memory(), time.perf_counter()
        done = media.upload(path).id if action == "upload" else media.download(argument, path)
        report(before, began, done)

async def asynchronous(url, action, user, argument, path):
    async with AsyncOrbitServer("sk_test_x", transport=AsyncLoopbackTransport(url)) as orbit:
        media = orbit.as_user(user).media
        small = await media.upload(b"x", filename="a.bin")
        await media.download(small.id, path + ".small")
        before, began = peak_memory(), time.perf_counter()
        done = (await media.upload(path)).id if action == "upload" else await media.download(argument, path)
        report(before, began, done)

kind, *arguments = sys.argv[1:]
asyncio.run(asynchronous(*arguments)) if kind == "async" else sync(*arguments)
"""


@contextmanager
def serving() -> Iterator[tuple[str, int]]:
    """Run the emulator's server in its own process and yield its URL and process id."""
    command = [sys.executable, "-c", SERVER]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip(), process.pid
        finally:
            process.stdin.close()
            process.wait(30)


def client(kind: str, *arguments: str) -> tuple[float, int, str]:
    """Run one transfer in its own process.

    Returns the seconds that it took, its additional memory in bytes, and the media's id.
    """
    done = subprocess.run(
        [sys.executable, "-c", CLIENT, kind, *arguments], stdout=subprocess.PIPE, text=True, check=True
    )
    seconds, memory, result = done.stdout.split(maxsplit=2)
    return float(seconds), int(memory), result.strip()


def curl(*arguments: str) -> float:
    """Run one transfer with curl and return the seconds that curl reports."""
    command = ["curl", "-sS", "--fail", "--noproxy", "*", "-w", "%{time_total}", *arguments]
    return float(subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout)


def run(*, quick: bool = False) -> Report:
    """Transfer a file with both clients and with curl, in turns."""
    from orbitconnect import OrbitServer
    from orbitconnect.emulator import LoopbackTransport

    size, rounds = (QUICK_SIZE, 1) if quick else (SIZE, ROUNDS)
    best: dict[tuple[str, str], float] = {}
    memory: dict[tuple[str, str], int] = {}

    def note(action: str, who: str, seconds: float, additional: int = 0) -> None:
        best[action, who] = min(seconds, best.get((action, who), seconds))
        memory[action, who] = max(additional, memory.get((action, who), 0))

    with tempfile.TemporaryDirectory() as folder, serving() as (url, server):
        file, copy = Path(folder) / "file.bin", Path(folder) / "copy.bin"
        with file.open("wb") as out:
            for _ in range(size // MIB):
                out.write(os.urandom(MIB))
        with OrbitServer("sk_test_x", transport=LoopbackTransport(url)) as orbit:
            user = orbit.users.create(external_id="a", display_name="A").id
            media = orbit.as_user(user).media
            for _ in range(rounds):
                session = media.generate_upload_url("application/octet-stream")
                note("upload", "curl", curl("-T", str(file), "-o", os.devnull, url + session.upload_path))
                for kind in ("sync", "async"):
                    seconds, additional, media_id = client(kind, url, "upload", user, "-", str(file))
                    note("upload", kind, seconds, additional)
                note("download", "curl", curl("-o", str(copy), media.get_download_url(media_id).url))
                for kind in ("sync", "async"):
                    copy.unlink()
                    seconds, additional, _ = client(kind, url, "download", user, media_id, str(copy))
                    note("download", kind, seconds, additional)
                    assert copy.stat().st_size == size
        peak = peak_memory(server)

    rows = [
        [action, who, f"{best[action, who] / best[action, 'curl']:.2f}", *_details(size, best, memory, action, who)]
        for action in ("upload", "download")
        for who in ("curl", "sync", "async")
    ]
    columns = ["", "client", "time, curl = 1", "MiB/s", "additional memory"]
    text = (
        "The emulator's server takes much of the time. The SDK does more than curl: it uploads in parts of 8 MiB "
        "(which the server then joins), computes and compares the SHA-256 in both directions, and syncs a download to "
        f"the disk. The server's peak memory was {peak / MIB:.0f} MiB."
    )
    return Report([Table(f"A file of {size // MIB:,} MiB over loopback, best of {rounds}", columns, rows, text)], [])


def _details(
    size: int, best: dict[tuple[str, str], float], memory: dict[tuple[str, str], int], action: str, who: str
) -> list[str]:
    rate = size / MIB / best[action, who]
    return [f"{rate:,.0f}", "" if who == "curl" else f"{memory[action, who] / MIB:.1f} MiB"]


if __name__ == "__main__":
    began = time.perf_counter()
    for table in run(quick="--quick" in sys.argv).tables:
        print(table.markdown())
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"({time.perf_counter() - began:.0f} s, processor time {used.ru_utime + used.ru_stime:.0f} s)")
