"""Receipts: to whom a message was delivered, and who has read it."""

from __future__ import annotations

from typing import Final, NamedTuple

from orbitconnect_api import events, operations
from orbitconnect_api.models.message_info import MessageInfo
from orbitconnect_api.models.message_receipt import MessageReceipt
from orbitconnect_api.models.message_receipt_event_data import MessageReceiptEventData
from orbitconnect_api.types import EventType

from ..clock import from_microseconds, time_or_none
from ..context import RequestContext
from ..model_fields import nulls
from ..outbox import emit
from ..registry import handles
from ..tables.chat import MessageRow
from .message_rows import DELIVERED, READ, SENT, find_message, message_status, next_updated_at

_RECIPIENTS: Final = (
    " WHERE p.conversation_id = ? AND p.user_id != ?"
    " AND p.joined_sequence < ? AND (p.left_sequence IS NULL OR p.left_sequence >= ?)"
)
"""The participants when the message was sent, except its sender."""


class _Receipt(NamedTuple):
    """A recipient of a message. `delivered_at` is None until the message is delivered, `read_at` until it is read."""

    user_id: str
    delivered_at: int | None
    read_at: int | None


@handles(operations.ACK_MESSAGE)
def acknowledge(context: RequestContext, message_id: str) -> None:
    """Record that a message was delivered to the acting user."""
    row, _ = find_message(context, message_id)
    receipt = _receipt(context, row)
    if receipt is None and _is_recipient(context, row):
        _mark_delivered(context, row)


@handles(operations.MARK_MESSAGE_READ)
def mark_read(context: RequestContext, message_id: str) -> None:
    """Record that the acting user has read this message. Earlier messages stay unread."""
    row, membership = find_message(context, message_id)
    receipt = _receipt(context, row)
    if receipt is not None and receipt.read_at is not None:
        return
    is_recipient = _is_recipient(context, row)
    first_seen = membership.last_read_sequence is None or membership.last_read_sequence < row.sequence
    if not is_recipient and not first_seen:
        return
    was_unread = is_recipient and row.sequence > membership.joined_sequence and row.recalled_at is None
    context.store.run(
        "UPDATE participants SET unread = unread - ?, last_read_at = ?, updated_at = ?,"
        " last_read_sequence = max(coalesce(last_read_sequence, 0), ?) WHERE id = ?",
        (int(was_unread), context.now, context.now, row.sequence, membership.id),
    )
    if is_recipient:
        if receipt is None:
            _mark_delivered(context, row)
            row, _ = find_message(context, message_id)
        context.store.run(
            "UPDATE receipts SET read_at = ? WHERE message_id = ? AND user_id = ?",
            (context.now, message_id, context.actor_id),
        )
        _add_to_counts(context, row, delivered=0, read=1)
        _emit(context, events.MESSAGE_READ, row)


@handles(operations.GET_MESSAGE_INFO)
def message_info(context: RequestContext, message_id: str) -> MessageInfo:
    """Return a message's status for each recipient."""
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
        status=message_status(row.recipients, row.delivered, row.read),
        recipient_count=row.recipients,
        delivered_count=row.delivered,
        read_count=row.read,
        recipients=[_model(recipient) for recipient in recipients],
        sent_at=from_microseconds(row.created_at),
        _raw=nulls(MessageInfo),
    )


def _mark_delivered(context: RequestContext, row: MessageRow) -> None:
    context.store.run(
        "INSERT INTO receipts (message_id, user_id, delivered_at) VALUES (?, ?, ?)",
        (row.id, context.actor_id, context.now),
    )
    _add_to_counts(context, row, delivered=1, read=0)
    _emit(context, events.MESSAGE_DELIVERED, row)


def _emit(context: RequestContext, event: EventType, row: MessageRow) -> None:
    """Emit an event about the acting user's receipt of a message."""
    receipt = _receipt(context, row)
    assert receipt is not None  # The receipt was just written.
    emit(
        context,
        event,
        MessageReceiptEventData(message_id=row.id, conversation_id=row.conversation_id, receipt=_model(receipt)),
    )


def _receipt(context: RequestContext, row: MessageRow) -> _Receipt | None:
    query = "SELECT user_id, delivered_at, read_at FROM receipts WHERE message_id = ? AND user_id = ?"
    return context.store.one_or_none(_Receipt, query, (row.id, context.actor_id))


def _is_recipient(context: RequestContext, row: MessageRow) -> bool:
    query = f"SELECT 1 FROM participants p{_RECIPIENTS} AND p.user_id = ?"
    return context.store.exists(query, (*_recipient_values(row), context.actor_id))


def _recipient_values(row: MessageRow) -> tuple[str, str, int, int]:
    return row.conversation_id, row.sender_id, row.sequence, row.sequence


def _add_to_counts(context: RequestContext, row: MessageRow, *, delivered: int, read: int) -> None:
    """Add to a message's receipt counts. A message counts as changed only if its status has changed."""
    recipients, now_delivered, now_read = row.recipients, row.delivered + delivered, row.read + read
    changed = message_status(recipients, now_delivered, now_read) != message_status(recipients, row.delivered, row.read)
    updated_at = next_updated_at(context, row.conversation_id) if changed else row.updated_at
    context.store.run(
        "UPDATE messages SET delivered = ?, read = ?, updated_at = ? WHERE id = ?",
        (now_delivered, now_read, updated_at, row.id),
    )


def _model(row: _Receipt) -> MessageReceipt:
    delivered_at, read_at = row.delivered_at, row.read_at
    return MessageReceipt(
        app_user_id=row.user_id,
        status=SENT if delivered_at is None else DELIVERED if read_at is None else READ,
        delivered_at=time_or_none(delivered_at),
        read_at=time_or_none(read_at),
        _raw=nulls(MessageReceipt),
    )
