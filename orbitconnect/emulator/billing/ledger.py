"""The wallet and its transactions. Only this module changes the balance."""

from __future__ import annotations

from typing import Final

from orbitconnect_api.literals import TransactionType
from orbitconnect_api.models.transaction import Transaction
from orbitconnect_api.models.wallet import Wallet

from ..clock import from_microseconds
from ..context import Context
from ..model_fields import nulls
from ..refusals import conflict
from ..rules import AMOUNTS
from ..tables.billing import TransactionRow, WalletRow
from .money import CURRENCY, LARGEST, number

TOP_UP: Final[TransactionType] = "top_up"
USAGE: Final[TransactionType] = "usage"


def balance(context: Context) -> int:
    """The wallet's balance, in millionths."""
    return _row(context).balance


def wallet(context: Context) -> Wallet:
    """The API's model of the wallet."""
    row = _row(context)
    return Wallet(
        balance=number(row.balance),
        currency=CURRENCY,
        created_at=from_microseconds(row.created_at),
        updated_at=from_microseconds(row.updated_at),
        _raw=nulls(Wallet),
    )


def book(
    context: Context,
    kind: TransactionType,
    amount: int,
    description: str,
    usage_event_id: str | None = None,
) -> Transaction:
    """Record a transaction and change the balance. Usage can make it negative.

    Raises:
        Refusal: If the absolute balance would exceed `LARGEST`.
    """
    after = balance(context) + amount
    if abs(after) > LARGEST:
        raise conflict("The wallet's balance would exceed its limit.", AMOUNTS)
    transaction_id = context.new_id("txn")
    context.store.run("UPDATE wallet SET balance = ?, updated_at = ?", (after, context.now))
    context.store.run(
        "INSERT INTO transactions (id, type, amount, balance_after, description, usage_event_id, created_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (transaction_id, kind, amount, after, description, usage_event_id, context.now),
    )
    return _model(context.store.one(TransactionRow, "SELECT * FROM transactions WHERE id = ?", (transaction_id,)))


def transactions(context: Context) -> list[Transaction]:
    """All transactions, newest first."""
    return [_model(row) for row in context.store.all(TransactionRow, "SELECT * FROM transactions ORDER BY n DESC")]


def _row(context: Context) -> WalletRow:
    row = context.store.one_or_none(WalletRow, "SELECT * FROM wallet")
    if row is None:
        context.store.run("INSERT INTO wallet VALUES (1, 0, ?, ?)", (context.now, context.now))
        row = context.store.one(WalletRow, "SELECT * FROM wallet")
    return row


def _model(row: TransactionRow) -> Transaction:
    return Transaction(
        id=row.id,
        type=row.type,
        amount=number(row.amount),
        currency=CURRENCY,
        balance_after=number(row.balance_after),
        description=row.description,
        usage_event_id=row.usage_event_id,
        created_at=from_microseconds(row.created_at),
        _raw=nulls(Transaction),
    )
