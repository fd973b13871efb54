# Derived from orbitconnect/_async/namespaces/billing.py by `make generate`: edit that file.
"""`orbit.billing`: wallet, usage events, invoices and low-balance alerts."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

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
from orbitconnect_api.literals import BillingAlertType
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

from ..._facade.arguments import omit_none
from ..._facade.hints import with_hints
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
        """Get the application's wallet. Each application has one.

        Returns:
            The wallet, with its balance in major units of its currency (inferred).

        Raises:
            OrbitServerError: For any API or network error.

        Example:
            ```python
            wallet = orbit.billing.get_wallet()
            print(wallet.balance, wallet.currency)
            ```
        """
        return self._executor.execute(get_wallet.build())

    def top_up(self, amount: float) -> Wallet | Transaction:
        """Add money to the wallet.

        The SDK never retries this call once a byte has been sent: it moves money. If `error.sent` is True, the money
        may have been added. Look for a new transaction with `get_transactions` before you repeat the call. See
        docs/money.md.

        Args:
            amount: The amount in major units of the wallet's currency (unit inferred). Greater than 0 (inferred). At
                most 1000000 (inferred), with at most two decimals.

        Returns:
            The updated wallet or the transaction, depending on the server. To tell them apart, use `isinstance(result,
            Transaction)`.

        Raises:
            ValueError: If `amount` is not a finite number.
            ConflictError: If the balance would exceed its limit (inferred).
            UnprocessableEntityError: If `amount` is out of range.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            result = orbit.billing.top_up(25.0)
            balance = result.balance_after if isinstance(result, Transaction) else result.balance
            ```
        """
        body = TopUpWalletBody(amount=amount)
        return self._executor.execute(top_up_wallet.build(body=body))

    def get_transactions(self) -> list[Transaction]:
        """Get all transactions: everything that changed the wallet's balance.

        Returns:
            The transactions, newest first (inferred).

        Raises:
            OrbitServerError: For any API or network error.

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
        """Record usage. Its price is deducted from the wallet (inferred).

        The balance can fall below zero (inferred). The request and response formats are inferred.

        The SDK never retries this call once a byte has been sent: recording usage twice charges it twice. If
        `error.sent` is True, the wallet may have been charged. Look for a new transaction with `get_transactions`
        before you repeat the call; `get_usage` only shows totals. See docs/money.md.

        Args:
            event_type: The type of usage, for example `call_minutes`. At most 255 characters (inferred).
            quantity: The quantity used, 0 to 1000000000 (inferred).
            metadata: Your own data about the usage event.

        Returns:
            The usage event with the amount charged.

        Raises:
            ValueError: If `quantity` is not a finite number.
            ConflictError: If the balance would exceed its limit (inferred).
            UnprocessableEntityError: If a value is invalid.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            orbit.billing.record_usage_event(event_type="call_minutes", quantity=12)
            ```
        """
        body = RecordUsageEventBody(event_type=event_type, quantity=quantity, metadata=omit_none(metadata))
        return self._executor.execute(record_usage_event.build(body=body))

    def get_usage(self) -> UsageSummary:
        """Get the usage in the current billing period (inferred), by event type.

        Returns:
            The usage.

        Raises:
            OrbitServerError: For any API or network error.

        Example:
            ```python
            usage = orbit.billing.get_usage()
            print(usage.total_amount, usage.currency)
            ```
        """
        return self._executor.execute(get_usage.build())

    def get_aggregates(self) -> list[UsageAggregate]:
        """Get the usage over time, by event type and period.

        The request and response formats are inferred.

        Returns:
            The totals.

        Raises:
            OrbitServerError: For any API or network error.

        Example:
            ```python
            for aggregate in orbit.billing.get_aggregates():
                print(aggregate.period_start, aggregate.event_type, aggregate.quantity)
            ```
        """
        return self._executor.execute(get_usage_aggregates.build())

    def get_invoices(self) -> list[Invoice]:
        """Get the application's invoices.

        Returns:
            The invoices, newest first (inferred).

        Raises:
            OrbitServerError: For any API or network error.

        Example:
            ```python
            for invoice in orbit.billing.get_invoices():
                print(invoice.number, invoice.status)
            ```
        """
        return self._executor.execute(get_invoices.build())

    def get_invoice(self, invoice_id: str) -> Invoice:
        """Get an invoice.

        Args:
            invoice_id: The invoice's id, as returned by `get_invoices`.

        Returns:
            The invoice.

        Raises:
            NotFoundError: If the invoice does not exist.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            invoice = orbit.billing.get_invoice(invoice.id)
            ```
        """
        return self._executor.execute(get_invoice.build(invoice_id))

    def generate_invoice(self, *, from_: datetime | str | None = None, to: datetime | str | None = None) -> Invoice:
        """Generate an invoice for the usage in a period.

        By default, the invoice covers the current billing period so far (inferred). Usage that is already on an invoice
        is not billed again (inferred).

        The SDK never retries this call once a byte has been sent: a retry could generate a second invoice. If
        `error.sent` is True, `get_invoices` shows whether there is an invoice for this period.

        Args:
            from_: The start of the period: an aware datetime or RFC 3339 text. The server defaults to the start of the
                current billing period (inferred).
            to: The end of the period: an aware datetime or RFC 3339 text. The server defaults to the current time
                (inferred).

        Returns:
            The invoice.

        Raises:
            ValueError: If a value has no time zone or is not RFC 3339 text.
            UnprocessableEntityError: If no invoice can be generated for the period.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            invoice = orbit.billing.generate_invoice(from_=datetime(2026, 1, 1, tzinfo=timezone.utc))
            ```
        """
        body = GenerateInvoiceBody(from_=omit_none(from_), to=omit_none(to))
        return self._executor.execute(generate_invoice.build(body=body))

    def create_alert(self, *, type: BillingAlertType | str, threshold: float) -> BillingAlert:
        """Create an alert for a wallet balance that falls below a threshold.

        Webhooks then receive `wallet.low_balance` (inferred). The request and response formats are inferred.

        The SDK never retries this call once a byte has been sent: a retry could create a second alert. If `error.sent`
        is True, `get_alerts` shows whether there is an alert with this threshold.

        Args:
            type: What the alert monitors.
            threshold: The balance below which the alert is triggered, in major units of the wallet's currency, 0
                to 1000000 (inferred), with at most two decimals.

        Returns:
            The alert.

        Raises:
            ValueError: If `threshold` is not a finite number.
            UnprocessableEntityError: If a value is invalid.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            orbit.billing.create_alert(type="low_balance", threshold=5.00)
            ```
        """
        body = CreateBillingAlertBody(type=type, threshold=threshold)
        return self._executor.execute(create_billing_alert.build(body=body))

    def get_alerts(self) -> list[BillingAlert]:
        """Get the application's billing alerts.

        The request and response formats are inferred.

        Returns:
            The alerts.

        Raises:
            OrbitServerError: For any API or network error.

        Example:
            ```python
            for alert in orbit.billing.get_alerts():
                print(alert.type, alert.threshold)
            ```
        """
        return self._executor.execute(get_billing_alerts.build())
