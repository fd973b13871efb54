"""How far a message has got: delivered to whom, read by whom."""

from __future__ import annotations

from typing import Final, NamedTuple

from orbitconnect_api import events, operations
from orbitconnect_api.models.message_info import MessageInfo
from orbitconnect_api.models.message_receipt import MessageReceipt
from orbitconnect_api.models.message_receipt_event_data import MessageReceiptEventData
from orbitconnect_api.types import EventType

from ..clock import from_microseconds
from ..context import RequestContext
from ..model_fields import nulls
from ..outbox import emit
from ..registry import handles
from ..tables.chat import MessageRow
from .message_rows import DELIVERED, READ, SENT, find_message, next_change, status_of

_RECIPIENTS: Final = (
    " WHERE p.conversation_id = ? AND p.user_id != ?"
    " AND p.joined_sequence < ? AND (p.left_sequence IS NULL OR p.left_sequence >= ?)"
)
"""Those who took part when the message was sent; the sender is none of them."""


class _Receipt(NamedTuple):
    """A recipient of a message. Both instants are None until the message is delivered."""

    user_id: str
    delivered_at: int | None
    read_at: int | None


@handles(operations.ACK_MESSAGE)
def acknowledge(context: RequestContext, message_id: str) -> None:
    """Notes that a message has reached the acting user."""
    row, _ = find_message(context, message_id)
    receipt = _receipt(context, row)
    if receipt is None and _is_recipient(context, row):
        _deliver(context, row)


@handles(operations.MARK_MESSAGE_READ)
def mark_read(context: RequestContext, message_id: str) -> None:
    """Notes that the acting user has read this one message; those before it stay as they are."""
    row, stay = find_message(context, message_id)
    receipt = _receipt(context, row)
    if receipt is not None and receipt.read_at is not None:
        return
    is_recipient = _is_recipient(context, row)
    first_seen = stay.last_read_sequence is None or stay.last_read_sequence < row.sequence
    if not is_recipient and not first_seen:
        return
    was_unread = is_recipient and row.sequence > stay.joined_sequence and row.recalled_at is None
    context.store.run(
        "UPDATE participants SET unread = unread - ?, last_read_at = ?, updated_at = ?,"
        " last_read_sequence = max(coalesce(last_read_sequence, 0), ?) WHERE id = ?",
        (int(was_unread), context.now, context.now, row.sequence, stay.id),
    )
    if is_recipient:
        if receipt is None:
            _deliver(context, row)
            row, _ = find_message(context, message_id)
        context.store.run(
            "UPDATE receipts SET read_at = ? WHERE message_id = ? AND user_id = ?",
            (context.now, message_id, context.actor_id),
        )
        _count(context, row, delivered=0, read=1)
        _announce(context, events.MESSAGE_READ, row)


@handles(operations.GET_MESSAGE_INFO)
def message_info(context: RequestContext, message_id: str) -> MessageInfo:
    """How far a message has got with each recipient."""
    row, _ = find_message(context, message_id)
    query = (
        "SELECT p.user_id, r.delivered_at, r.read_at FROM participants p"
        f" LEFT JOIN receipts r ON r.message_id = ? AND r.user_id = p.user_id{_RECIPIENTS} ORDER BY p.n"
    )
    recipients = context.store.all(_Receipt, query, (message_id, *_recipient_values(row)))
    return MessageInfo(
        message_id=message_id,
        conversation_id=row.conversation_id,
        sender_id=row.sender_id,
        status=status_of(row.recipients, row.delivered, row.read),
        recipient_count=row.recipients,
        delivered_count=row.delivered,
        read_count=row.read,
        recipients=[_model(recipient) for recipient in recipients],
        sent_at=from_microseconds(row.created_at),
        _raw=nulls(MessageInfo),
    )


def _deliver(context: RequestContext, row: MessageRow) -> None:
    context.store.run(
        "INSERT INTO receipts (message_id, user_id, delivered_at) VALUES (?, ?, ?)",
        (row.id, context.actor_id, context.now),
    )
    _count(context, row, delivered=1, read=0)
    _announce(context, events.MESSAGE_DELIVERED, row)


def _announce(context: RequestContext, event: EventType, row: MessageRow) -> None:
    """Tells how far a message has got with the acting user."""
    receipt = _receipt(context, row)
    assert receipt is not None  # It was just written.
    emit(context, event, MessageReceiptEventData(row.id, row.conversation_id, _model(receipt)))


def _receipt(context: RequestContext, row: MessageRow) -> _Receipt | None:
    query = "SELECT user_id, delivered_at, read_at FROM receipts WHERE message_id = ? AND user_id = ?"
    return context.store.one_or_none(_Receipt, query, (row.id, context.actor_id))


def _is_recipient(context: RequestContext, row: MessageRow) -> bool:
    query = f"SELECT 1 FROM participants p{_RECIPIENTS} AND p.user_id = ?"
    return context.store.exists(query, (*_recipient_values(row), context.actor_id))


def _recipient_values(row: MessageRow) -> tuple[str, str, int, int]:
    return row.conversation_id, row.sender_id, row.sequence, row.sequence


def _count(context: RequestContext, row: MessageRow, *, delivered: int, read: int) -> None:
    """Adds to what a message knows of its receipts. Only where its status changes does that count as a change."""
    recipients, now_delivered, now_read = row.recipients, row.delivered + delivered, row.read + read
    changed = status_of(recipients, now_delivered, now_read) != status_of(recipients, row.delivered, row.read)
    instant = next_change(context, row.conversation_id) if changed else row.updated_at
    context.store.run(
        "UPDATE messages SET delivered = ?, read = ?, updated_at = ? WHERE id = ?",
        (now_delivered, now_read, instant, row.id),
    )


def _model(row: _Receipt) -> MessageReceipt:
    delivered_at, read_at = row.delivered_at, row.read_at
    return MessageReceipt(
        app_user_id=row.user_id,
        status=SENT if delivered_at is None else DELIVERED if read_at is None else READ,
        delivered_at=None if delivered_at is None else from_microseconds(delivered_at),
        read_at=None if read_at is None else from_microseconds(read_at),
        _raw=nulls(MessageReceipt),
    )
