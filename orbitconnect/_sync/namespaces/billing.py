# Derived from orbitconnect/_async/namespaces/billing.py by `make generate`: edit that file.
"""`orbit.billing`: wallet, usage events, invoices and low-balance alerts."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

from orbitconnect_api.api.billing import (
    create_billing_alert,
    generate_invoice,
    get_billing_alerts,
    get_invoice,
    get_invoices,
    get_transactions,
    get_usage,
    get_usage_aggregates,
    get_wallet,
    record_usage_event,
    top_up_wallet,
)
from orbitconnect_api.models.billing_alert import BillingAlert
from orbitconnect_api.models.create_billing_alert_body import CreateBillingAlertBody
from orbitconnect_api.models.generate_invoice_body import GenerateInvoiceBody
from orbitconnect_api.models.invoice import Invoice
from orbitconnect_api.models.record_usage_event_body import RecordUsageEventBody
from orbitconnect_api.models.top_up_wallet_body import TopUpWalletBody
from orbitconnect_api.models.transaction import Transaction
from orbitconnect_api.models.usage_aggregate import UsageAggregate
from orbitconnect_api.models.usage_event import UsageEvent
from orbitconnect_api.models.usage_summary import UsageSummary
from orbitconnect_api.models.wallet import Wallet

from ..._facade.arguments import omit_none, with_hints
from ..executor import Executor


@with_hints("orbit.billing")
class Billing:
    """Wallet, usage events, invoices and low-balance alerts.

    Methods: `get_wallet`, `top_up`, `get_transactions`, `record_usage_event`, `get_usage`, `get_aggregates`,
    `get_invoices`, `get_invoice`, `generate_invoice`, `create_alert`, `get_alerts`.
    """

    def __init__(self, executor: Executor) -> None:
        self._executor = executor

    def get_wallet(self) -> Wallet:
        """Gets the application's wallet. There is one.

        Returns:
            The wallet, with its balance in major units of its currency (the unit is inferred).

        Raises:
            OrbitServerError: If the call failed.

        Example:
            ```python
            wallet = orbit.billing.get_wallet()
            print(wallet.balance, wallet.currency)
            ```
        """
        return self._executor.execute(get_wallet.build())

    def top_up(self, amount: float) -> Wallet | Transaction:
        """Adds money to the wallet.

        The SDK never repeats this call after a byte was sent: it moves money. If `error.sent` is True, the money may
        have been added: look for a new transaction with `get_transactions` before you repeat it. See docs/money.md.

        Args:
            amount: The amount in major units of the wallet's currency (the unit is inferred), more than 0 (the limit is
                inferred).

        Returns:
            The wallet afterwards or the transaction, as the server chooses; `isinstance(result, Transaction)` tells
            them apart.

        Raises:
            UnprocessableEntityError: If the amount is out of range.
            OrbitServerError: If the call failed otherwise.
            ValueError: If the amount is not a finite number; nothing is sent then.

        Example:
            ```python
            result = orbit.billing.top_up(25.0)
            balance = result.balance_after if isinstance(result, Transaction) else result.balance
            ```
        """
        body = TopUpWalletBody(amount=amount)
        return self._executor.execute(top_up_wallet.build(body=body))

    def get_transactions(self) -> list[Transaction]:
        """Gets everything that changed the balance of the wallet.

        Returns:
            The transactions.

        Raises:
            OrbitServerError: If the call failed.

        Example:
            ```python
            for transaction in orbit.billing.get_transactions():
                print(transaction.type, transaction.amount)
            ```
        """
        return self._executor.execute(get_transactions.build())

    def record_usage_event(
        self, *, event_type: str, quantity: float, metadata: Mapping[str, Any] | None = None
    ) -> UsageEvent:
        """Records that something was used; its price is taken from the wallet (inferred).

        The wire form is inferred.

        The SDK never repeats this call after a byte was sent: recording it twice charges it twice. If `error.sent` is
        True, the charge may have been made: look for a new transaction with `get_transactions` before you repeat it.
        `get_usage` shows only sums. See docs/money.md.

        Args:
            event_type: What was used, at most 255 characters (the limit is inferred).
            quantity: How much of it was used, 0 or more (the limit is inferred).
            metadata: Your own data about the usage.

        Returns:
            The usage event, with what was charged.

        Raises:
            UnprocessableEntityError: If a field has a value that is not allowed.
            OrbitServerError: If the call failed otherwise.
            ValueError: If the quantity is not a finite number; nothing is sent then.

        Example:
            ```python
            orbit.billing.record_usage_event(event_type="call_minutes", quantity=12)
            ```
        """
        body = RecordUsageEventBody(event_type=event_type, quantity=quantity, metadata=omit_none(metadata))
        return self._executor.execute(record_usage_event.build(body=body))

    def get_usage(self) -> UsageSummary:
        """Gets what was used in the current billing period (inferred), summed up by event type.

        Returns:
            The usage.

        Raises:
            OrbitServerError: If the call failed.

        Example:
            ```python
            usage = orbit.billing.get_usage()
            print(usage.total_amount, usage.currency)
            ```
        """
        return self._executor.execute(get_usage.build())

    def get_aggregates(self) -> list[UsageAggregate]:
        """Gets what was used, summed up by event type and stretch of time.

        The wire form is inferred.

        Returns:
            The sums.

        Raises:
            OrbitServerError: If the call failed.

        Example:
            ```python
            for aggregate in orbit.billing.get_aggregates():
                print(aggregate.period_start, aggregate.event_type, aggregate.quantity)
            ```
        """
        return self._executor.execute(get_usage_aggregates.build())

    def get_invoices(self) -> list[Invoice]:
        """Gets the invoices of the application.

        Returns:
            The invoices.

        Raises:
            OrbitServerError: If the call failed.

        Example:
            ```python
            for invoice in orbit.billing.get_invoices():
                print(invoice.number, invoice.status)
            ```
        """
        return self._executor.execute(get_invoices.build())

    def get_invoice(self, invoice_id: str) -> Invoice:
        """Gets an invoice.

        Args:
            invoice_id: The invoice's id.

        Returns:
            The invoice.

        Raises:
            NotFoundError: If there is no such invoice.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            invoice = orbit.billing.get_invoice("inv_2026_01")
            ```
        """
        return self._executor.execute(get_invoice.build(invoice_id))

    def generate_invoice(self, *, from_: datetime | str | None = None, to: datetime | str | None = None) -> Invoice:
        """Makes an invoice of the usage in a stretch of time.

        The SDK never repeats this call after a byte was sent: it makes an invoice each time. If `error.sent` is True,
        `get_invoices` shows whether there is one of this period.

        Args:
            from_: When the stretch begins, as an aware datetime or RFC 3339 text. The server takes the beginning of the
                current billing period when it is left out (inferred).
            to: When the stretch ends, as an aware datetime or RFC 3339 text. The server takes the present when it is
                left out (inferred).

        Returns:
            The invoice.

        Raises:
            UnprocessableEntityError: If there can be no invoice of such a stretch.
            OrbitServerError: If the call failed otherwise.
            ValueError: If a datetime is naive; nothing is sent then.

        Example:
            ```python
            invoice = orbit.billing.generate_invoice(from_=datetime(2026, 1, 1, tzinfo=timezone.utc))
            ```
        """
        body = GenerateInvoiceBody(from_=omit_none(from_), to=omit_none(to))
        return self._executor.execute(generate_invoice.build(body=body))

    def create_alert(self, *, type: Literal["low_balance"] | str, threshold: float) -> BillingAlert:
        """Creates an alert that is raised when the balance falls below a threshold.

        Webhooks get `wallet.low_balance` then (inferred). The wire form is inferred.

        The SDK never repeats this call after a byte was sent: it creates an alert each time. If `error.sent` is True,
        `get_alerts` shows whether there is one with this threshold.

        Args:
            type: What the alert is to watch.
            threshold: Below which balance the alert is raised, in major units of the wallet's currency (the unit is
                inferred), 0 or more (the limit is inferred).

        Returns:
            The alert.

        Raises:
            UnprocessableEntityError: If a field has a value that is not allowed.
            OrbitServerError: If the call failed otherwise.
            ValueError: If the threshold is not a finite number; nothing is sent then.

        Example:
            ```python
            orbit.billing.create_alert(type="low_balance", threshold=5.00)
            ```
        """
        body = CreateBillingAlertBody(type=type, threshold=threshold)
        return self._executor.execute(create_billing_alert.build(body=body))

    def get_alerts(self) -> list[BillingAlert]:
        """Gets the billing alerts of the application.

        The wire form is inferred.

        Returns:
            The alerts.

        Raises:
            OrbitServerError: If the call failed.

        Example:
            ```python
            for alert in orbit.billing.get_alerts():
                print(alert.type, alert.threshold)
            ```
        """
        return self._executor.execute(get_billing_alerts.build())
