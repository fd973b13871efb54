"""The tables of billing. Amounts are integers in millionths of the currency's major unit, so they are exact."""

from typing import Final, NamedTuple

TABLES: Final = """
-- Has one row, inserted when the wallet is first read.
CREATE TABLE wallet (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    balance INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);
CREATE TABLE transactions (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    amount INTEGER NOT NULL,
    balance_after INTEGER NOT NULL,
    description TEXT,
    usage_event_id TEXT,
    created_at INTEGER NOT NULL
);
CREATE TABLE usage_events (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    event_type TEXT NOT NULL,
    -- As given, with or without decimals.
    quantity NUMERIC NOT NULL,
    unit_price INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    transaction_id TEXT,
    metadata TEXT NOT NULL,
    -- The invoice that bills it. Each usage event is billed once.
    invoice_id TEXT,
    created_at INTEGER NOT NULL
);
CREATE INDEX unbilled_usage ON usage_events (created_at) WHERE invoice_id IS NULL;
CREATE TABLE invoices (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    number TEXT UNIQUE,
    status TEXT NOT NULL,
    period_start INTEGER NOT NULL,
    period_end INTEGER NOT NULL,
    issued_at INTEGER,
    due_at INTEGER,
    paid_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);
CREATE INDEX invoices_by_period ON invoices (period_start, period_end);
CREATE INDEX unpaid_invoices ON invoices (n) WHERE issued_at IS NOT NULL AND paid_at IS NULL;
CREATE TABLE billing_alerts (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    threshold INTEGER NOT NULL,
    last_triggered_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);
CREATE INDEX billing_alerts_by_threshold ON billing_alerts (threshold);
"""

ADDED: Final = """
-- The usage of each day. Summing up all usage events would take longer with each of them.
CREATE TABLE usage_days (
    began_at INTEGER NOT NULL,
    event_type TEXT NOT NULL,
    quantity NUMERIC NOT NULL,
    events INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    PRIMARY KEY (began_at, event_type)
) WITHOUT ROWID;
-- The usage that an invoice bills.
CREATE TABLE invoice_lines (
    invoice_id TEXT NOT NULL,
    event_type TEXT NOT NULL,
    unit_price INTEGER NOT NULL,
    quantity NUMERIC NOT NULL,
    amount INTEGER NOT NULL,
    PRIMARY KEY (invoice_id, event_type, unit_price)
) WITHOUT ROWID;
-- How many invoices have been issued in each year.
CREATE TABLE invoice_years (
    year INTEGER PRIMARY KEY,
    issued INTEGER NOT NULL
);
"""


class WalletRow(NamedTuple):
    """A row of `wallet`."""

    one: int
    balance: int
    created_at: int
    updated_at: int


class TransactionRow(NamedTuple):
    """A row of `transactions`."""

    n: int
    id: str
    type: str
    amount: int
    balance_after: int
    description: str | None
    usage_event_id: str | None
    created_at: int


class UsageEventRow(NamedTuple):
    """A row of `usage_events`."""

    n: int
    id: str
    event_type: str
    quantity: float
    unit_price: int
    amount: int
    transaction_id: str | None
    metadata: str
    invoice_id: str | None
    created_at: int


class InvoiceRow(NamedTuple):
    """A row of `invoices`."""

    n: int
    id: str
    number: str | None
    status: str
    period_start: int
    period_end: int
    issued_at: int | None
    due_at: int | None
    paid_at: int | None
    created_at: int
    updated_at: int


class UsageDayRow(NamedTuple):
    """A row of `usage_days`."""

    began_at: int
    event_type: str
    quantity: float
    events: int
    amount: int


class InvoiceLineRow(NamedTuple):
    """A row of `invoice_lines`."""

    invoice_id: str
    event_type: str
    unit_price: int
    quantity: float
    amount: int


class BillingAlertRow(NamedTuple):
    """A row of `billing_alerts`."""

    n: int
    id: str
    type: str
    threshold: int
    last_triggered_at: int | None
    created_at: int
    updated_at: int
