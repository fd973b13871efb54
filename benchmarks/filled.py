"""Fills an emulator's tables with many rows by SQL: a request for each row would take minutes.

The first two users have the same small number of conversations, calls and so on in an emulator of any size. So an
operation on behalf of them should take the same time in all.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from attrs import frozen

from orbitconnect.emulator.store import Store

OWN: Final = 10
"""How many conversations, calls, meetings, files, recordings and sessions the first two users share."""

START: Final = 1_764_547_200_000_000
"""The time of the first row in microseconds: 2025-12-01. The rows of a table follow at intervals of a millisecond."""

_OWNER: Final = f"CASE WHEN i <= {OWN} THEN 1 ELSE 3 + i % (:users - 2) END"
_OTHER: Final = f"CASE WHEN i <= {OWN} THEN 2 ELSE 3 + (i + 1) % (:users - 2) END"
_TIME: Final = f"{START} + i * 1000"
# Every other message is in the first conversation, and the others are spread over the rest.
_CONVERSATION: Final = "CASE WHEN i % 2 THEN 1 ELSE 2 + i / 2 % (:conversations - 1) END"
_SEQUENCE: Final = "CASE WHEN i % 2 THEN (i + 1) / 2 ELSE 1 + (i / 2 - 1) / (:conversations - 1) END"
_SENDER: Final = f"CASE WHEN {_CONVERSATION} <= {OWN} THEN 1 ELSE 3 + ({_CONVERSATION}) % (:users - 2) END"
_READER: Final = f"CASE WHEN {_CONVERSATION} <= {OWN} THEN 2 ELSE 3 + ({_CONVERSATION} + 1) % (:users - 2) END"
_TEXT: Final = "printf('message %08x about topic %03d', i * 2654435761 % 4294967296, i % 997)"


@frozen
class Size:
    """How many rows there are. Most other tables have a row for each user."""

    users: int
    messages: int


def id_of(prefix: str, number: int) -> str:
    """The id of the n-th row of a table. Ids are scattered, as those of the emulator are."""
    return f"{prefix}_{number * 2654435761 % 2**32:08x}{number:08x}"


def fill(store: Store, size: Size) -> None:
    """Fill an empty database."""
    for _ in filling(store, size):
        pass


def filling(store: Store, size: Size) -> Iterator[tuple[str, int]]:
    """Fill an empty database, table by table. Yields the name and the number of rows of each table that is filled."""
    counts = {"users": size.users, "messages": size.messages, "conversations": OWN + size.messages // 100}
    with store.transaction():
        for count, table, columns in _TABLES:
            statement = (
                f"INSERT INTO {table} ({', '.join(columns)})"
                f" WITH RECURSIVE s (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM s WHERE i < {count})"
                f" SELECT {', '.join(columns.values())} FROM s"
            )
            used = {name: value for name, value in counts.items() if f":{name}" in statement}
            yield table, store.run(statement, used)
    store.look_for_work()


def _id(prefix: str, number: str = "i") -> str:
    return f"printf('{prefix}_%08x%08x', ({number}) * 2654435761 % 4294967296, {number})"


def _times(*names: str) -> dict[str, str]:
    return dict.fromkeys(names, _TIME)


_TABLES: Final[tuple[tuple[str, str, dict[str, str]], ...]] = (
    (
        ":users",
        "users",
        {
            "id": _id("usr"),
            "external_id": "printf('customer-%d', i)",
            "display_name": "printf('User %d', i)",
            "metadata": "'{}'",
            **_times("created_at", "updated_at"),
        },
    ),
    (
        ":conversations",
        "conversations",
        {
            "id": _id("cnv"),
            "type": "'direct'",
            "pair": f"json_array({_id('usr', _OWNER)}, {_id('usr', _OTHER)}, i)",
            "metadata": "'{}'",
            "reference_id": "printf('order-%d', i)",
            "last_sequence": "CASE WHEN i = 1 THEN (:messages + 1) / 2"
            " ELSE (:messages / 2 - (i - 2 + :conversations - 2) % (:conversations - 1) + :conversations - 2)"
            " / (:conversations - 1) END",
            "activity": "i",
            "changed_at": f"{START} + :messages * 1000",
            "created_by": _id("usr", _OWNER),
            **_times("created_at", "updated_at"),
        },
    ),
    *(
        (
            ":conversations",
            "participants",
            {
                "id": _id(prefix),
                "conversation_id": _id("cnv"),
                "user_id": _id("usr", who),
                "role": "'member'",
                "joined_sequence": "0",
                **_times("joined_at", "updated_at"),
            },
        )
        for prefix, who in (("ptc", _OWNER), ("ptd", _OTHER))
    ),
    (
        ":messages",
        "messages",
        {
            "id": _id("msg"),
            "conversation_id": _id("cnv", _CONVERSATION),
            "sequence": _SEQUENCE,
            "sender_id": _id("usr", _SENDER),
            "content": _TEXT,
            "folded": _TEXT,
            "type": "'text'",
            "metadata": "'{}'",
            "recipients": "1",
            "delivered": "1",
            "reactions": "i % 10 = 1",
            **_times("created_at", "updated_at"),
        },
    ),
    (":messages", "receipts", {"message_id": _id("msg"), "user_id": _id("usr", _READER), "delivered_at": _TIME}),
    (
        ":messages / 10",
        "reactions",
        {
            "id": _id("rct"),
            "message_id": _id("msg", "i * 10 - 9"),
            "user_id": _id("usr", "2"),
            "reaction_type": "'like'",
            "created_at": _TIME,
        },
    ),
    (
        ":messages / 2000",
        "deletions",
        {
            "message_id": _id("msg", "i * 1000 - 501"),
            "user_id": _id("usr", "1"),
            "conversation_id": _id("cnv", "1"),
            "sequence": "i * 500 - 250",
            "deleted_at": _TIME,
            "updated_at": f"{START} + i",
        },
    ),
    (
        ":messages / 10",
        "sendings",
        {
            "conversation_id": _id("cnv", "1"),
            "sender_id": _id("usr", "1"),
            "key": "printf('key-%d', i)",
            "fingerprint": "printf('%064x', i)",
            "message_id": _id("msg", "i * 2 - 1"),
        },
    ),
    (
        ":users",
        "calls",
        {
            "id": _id("call"),
            "type": "'voice'",
            "status": "'ended'",
            "caller_id": _id("usr", _OWNER),
            "callee_id": _id("usr", _OTHER),
            **_times("accepted_at", "ended_at", "created_at", "updated_at"),
        },
    ),
    (
        ":users",
        "call_signals",
        {
            "call_id": _id("call"),
            "sender_id": _id("usr", _OWNER),
            "kind": "'offer'",
            "content": "'v=0'",
            "created_at": _TIME,
        },
    ),
    (
        ":users",
        "measurements",
        {
            "id": _id("met"),
            "session_id": _id("call"),
            "user_id": _id("usr", _OWNER),
            "bitrate": "64.5",
            "created_at": _TIME,
        },
    ),
    (
        ":users",
        "meetings",
        {
            "id": _id("mtg"),
            "title": "printf('Meeting %d', i)",
            "status": "'live'",
            "host_id": _id("usr", _OWNER),
            "created_by": _id("usr", _OWNER),
            **_times("started_at", "created_at", "updated_at"),
        },
    ),
    *(
        (
            ":users",
            "meeting_participants",
            {
                "id": _id(prefix),
                "meeting_id": _id("mtg"),
                "user_id": _id("usr", who),
                "role": role,
                "status": "'joined'",
                "created_by": _id("usr", _OWNER),
                **_times("joined_at", "created_at", "updated_at"),
            },
        )
        for prefix, who, role in (("mpt", _OWNER, "'host'"), ("mpu", _OTHER, "'participant'"))
    ),
    (
        ":users",
        "media",
        {
            "id": _id("med"),
            "mime_type": "'image/png'",
            "filename": "printf('Photo %d.png', i)",
            "folded": "printf('photo %d.png' || char(10) || 'image/png', i)",
            "status": "'ready'",
            "file_id": "printf('%064x', i)",
            "size": "1000",
            "recording_id": _id("rec"),
            "created_by": _id("usr", _OWNER),
            **_times("created_at", "updated_at", "uploaded_at", "ready_at"),
        },
    ),
    (
        ":users",
        "uploads",
        {
            "id": _id("upl"),
            "media_id": _id("med"),
            "max_size": "1000000",
            "created_by": _id("usr", _OWNER),
            **_times("expires_at", "closed_at"),
        },
    ),
    (
        ":users",
        "media_access",
        {
            "id": _id("acc"),
            "media_id": _id("med"),
            "user_id": _id("usr", _OTHER),
            "access_type": "'view'",
            "created_by": _id("usr", _OWNER),
            "created_at": _TIME,
        },
    ),
    (
        ":users",
        "recordings",
        {
            "id": _id("rec"),
            "session_type": "'call'",
            "session_id": _id("call"),
            "status": "'ready'",
            "media_id": _id("med"),
            "options": "'{}'",
            "started_by": _id("usr", _OWNER),
            **_times("started_at", "ended_at", "updated_at"),
        },
    ),
    (
        ":users",
        "sessions",
        {
            "id": _id("ses"),
            "type": "'call_session'",
            "state": "'call'",
            "call_id": _id("call"),
            "last_sequence": "1",
            "created_by": _id("usr", _OWNER),
            **_times("context_updated_at", "created_at", "updated_at"),
        },
    ),
    (
        ":users",
        "session_transitions",
        {
            "id": _id("trn"),
            "session_id": _id("ses"),
            "type": "'chat_to_call'",
            "from_state": "'chat'",
            "to_state": "'call'",
            "triggered_by": _id("usr", _OWNER),
            "created_at": _TIME,
        },
    ),
    (
        ":users",
        "session_events",
        {
            "id": _id("sev"),
            "session_id": _id("ses"),
            "sequence": "1",
            "event_type": "'note'",
            "payload": "'{}'",
            "created_by": _id("usr", _OWNER),
            "created_at": _TIME,
        },
    ),
    (
        ":messages",
        "events",
        {
            "id": _id("evt"),
            "type": "'message.sent'",
            "source": "'platform'",
            "data": f"json_object('message_id', {_id('msg')}, 'message', json_object('content', {_TEXT}))",
            "created_at": _TIME,
        },
    ),
    (
        str(OWN),
        "webhooks",
        {
            "id": _id("whk"),
            "url": "printf('http://127.0.0.1:9/%d', i)",
            "secret": "'whsec_benchmark'",
            "is_active": "0",
            **_times("created_at", "updated_at"),
        },
    ),
    (
        str(OWN),
        "subscriptions",
        {"id": _id("sub"), "webhook_id": _id("whk"), "event_type": "'order.paid'", "created_at": _TIME},
    ),
    (
        ":users",
        "deliveries",
        {
            "id": _id("dlv"),
            "webhook_id": _id("whk", f"CASE WHEN i <= {OWN} THEN 1 ELSE 2 + i % ({OWN} - 1) END"),
            "event_id": _id("evt"),
            "url": "'http://127.0.0.1:9/'",
            "status": "'succeeded'",
            "is_replay": "0",
            "attempt_count": "1",
            "last_response_status": "204",
            **_times("last_attempt_at", "delivered_at", "created_at", "updated_at"),
        },
    ),
    (
        ":users",
        "delivery_attempts",
        {
            "id": _id("att"),
            "delivery_id": _id("dlv"),
            "number": "1",
            "url": "'http://127.0.0.1:9/'",
            "response_status": "204",
            "response_excerpt": "''",
            "duration": "5000",
            "attempted_at": _TIME,
        },
    ),
    (
        ":users",
        "jobs",
        {"id": _id("job"), "due_at": f"{START} + 30000000000000 + i", "kind": "'invoice-due'", "subject": _id("inv")},
    ),
    (
        ":users",
        "transactions",
        {
            "id": _id("txn"),
            "type": "'usage'",
            "amount": "-1000",
            "balance_after": "1000000000",
            "usage_event_id": _id("use"),
            "created_at": _TIME,
        },
    ),
    (
        ":users",
        "usage_events",
        {
            "id": _id("use"),
            "event_type": "'call_minutes'",
            "quantity": "1.5",
            "unit_price": "1000",
            "amount": "1500",
            "transaction_id": _id("txn"),
            "metadata": "'{}'",
            "invoice_id": _id("inv", "1 + i % (:users / 100)"),
            "created_at": _TIME,
        },
    ),
    (
        "30",
        "usage_days",
        {
            "began_at": f"{START} + i * 86400000000",
            "event_type": "'call_minutes'",
            "quantity": "1.5 * :users",
            "events": ":users",
            "amount": "1500 * :users",
        },
    ),
    (
        ":users / 100",
        "invoice_lines",
        {
            "invoice_id": _id("inv"),
            "event_type": "'call_minutes'",
            "unit_price": "1000",
            "quantity": "1.5",
            "amount": "1500",
        },
    ),
    ("1", "invoice_years", {"year": "2025", "issued": ":users / 100"}),
    (
        ":users / 100",
        "invoices",
        {
            "id": _id("inv"),
            "number": "printf('OC-2025-%04d', i)",
            "status": "'paid'",
            "period_start": f"{START} + i",
            "period_end": f"{START} + i + 1000",
            **_times("issued_at", "due_at", "paid_at", "created_at", "updated_at"),
        },
    ),
    (
        ":users / 100",
        "billing_alerts",
        {"id": _id("alr"), "type": "'low_balance'", "threshold": "i * 10000", **_times("created_at", "updated_at")},
    ),
)
