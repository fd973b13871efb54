"""The wallet: what is in it, adding to it, and what has changed it."""

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
    """The application's wallet."""
    return ledger.wallet(context)


@handles(operations.TOP_UP_WALLET)
def top_up(context: RequestContext) -> Wallet:
    """Adds money. Where that makes good what was owed, the invoices that waited for it are paid."""
    body = TopUpWalletBody.from_dict(context.body)
    amount = read_amount(body, "amount", body.amount)
    transaction = ledger.book(context, ledger.TOP_UP, amount, "Top-up")
    settle(context)
    wallet = ledger.wallet(context)
    emit(context, events.WALLET_TOPPED_UP, WalletToppedUpEventData(wallet=wallet, transaction=transaction))
    return wallet


@handles(operations.GET_TRANSACTIONS)
def get_transactions(context: RequestContext) -> list[Transaction]:
    """Everything that changed the balance, newest first."""
    return ledger.transactions(context)
