"""The row classes have the same columns as the tables, and the store checks the columns of every query."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any, Final, NamedTuple, get_type_hints

import pytest

from orbitconnect.emulator import tables
from orbitconnect.emulator.store import Store

TABLES: Final = {
    "billing_alerts": tables.billing.BillingAlertRow,
    "call_signals": tables.calls.CallSignalRow,
    "calls": tables.calls.CallRow,
    "conversations": tables.chat.ConversationRow,
    "delivery_attempts": tables.webhooks.DeliveryAttemptRow,
    "invoice_lines": tables.billing.InvoiceLineRow,
    "invoices": tables.billing.InvoiceRow,
    "jobs": tables.jobs.JobRow,
    "measurements": tables.calls.MeasurementRow,
    "media": tables.media.MediaRow,
    "media_access": tables.media.MediaAccessRow,
    "meeting_participants": tables.meetings.MeetingParticipantRow,
    "meetings": tables.meetings.MeetingRow,
    "deletions": tables.chat.DeletionRow,
    "messages": tables.chat.MessageRow,
    "participants": tables.chat.ParticipantRow,
    "reactions": tables.chat.ReactionRow,
    "recordings": tables.media.RecordingRow,
    "sendings": tables.chat.SendingRow,
    "session_events": tables.realtime.SessionEventRow,
    "session_transitions": tables.realtime.SessionTransitionRow,
    "sessions": tables.realtime.SessionRow,
    "subscriptions": tables.webhooks.SubscriptionRow,
    "transactions": tables.billing.TransactionRow,
    "upload_parts": tables.media.UploadPartRow,
    "usage_days": tables.billing.UsageDayRow,
    "usage_events": tables.billing.UsageEventRow,
    "users": tables.chat.UserRow,
    "wallet": tables.billing.WalletRow,
    "webhooks": tables.webhooks.WebhookRow,
}
TYPES: Final[dict[str, Any]] = {"INTEGER": int, "REAL": float, "NUMERIC": float, "TEXT": str, "BLOB": bytes}


def row_classes() -> Iterator[Any]:
    for module in vars(tables).values():
        for name, value in vars(module).items() if hasattr(module, "TABLES") else ():
            if name.endswith("Row"):
                yield value


def columns(table: str) -> list[tuple[str, Any]]:
    with closing(sqlite3.connect(":memory:")) as db:
        db.executescript(tables.TABLES)
        return [
            (name, TYPES[kind] if is_required or is_key else TYPES[kind] | None)
            for _, name, kind, is_required, _, is_key in db.execute(f"PRAGMA table_info({table})")
        ]


def test_every_row_class_is_compared() -> None:
    assert sorted(TABLES.values(), key=id) == sorted(row_classes(), key=id)


@pytest.mark.parametrize("table", TABLES)
def test_the_fields_are_the_columns_in_their_order(table: str) -> None:
    assert list(get_type_hints(TABLES[table]).items()) == columns(table)


def test_a_secret_is_not_in_the_repr_of_its_row() -> None:
    row = tables.webhooks.WebhookRow(1, "whk_1", "http://localhost", "whsec_x", 1, None, None, 0, 0, None)
    assert "whsec_x" not in repr(row)


class Pair(NamedTuple):
    one: int
    two: str | None


@pytest.fixture
def store() -> Iterator[Store]:
    with closing(Store()) as store:
        yield store


class TestStore:
    def test_rows(self, store: Store) -> None:
        query = "SELECT 1 AS one, NULL AS two UNION SELECT 2, 'b'"
        assert store.all(Pair, query) == [(1, None), (2, "b")]
        assert store.one(Pair, query).one == 1

    def test_no_row(self, store: Store) -> None:
        query = "SELECT 1 AS one, 'b' AS two WHERE 0"
        assert store.one_or_none(Pair, query) is None
        with pytest.raises(LookupError, match="has no row"):
            store.one(Pair, query)

    @pytest.mark.parametrize("columns", ["'b' AS two, 1 AS one", "1 AS one", "1 AS one, 'b' AS tow"])
    def test_columns_that_are_not_those_of_the_class(self, store: Store, columns: str) -> None:
        with pytest.raises(TypeError, match="Pair has the fields"):
            store.all(Pair, f"SELECT {columns} WHERE 0")

    def test_single_values(self, store: Store) -> None:
        assert store.scalar(str, "SELECT 'a'") == "a"
        assert store.scalar(str, "SELECT NULL") is None
        assert store.scalar(str, "SELECT 'a' WHERE 0") is None
        assert store.scalars(int, "SELECT 1 UNION SELECT 2") == [1, 2]
        assert store.count("SELECT count(*) FROM users") == 0
        assert store.exists("SELECT 1")
        assert not store.exists("SELECT 1 WHERE 0")
        with pytest.raises(TypeError, match="returns int, not str"):
            store.scalar(str, "SELECT 1")
