"""Billing alerts: events when the balance falls below a threshold."""

from __future__ import annotations

from typing import Final

from orbitconnect_api import events, operations
from orbitconnect_api.models.billing_alert import BillingAlert
from orbitconnect_api.models.billing_alert_event_data import BillingAlertEventData
from orbitconnect_api.models.create_billing_alert_body import CreateBillingAlertBody
from orbitconnect_api.models.wallet_low_balance_event_data import WalletLowBalanceEventData

from ..clock import from_microseconds, time_or_none
from ..context import Context, RequestContext
from ..model_fields import nulls
from ..outbox import emit
from ..refusals import invalid_field
from ..registry import handles
from ..tables.billing import BillingAlertRow
from . import ledger
from .money import CURRENCY, number, read_amount

LOW_BALANCE: Final = "low_balance"


@handles(operations.CREATE_BILLING_ALERT)
def create_alert(context: RequestContext) -> BillingAlert:
    """Create an alert.

    If the balance is already below the threshold, the alert is triggered only when the balance next falls below it.
    """
    body = CreateBillingAlertBody.from_dict(context.body)
    if body.type != LOW_BALANCE:
        raise invalid_field(body, "type", f"must be {LOW_BALANCE}")
    alert_id = context.new_id("alr")
    context.store.run(
        "INSERT INTO billing_alerts (id, type, threshold, created_at, updated_at) VALUES (?, ?, ?, ?, ?)",
        (alert_id, body.type, read_amount(body, "threshold", body.threshold), context.now, context.now),
    )
    alert = _model(context.store.one(BillingAlertRow, "SELECT * FROM billing_alerts WHERE id = ?", (alert_id,)))
    emit(context, events.ALERT_CREATED, BillingAlertEventData(alert=alert))
    return alert


@handles(operations.GET_BILLING_ALERTS)
def get_alerts(context: RequestContext) -> list[BillingAlert]:
    """List all alerts in the order in which they were created."""
    return [_model(row) for row in context.store.all(BillingAlertRow, "SELECT * FROM billing_alerts ORDER BY n")]


def trigger_alerts(context: Context, before: int) -> None:
    """Trigger the alerts whose threshold the balance has just fallen below.

    An alert is triggered again only after a top-up has brought the balance back to its threshold or above.

    Args:
        context: The context.
        before: The balance before the change, in millionths.
    """
    crossed = " WHERE threshold > ? AND threshold <= ?"
    values = (ledger.balance(context), before)
    context.store.run(
        f"UPDATE billing_alerts SET last_triggered_at = ?, updated_at = ?{crossed}",
        (context.now, context.now, *values),
    )
    # The balance falls below the highest threshold first.
    rows = context.store.all(
        BillingAlertRow, f"SELECT * FROM billing_alerts{crossed} ORDER BY threshold DESC, n", values
    )
    for row in rows:
        data = WalletLowBalanceEventData(wallet=ledger.wallet(context), alert=_model(row))
        emit(context, events.WALLET_LOW_BALANCE, data)


def _model(row: BillingAlertRow) -> BillingAlert:
    return BillingAlert(
        id=row.id,
        type=row.type,
        threshold=number(row.threshold),
        currency=CURRENCY,
        is_active=True,
        last_triggered_at=time_or_none(row.last_triggered_at),
        created_at=from_microseconds(row.created_at),
        updated_at=from_microseconds(row.updated_at),
        _raw=nulls(BillingAlert),
    )
