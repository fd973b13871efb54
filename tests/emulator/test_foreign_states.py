"""States from untrusted files. A file is checked completely before any part of it is used."""

from __future__ import annotations

import hashlib
import io
import json
import sqlite3
import struct
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest

from orbitconnect import OrbitServer
from orbitconnect.emulator import Emulator, ManualClock, RunningClock
from orbitconnect.emulator.control import reading
from orbitconnect.emulator.store import _SCHEMA_VERSION, _tables, check_database, opened
from tests.emulator.conformance import CheckedEmulator
from tests.emulator.mixed_run import Recorded, Run, begin

Parts = dict[str, bytes]


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Parts:
    """The members of an archive that contains data from every part of the API."""
    path = tmp_path_factory.mktemp("state") / "state.zip"
    with Recorded(clock=ManualClock(), seed=7) as emulator:
        begin(emulator)
        Run(emulator, 1).go(150)
        with emulator.client() as orbit:
            ada = orbit.users.create(external_id="ada", display_name="Ada").id
            me = orbit.as_user(ada)
            me.media.upload(b"hello", mime_type="text/plain")
            orbit.billing.record_usage_event(event_type="message.sent", quantity=1)
            orbit.billing.generate_invoice()
            orbit.webhooks.publish("order.paid", {"order": 7})
            webhook = orbit.webhooks.create(url="http://127.0.0.1:9/x")
            orbit.webhooks.subscribe(webhook.id, "*")
        emulator.export(path)
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(path: Path, parts: Parts, method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def manifest(parts: Parts, **changes: Any) -> Parts:
    known = json.loads(parts["emulator.json"])
    return {**parts, "emulator.json": json.dumps({**known, **changes}).encode()}


def changed(parts: Parts, *statements: str) -> Parts:
    """A copy of the archive with an edited database."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        db.deserialize(parts["state.db"])
        for statement in statements:
            db.execute(statement)
        return {**parts, "state.db": db.serialize()}


class Loading:
    """An emulator with a user, who must still exist after a state has been rejected."""

    def __init__(self, emulator: Emulator, folder: Path) -> None:
        self.emulator, self.folder = emulator, folder
        self.orbit: OrbitServer = emulator.client()
        self.ada = self.orbit.users.create(external_id="mine", display_name="Ada").id
        self.media = emulator._files.paths()

    def refuses(self, path: Path, reason: str = "") -> None:
        with pytest.raises(ValueError, match="is not a state of the emulator") as caught:
            self.emulator.load(path)
        assert path.name in str(caught.value)
        assert reason in str(caught.value)
        assert [user.id for user in self.orbit.users.list()] == [self.ada]
        assert self.emulator._files.paths() == self.media


@pytest.fixture
def loading(tmp_path: Path) -> Iterator[Loading]:
    with CheckedEmulator(clock=RunningClock(), seed=1) as emulator:
        yield Loading(emulator, tmp_path)


def test_a_valid_state_loads(parts: Parts, tmp_path: Path) -> None:
    with CheckedEmulator(clock=ManualClock()) as emulator:
        emulator.load(packed(tmp_path / "state.zip", parts))
        assert len(emulator.client().users.list()) > 3
    # Repacking the same database does not change the state.
    with CheckedEmulator(clock=ManualClock()) as emulator:
        emulator.load(packed(tmp_path / "stored.zip", parts, zipfile.ZIP_STORED))


MANIFESTS: dict[str, Callable[[Parts], Parts]] = {
    "nested": lambda parts: {**parts, "emulator.json": b'{"a":' * 10_000 + b"1" + b"}" * 10_000},
    "nested_list": lambda parts: {**parts, "emulator.json": b"[" * 60_000},
    "no_json": lambda parts: {**parts, "emulator.json": b"\xff\xfe"},
    "empty": lambda parts: {**parts, "emulator.json": b""},
    "list": lambda parts: {**parts, "emulator.json": b"[]"},
    "large": lambda parts: {**parts, "emulator.json": b'"' + b"a" * 70_000 + b'"'},
    "digits": lambda parts: {**parts, "emulator.json": b'{"format": ' + b"1" * 5000 + b"}"},
    "format": lambda parts: manifest(parts, format=2),
    "format_true": lambda parts: manifest(parts, format=True),
    "format_list": lambda parts: manifest(parts, format=[1]),
    "no_clock": lambda parts: {**parts, "emulator.json": b'{"format": 1, "request_ids": 0}'},
    **{
        f"request_ids_{number}": lambda parts, number=number: manifest(parts, request_ids=number)  # type: ignore[misc]
        for number in (-1, 2**64, 1.5, True, "1", None, [1], 1e308)
    },
    **{
        f"clock_{number}": lambda parts, clock=clock: manifest(parts, clock=clock)  # type: ignore[misc]
        for number, clock in enumerate(
            (
                *({}, [], 7, "now", {"now": "2026-01-05T09:30:00+00:00"}),
                *(
                    {"now": now, "seconds_ahead": None}
                    for now in (
                        "9999-12-31T23:59:59-23:00",
                        "0001-01-01T00:00:00+23:00",
                        "9999-12-31T23:59:59+00:00",
                        "2026-01-05T09:30:00",
                        "2026-01-05",
                        "x",
                        7,
                        None,
                        ["2026-01-05T09:30:00+00:00"],
                    )
                ),
                *(
                    {"now": "2026-01-05T09:30:00+00:00", "seconds_ahead": ahead}
                    for ahead in (1e300, -1e300, 1e12, -1e11, float("nan"), float("inf"), True, "1", [1], 10**400)
                ),
            )
        )
    },
}


@pytest.mark.parametrize("name", MANIFESTS)
def test_manifests(loading: Loading, parts: Parts, name: str) -> None:
    loading.refuses(packed(loading.folder / "state.zip", MANIFESTS[name](parts)))


STATEMENTS = {
    "text_in_an_integer_column": ["UPDATE users SET is_active = 'yes'"],
    "text_in_an_instant": ["UPDATE users SET created_at = 'today'"],
    "a_blob_in_a_text_column": ["UPDATE users SET display_name = x'ff00'"],
    "a_number_in_an_integer_column": ["UPDATE messages SET sequence = 1.5 WHERE n = 1"],
    "no_utf_8": ["UPDATE users SET display_name = CAST(x'ff' AS TEXT)"],
    "too_late": ["UPDATE users SET created_at = 253402300800000000"],
    "later_than_the_emulators_time": ["UPDATE usage_events SET created_at = 253402300799999999"],
    "too_early": ["UPDATE users SET created_at = -62135596800000001"],
    "beyond_64_bits_when_counted_on": ["UPDATE conversations SET last_sequence = 9223372036854775807"],
    "infinite": ["UPDATE usage_events SET quantity = 9e999"],
    "text_for_a_number": ["UPDATE usage_events SET quantity = 'many'"],
    "json_that_is_none": ["UPDATE users SET metadata = '{'"],
    "json_that_is_no_object": ["UPDATE users SET metadata = '[]'"],
    "json_with_nan": ["UPDATE users SET metadata = '{\"a\": NaN}'"],
    "json_with_half_a_character": ['UPDATE events SET data = \'{"a": "\\ud800"}\''],
    "json_nested_deeply": ["UPDATE users SET metadata = '" + '{"a":' * 2000 + "1" + "}" * 2000 + "'"],
    "an_event_of_a_list": ["UPDATE events SET data = '[1]'"],
    "a_participant_of_nothing": ["UPDATE participants SET conversation_id = 'cnv_0000000000000000' WHERE n = 1"],
    "a_user_that_is_missing": ["DELETE FROM users WHERE n = 1"],
    "no_ids": ["UPDATE users SET id = 'x y' WHERE n = 1"],
    "a_job_of_no_kind": [
        "INSERT INTO jobs (id, due_at, kind, subject) VALUES ('job_0000000000000000', 1, 'explode', 'x')"
    ],
    "a_session_nowhere": ["UPDATE sessions SET state = 'moon'"],
    "a_media_type_with_a_header": ["UPDATE media SET mime_type = 'text/plain' || char(13, 10) || 'a: b'"],
    "a_file_that_is_missing": [f"UPDATE media SET file_id = '{'0' * 64}'"],
    "a_file_that_is_a_path": ["UPDATE media SET file_id = '../../etc/passwd'"],
    "no_url": ["UPDATE webhooks SET url = 'http://['"],
    "a_webhook_elsewhere": ["UPDATE webhooks SET url = 'file:///etc/passwd'"],
    "no_key": ["UPDATE emulator SET key = x'00'"],
    "a_key_of_text": ["UPDATE emulator SET key = 'secret'"],
    "no_count_of_ids": ["UPDATE emulator SET counter = -1"],
    "too_many_ids": ["UPDATE emulator SET counter = 9223372036854775807"],
    "no_identity": ["DELETE FROM emulator"],
    "two_identities": ["INSERT INTO emulator SELECT * FROM emulator"],
    "a_column_more": ["ALTER TABLE users ADD COLUMN shoe_size INTEGER"],
    "a_column_less": ["ALTER TABLE users DROP COLUMN updated_at"],
    "a_table_more": ["CREATE TABLE things (a)"],
    "a_table_less": ["DROP TABLE billing_alerts"],
    "an_index_less": ["DROP INDEX jobs_by_time"],
    "a_trigger_more": ["CREATE TRIGGER evil AFTER INSERT ON users BEGIN DELETE FROM users; END"],
    "a_view_for_a_table": ["DROP TABLE billing_alerts", "CREATE VIEW billing_alerts AS SELECT 1 AS id"],
    "another_version": ["PRAGMA user_version = 1"],
    "another_program": ["PRAGMA application_id = 7"],
    "an_index_of_other_texts": ["INSERT INTO message_texts (rowid, folded) VALUES (99999, 'nowhere')"],
}


@pytest.mark.parametrize("name", STATEMENTS)
def test_databases(loading: Loading, parts: Parts, tmp_path: Path, name: str) -> None:
    database = changed(parts, *STATEMENTS[name])["state.db"]
    assert database != parts["state.db"]
    loading.refuses(packed(tmp_path / "state.zip", {**parts, "state.db": database}))
    if name == "a_file_that_is_missing":
        return  # A database can be opened without its media files. Requests for these files are refused.
    kept = tmp_path / "state.db"
    kept.write_bytes(database)
    with pytest.raises(ValueError, match=r"state\.db cannot be used as the emulator's database"):
        Emulator(kept)
    assert kept.read_bytes() == database


@pytest.mark.parametrize("name", ["no_database", "zeros", "cut", "longer", "damaged"])
def test_bytes_that_are_not_a_database(loading: Loading, parts: Parts, name: str) -> None:
    good = parts["state.db"]
    damaged = bytearray(good)
    damaged[len(good) // 2 : len(good) // 2 + 4096 * 3] = bytes(4096 * 3)
    database = {
        "no_database": b"",
        "zeros": bytes(len(good)),
        "cut": good[:-4096],
        "longer": good + bytes(4096),
        "damaged": bytes(damaged),
    }[name]
    loading.refuses(packed(loading.folder / "state.zip", {**parts, "state.db": database}))


class TestSizes:
    def test_a_member_that_decompresses_to_a_large_one(self, loading: Loading, parts: Parts) -> None:
        """A small archive must not expand to a large state in memory."""
        header = bytearray(parts["state.db"][:100])
        pages = 120 * 1024 * 1024 // 4096
        header[28:32] = struct.pack(">I", pages)
        path = loading.folder / "state.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("emulator.json", parts["emulator.json"])
            with archive.open("state.db", "w") as member:
                member.write(header)
                for _ in range(120):
                    member.write(bytes(1024 * 1024))
        assert path.stat().st_size < 1_000_000
        tracemalloc.start()
        loading.refuses(path)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert most < 16_000_000

    @pytest.mark.parametrize("name", ["emulator.json", "state.db", "files/0", "other"])
    def test_false_sizes(self, loading: Loading, parts: Parts, name: str) -> None:
        path = packed(loading.folder / "state.zip", {**parts, "files/0": b"x" * 1000, "other": b"x" * 1000})
        data = bytearray(path.read_bytes())
        entry = data.rindex(name.encode()) - 46  # The entry in the central directory.
        data[entry + 24 : entry + 28] = struct.pack("<I", 2**32 - 2)
        path.write_bytes(data)
        loading.refuses(path)

    def test_media_that_decompress_to_large_ones(
        self, loading: Loading, parts: Parts, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(reading, "_FREE", 1024 * 1024)
        path = packed(loading.folder / "state.zip", {**parts, "files/9": bytes(30 * 1024 * 1024)})
        loading.refuses(path, "too much")

    def test_many_members(self, loading: Loading, parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(reading, "MOST_FILES", 50)
        more = {f"files/{number}": b"x" for number in range(50)}
        loading.refuses(packed(loading.folder / "state.zip", {**parts, **more}), "members")

    def test_a_state_that_could_not_be_loaded_is_not_exported(
        self, loading: Loading, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("orbitconnect.emulator.control.snapshots.LARGEST_DATABASE", 1000)
        with pytest.raises(ValueError, match="at most 1000"):
            loading.emulator.export(loading.folder / "state.zip")


class TestArchives:
    def test_two_members_with_the_same_name(self, loading: Loading, parts: Parts) -> None:
        path = packed(loading.folder / "state.zip", parts)
        with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("state.db", b"")
        loading.refuses(path, "two members")

    @pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
    def test_other_compression_methods(self, loading: Loading, parts: Parts, method: int) -> None:
        loading.refuses(packed(loading.folder / "state.zip", parts, method), "other than deflate")

    def test_encrypted(self, loading: Loading, parts: Parts) -> None:
        path = packed(loading.folder / "state.zip", parts, zipfile.ZIP_STORED)
        data = bytearray(path.read_bytes())
        data[data.rindex(b"PK\x01\x02") + 8] |= 1
        path.write_bytes(data)
        loading.refuses(path, "encrypted")

    def test_every_byte_of_the_directory(self, loading: Loading, parts: Parts) -> None:
        good = packed(loading.folder / "good.zip", {"emulator.json": parts["emulator.json"], "state.db": b"x"})
        data, path = good.read_bytes(), loading.folder / "state.zip"
        for position in range(data.index(b"PK\x01\x02"), len(data), 3):
            path.write_bytes(data[:position] + bytes([data[position] ^ 0xFF]) + data[position + 1 :])
            loading.refuses(path)


def test_over_http(loading: Loading, parts: Parts) -> None:
    with loading.emulator.serve() as server, httpx.Client(trust_env=False) as http:
        for bad in (
            changed(parts, "UPDATE users SET is_active = 'yes'"),
            MANIFESTS["nested"](parts),
            manifest(parts, clock={"now": "9999-12-31T23:59:59-23:00", "seconds_ahead": None}),
        ):
            body = packed(loading.folder / "bad.zip", bad).read_bytes()
            response = http.post(f"{server.url}/_emulator/state/load", content=body)
            assert (response.status_code, response.json()["code"]) == (422, "validation_failed")
            assert response.json()["message"].startswith("The body is not a state of the emulator: ")
        good = io.BytesIO(packed(loading.folder / "good.zip", parts).read_bytes())
        assert http.post(f"{server.url}/_emulator/state/load", content=good.read()).status_code == 200
    assert len(loading.orbit.users.list()) > 3


VERSION_3 = (
    "PRAGMA user_version = 3",
    *("DROP TABLE fan_outs", "DROP TABLE usage_days", "DROP TABLE invoice_lines", "DROP TABLE invoice_years"),
    *("DROP INDEX active_users", "DROP INDEX present_webhooks", "DROP INDEX waiting_deliveries"),
    "CREATE INDEX usage_by_time ON usage_events (created_at)",
    "CREATE INDEX usage_by_invoice ON usage_events (invoice_id, event_type, unit_price) WHERE invoice_id IS NOT NULL",
)
"""The statements that turn a database of this version into one of version 3."""


class TestOlderStates:
    """A state of version 3 of the schema is upgraded when it is opened or loaded."""

    @staticmethod
    def shown(emulator: Emulator) -> object:
        with emulator.client() as orbit:
            billing = orbit.billing
            before = billing.get_usage(), billing.get_aggregates(), billing.get_invoices()
            emulator.advance(40 * 86_400)
            billing.record_usage_event(event_type="call_minutes", quantity=0.5)
            return before, billing.generate_invoice().number, billing.get_aggregates(), orbit.webhooks.list_events()

    def test_a_file(self, parts: Parts, tmp_path: Path) -> None:
        shown = []
        for name, statements in (("new", ()), ("old", VERSION_3)):
            path = tmp_path / name
            path.write_bytes(changed(parts, *statements)["state.db"])
            for _ in range(2):  # Once upgraded, it is a file of this version.
                with Emulator(path, clock=ManualClock()) as emulator:
                    shown.append(self.shown(emulator))
        assert shown[:2] == shown[2:]
        assert shown[0] != shown[1]

    def test_an_archive(self, parts: Parts, loading: Loading) -> None:
        shown = []
        for statements in ((), VERSION_3):
            loading.emulator.load(packed(loading.folder / "state.zip", changed(parts, *statements)))
            shown.append(self.shown(loading.emulator))
        assert shown[0] == shown[1]

    @pytest.mark.parametrize(
        "statement",
        [
            "DROP TABLE billing_alerts",
            "ALTER TABLE usage_events RENAME TO things",
            "CREATE TABLE fan_outs (n)",
            "UPDATE usage_events SET amount = 'much'",
        ],
    )
    def test_that_are_damaged_stay_as_they_are(self, parts: Parts, tmp_path: Path, statement: str) -> None:
        path = tmp_path / "mine.db"
        database = changed(parts, *VERSION_3, statement)["state.db"]
        path.write_bytes(database)
        with pytest.raises(ValueError, match=r"mine\.db cannot be used"):
            Emulator(path)
        assert path.read_bytes() == database

    def test_no_view_is_read_before_the_check(self, parts: Parts, tmp_path: Path) -> None:
        """A view can be one that takes forever."""
        path = tmp_path / "mine.db"
        statements = (
            "DROP TABLE usage_events",
            "CREATE VIEW usage_events AS SELECT abs(-9223372036854775808) AS created_at",  # Fails if it is read.
            "CREATE INDEX usage_by_time ON users (n)",
            "CREATE INDEX usage_by_invoice ON users (n)",
        )
        path.write_bytes(changed(parts, *VERSION_3, *statements)["state.db"])
        with pytest.raises(ValueError, match="it has other tables"):
            Emulator(path)


def test_a_file_of_a_version_that_cannot_be_upgraded(parts: Parts, tmp_path: Path) -> None:
    path = tmp_path / "mine.db"
    path.write_bytes(changed(parts, "PRAGMA user_version = 1", "ALTER TABLE users DROP COLUMN updated_at")["state.db"])
    with pytest.raises(ValueError, match=r"mine\.db cannot be used .* another version .* schema is 1"):
        Emulator(path)


def test_the_schema_has_a_version() -> None:
    """A change to a table must increase `_SCHEMA_VERSION`, so that older states are rejected by their version."""
    with Emulator() as emulator, opened(emulator._store.copy()) as db:
        check_database(db)
        schema = [sql for kind, _, sql in _tables(db) if kind == "table" and "message_texts" not in sql]
    assert (_SCHEMA_VERSION, hashlib.sha256("\n".join(schema).encode()).hexdigest()[:12]) == (4, "b2bf9df82a06")


def test_comments_in_the_schema_are_ignored(parts: Parts, tmp_path: Path) -> None:
    statement = "UPDATE sqlite_master SET sql = replace(sql, '-- As given', '-- In other words')"
    reworded = changed(parts, "PRAGMA writable_schema = ON", statement)
    assert reworded != parts
    with CheckedEmulator(clock=ManualClock()) as emulator:
        emulator.load(packed(tmp_path / "state.zip", reworded))
        assert len(emulator.client().users.list()) > 3


def test_missing_media_files(tmp_path: Path) -> None:
    with CheckedEmulator(tmp_path / "state.db", clock=ManualClock()) as emulator:
        orbit = emulator.client()
        me = orbit.as_user(orbit.users.create(external_id="ada", display_name="Ada").id)
        media = me.media.upload(b"hello", mime_type="text/plain")
        emulator.advance(60)
        url = me.media.get_download_url(media.id).url
        for path in emulator._files.paths():
            path.unlink()
        assert url is not None
        with httpx.Client(transport=emulator.transport) as http:
            assert (http.get(url).status_code, http.get(url).json()["code"]) == (409, "conflict")
