"""Restoring snapshots, resetting, and loading exported files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from orbitconnect import NotFoundError, OrbitServer
from orbitconnect.emulator import Emulator, ManualClock, RateLimit, Reset, RunningClock
from orbitconnect_api.models.conversation import Conversation
from tests.base_url import ORIGIN
from tests.emulator.conformance import CheckedEmulator
from tests.emulator.conftest import user
from tests.emulator.mixed_run import Recorded, Run, begin

STEPS = 120


class TestTheSameRun:
    def test_byte_for_byte(self, tmp_path: Path) -> None:
        with Recorded(clock=ManualClock(), seed=7) as emulator:
            begin(emulator)
            Run(emulator, 1).go(STEPS)
            first = emulator.taken()
            snapshot = emulator.snapshot()
            emulator.export(tmp_path / "state.zip")
            Run(emulator, 2).go(STEPS)
            second = emulator.taken()
            assert len(second) > STEPS
            for _ in range(2):
                emulator.restore(snapshot)
                Run(emulator, 2).go(STEPS)
                assert emulator.taken() == second
            emulator.reset()
            begin(emulator)
            Run(emulator, 1).go(STEPS)
            assert emulator.taken() == first
        with Recorded(clock=ManualClock(), seed=7) as again:
            begin(again)
            Run(again, 1).go(STEPS)
            assert again.taken() == first
        with Recorded(tmp_path / "other.db", clock=ManualClock(), seed="other") as other:
            begin(other)
            other.taken()
            other.restore(snapshot)
            Run(other, 2).go(STEPS)
            assert other.taken() == second
            other.load(tmp_path / "state.zip")
            Run(other, 2).go(STEPS)
            assert other.taken() == second

    def test_another_seed_gives_another_run(self) -> None:
        runs = []
        for seed in (7, 8):
            with Recorded(clock=ManualClock(), seed=seed) as emulator:
                begin(emulator)
                Run(emulator, 1).go(20)
                runs.append(emulator.taken())
        assert runs[0] != runs[1]


class TestSnapshot:
    def test_restoring_discards_later_changes(
        self, emulator: CheckedEmulator, orbit: OrbitServer, alice: str, clock: ManualClock
    ) -> None:
        snapshot, then = emulator.snapshot(), clock.now()
        bob = user(orbit, "Bob")
        orbit.users.deactivate(alice)
        clock.advance(3600)
        emulator.restore(snapshot)
        assert clock.now() == then
        assert orbit.users.get(alice).is_active
        with pytest.raises(NotFoundError):
            orbit.users.get(bob)
        assert user(orbit, "Bob") == bob

    def test_jobs_become_due_again(self, emulator: CheckedEmulator, orbit: OrbitServer, alice: str, bob: str) -> None:
        call = orbit.as_user(alice).calls.initiate(callee_id=bob, type="voice")
        snapshot = emulator.snapshot()
        for _ in range(2):
            emulator.restore(snapshot)
            assert orbit.as_user(alice).calls.get(call.id).status == "ringing"
            emulator.advance(timedelta(days=1))
            assert orbit.as_user(alice).calls.get(call.id).status == "missed"

    def test_a_snapshot_outlives_its_emulator(self, tmp_path: Path) -> None:
        with Emulator(tmp_path / "state.db", clock=ManualClock()) as emulator:
            ada = user(emulator.client(), "Ada")
            token_secret = emulator.token_secret
            snapshot = emulator.snapshot()
        assert len(repr(snapshot)) < 300
        with Emulator(clock=ManualClock(datetime(2030, 1, 1, tzinfo=UTC))) as another:
            another.restore(snapshot, keep_clock=True)
            assert another.client().users.get(ada).display_name == "Ada"
            assert another.token_secret == token_secret
            assert another.clock.now().year == 2030
            another.restore(snapshot)
            assert another.clock.now().year == 2026

    def test_a_database_file_keeps_the_restored_state(self, tmp_path: Path) -> None:
        program = """
import os, sys
from orbitconnect.emulator import Emulator
emulator = Emulator(sys.argv[1])
orbit = emulator.client()
orbit.users.create(external_id="ada", display_name="Ada")
snapshot = emulator.snapshot()
orbit.users.create(external_id="bob", display_name="Bob")
emulator.restore(snapshot)
orbit.users.create(external_id="cy", display_name="Cy")
os.kill(os.getpid(), 9)
"""
        path = tmp_path / "state.db"
        assert subprocess.run([sys.executable, "-c", program, path], check=False).returncode == -9
        with Emulator(path) as emulator:
            assert [known.display_name for known in emulator.client().users.list()] == ["Ada", "Cy"]

    def test_media(self, emulator: CheckedEmulator, orbit: OrbitServer, alice: str, tmp_path: Path) -> None:
        me = orbit.as_user(alice)
        session = me.media.generate_upload_url("text/plain")
        with httpx.Client(transport=emulator.transport, base_url=ORIGIN) as http:
            assert http.put(session.upload_path or "", content=b"Hello").is_success
        emulator.advance(60)
        media_id = session.media_id or ""
        snapshot = emulator.snapshot()
        emulator.export(tmp_path / "state.zip")
        with Emulator(clock=ManualClock()) as restored, Emulator(clock=ManualClock()) as loaded:
            restored.restore(snapshot)
            loaded.load(tmp_path / "state.zip")
            for other in (restored, loaded):
                url = other.client().as_user(alice).media.get_download_url(media_id).url
                with httpx.Client(transport=other.transport, base_url=ORIGIN) as http:
                    assert http.get(url or "").content == b"Hello"

    def test_a_closed_emulator(self, emulator: CheckedEmulator) -> None:
        snapshot = emulator.snapshot()
        emulator.close()
        for attempt in (emulator.snapshot, emulator.reset, lambda: emulator.restore(snapshot)):
            with pytest.raises(RuntimeError, match="closed"):
                attempt()


class TestReset:
    def test_everything_is_as_at_the_start(self, clock: ManualClock) -> None:
        with CheckedEmulator(clock=clock, seed=1, rate_limit=RateLimit(3, 60)) as emulator:
            orbit = emulator.client(max_retries=0)
            beginning = clock.now()
            alice = user(orbit, "Alice")
            emulator.faults.add(Reset(), nth=9)
            clock.advance(30)
            for _ in range(2):
                orbit.users.list()
            emulator.reset()
            assert (clock.now(), emulator.journal.entries, emulator.faults.scripted) == (beginning, [], [])
            assert orbit.users.list() == []
            assert user(orbit, "Alice") == alice
            orbit.users.list()

    def test_without_a_seed_ids_differ(self) -> None:
        with Emulator() as emulator:
            orbit = emulator.client()
            before, token_secret = user(orbit, "Alice"), emulator.token_secret
            emulator.reset()
            assert user(orbit, "Alice") != before
            assert emulator.token_secret != token_secret


class TestExport:
    def test_round_trip(self, emulator: CheckedEmulator, alice: str, direct: Conversation, tmp_path: Path) -> None:
        path = tmp_path / "state.zip"
        emulator.export(path)
        assert [entry.name for entry in tmp_path.iterdir()] == ["state.zip"]
        assert path.stat().st_mode & 0o777 == 0o600
        written = path.read_bytes()
        emulator.export(path)
        assert path.read_bytes() == written
        with Emulator(clock=ManualClock(datetime(2030, 1, 1, tzinfo=UTC))) as other:
            other.load(path)
            assert other.client().as_user(alice).conversations.get(direct.id).id == direct.id
            assert other.clock.now() == emulator.clock.now()

    @pytest.mark.parametrize("where", ["os.fsync", "pathlib.Path.replace"])
    def test_a_crash_leaves_the_old_file(self, tmp_path: Path, where: str) -> None:
        program = f"""
import os, pathlib, sys
from orbitconnect.emulator import Emulator
emulator = Emulator()
orbit = emulator.client()
orbit.users.create(external_id="ada", display_name="Ada")
emulator.export(sys.argv[1])
orbit.users.create(external_id="bob", display_name="Bob")
{where} = lambda *_: os.kill(os.getpid(), 9)
emulator.export(sys.argv[1])
"""
        path = tmp_path / "state.zip"
        assert subprocess.run([sys.executable, "-c", program, path], check=False).returncode == -9
        with Emulator() as emulator:
            emulator.load(path)
            assert [known.display_name for known in emulator.client().users.list()] == ["Ada"]

    def test_a_failure_leaves_no_temporary_file(
        self, emulator: CheckedEmulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / "state.zip"
        path.write_text("old")

        def full(_: int) -> None:
            raise OSError("No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            emulator.export(path)
        assert [entry.name for entry in tmp_path.iterdir()] == ["state.zip"]
        assert path.read_text() == "old"

    def test_files_that_are_not_a_state(
        self, emulator: CheckedEmulator, orbit: OrbitServer, alice: str, tmp_path: Path
    ) -> None:
        good = tmp_path / "good.zip"
        emulator.export(good)
        with zipfile.ZipFile(good) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        manifest = json.loads(parts["emulator.json"])
        (tmp_path / "empty").touch()
        (tmp_path / "text").write_text("no archive " * 100)
        (tmp_path / "cut").write_bytes(good.read_bytes()[:-50])
        database = bytearray(parts["state.db"])
        database[5000:9000] = bytes(4000)
        changes: dict[str, dict[str, bytes]] = {
            "no_database": {"state.db": b""},
            "damaged": {"state.db": bytes(database)},
            "others": {"state.db": parts["state.db"][:68] + b"\0\0\0\0" + parts["state.db"][72:]},
            "newer": {"state.db": parts["state.db"][:60] + b"\0\0\0\x63" + parts["state.db"][64:]},
            "no_manifest": {"emulator.json": b"[]"},
            "format": {"emulator.json": json.dumps({**manifest, "format": 9}).encode()},
            "time": {"emulator.json": json.dumps({**manifest, "clock": {"now": "x", "seconds_ahead": None}}).encode()},
        }
        for name, change in changes.items():
            with zipfile.ZipFile(tmp_path / name, "w") as archive:
                for part, content in {**parts, **change}.items():
                    archive.writestr(part, content)
        for name in ("empty", "text", "cut", *changes):
            with pytest.raises(ValueError):  # noqa: PT011
                emulator.load(tmp_path / name)
            assert orbit.users.get(alice).id == alice, name
        for missing in (tmp_path / "none", tmp_path):
            with pytest.raises(OSError):  # noqa: PT011
                emulator.load(missing)

    def test_names_in_a_file_are_not_used_as_paths(self, emulator: CheckedEmulator, tmp_path: Path) -> None:
        path = tmp_path / "inner" / "state.zip"
        path.parent.mkdir()
        emulator.export(path)
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr("files/../../escaped", b"x")
            archive.writestr("../escaped", b"x")
        with Emulator(files=tmp_path / "inner" / "media") as other:
            other.load(path)
        assert sorted(entry.name for entry in tmp_path.rglob("*")) == sorted(
            ["inner", "state.zip", "media", *(entry.name for entry in (tmp_path / "inner" / "media").iterdir())]
        )

    def test_running_clock(self, tmp_path: Path) -> None:
        clocks: list[Any] = [RunningClock(), RunningClock()]
        with Emulator(clock=clocks[0]) as first, Emulator(clock=clocks[1]) as second:
            first.advance(timedelta(days=2))
            first.export(tmp_path / "state.zip")
            second.load(tmp_path / "state.zip", keep_clock=True)
            assert clocks[1].now() - datetime.now(UTC) < timedelta(days=1)
            second.load(tmp_path / "state.zip")
            assert clocks[1].now() - datetime.now(UTC) > timedelta(days=1)
            assert not clocks[1].is_frozen
            clocks[0].freeze()
            second.restore(first.snapshot())
            assert clocks[1].now() == clocks[0].now()


def test_a_kill_under_load_loses_no_confirmed_write(tmp_path: Path) -> None:
    program = """
import sys
from orbitconnect.emulator import Emulator
orbit = Emulator(sys.argv[1]).client()
for number in range(10_000):
    print(orbit.users.create(external_id=f"{sys.argv[2]}-{number}", display_name="Ada").id, flush=True)
"""
    path, confirmed = tmp_path / "state.db", list[str]()
    for round_ in range(3):
        command = [sys.executable, "-c", program, str(path), str(round_)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            confirmed += [process.stdout.readline().strip() for _ in range(40 * (round_ + 1))]
            process.kill()
            confirmed += process.stdout.read().split("\n")[:-1]
    with Emulator(path) as emulator:
        known = {known.id for known in emulator.client().users.list()}
    assert known >= set(confirmed)
    assert len(set(confirmed)) == len(confirmed)
