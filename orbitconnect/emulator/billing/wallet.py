"""Operations on the wallet: its balance, top-ups and transactions."""

from __future__ import annotations

from orbitconnect_api import events, operations
from orbitconnect_api.models.top_up_wallet_body import TopUpWalletBody
from orbitconnect_api.models.transaction import Transaction
from orbitconnect_api.models.wallet import Wallet
from orbitconnect_api.models.wallet_topped_up_event_data import WalletToppedUpEventData

from ..context import RequestContext
from ..outbox import emit
from ..registry import handles
from . import ledger
from .invoices import settle
from .money import read_amount


@handles(operations.GET_WALLET)
def get_wallet(context: RequestContext) -> Wallet:
    """Return the wallet."""
    return ledger.wallet(context)


@handles(operations.TOP_UP_WALLET)
def top_up(context: RequestContext) -> Wallet:
    """Add money. If the balance is no longer negative, open invoices are paid."""
    body = TopUpWalletBody.from_dict(context.body)
    amount = read_amount(body, "amount", body.amount)
    transaction = ledger.book(context, ledger.TOP_UP, amount, "Top-up")
    settle(context)
    wallet = ledger.wallet(context)
    emit(context, events.WALLET_TOPPED_UP, WalletToppedUpEventData(wallet=wallet, transaction=transaction))
    return wallet


@handles(operations.GET_TRANSACTIONS)
def get_transactions(context: RequestContext) -> list[Transaction]:
    """List all transactions, newest first."""
    return ledger.transactions(context)
