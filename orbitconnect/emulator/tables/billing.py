"""The tables of billing. Money is in millionths of the currency's major unit: whole numbers, which never round."""

from typing import Final

TABLES: Final = """
-- One row, made when the wallet is first asked for.
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
    -- As it was given, with or without decimals.
    quantity NUMERIC NOT NULL,
    unit_price INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    transaction_id TEXT,
    metadata TEXT NOT NULL,
    -- The invoice that bills it; each usage is billed once.
    invoice_id TEXT,
    created_at INTEGER NOT NULL
);
CREATE INDEX usage_by_time ON usage_events (created_at);
CREATE INDEX unbilled_usage ON usage_events (created_at) WHERE invoice_id IS NULL;
CREATE INDEX usage_by_invoice ON usage_events (invoice_id, event_type, unit_price) WHERE invoice_id IS NOT NULL;
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
