"""The tables of webhooks, their subscriptions and deliveries."""

from typing import Final, NamedTuple

TABLES: Final = """
CREATE TABLE webhooks (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    url TEXT NOT NULL,
    secret TEXT NOT NULL,
    is_active INTEGER NOT NULL DEFAULT 1,
    -- No delivery is attempted before, because the endpoint requested a pause.
    paused_until INTEGER,
    secret_rotated_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    -- Deleted webhooks are kept, so that their deliveries can still be read.
    deleted_at INTEGER
);
CREATE TABLE subscriptions (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    webhook_id TEXT NOT NULL,
    event_type TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    deleted_at INTEGER
);
CREATE UNIQUE INDEX present_subscriptions ON subscriptions (event_type, webhook_id) WHERE deleted_at IS NULL;
CREATE INDEX subscriptions_by_webhook ON subscriptions (webhook_id);
CREATE TABLE deliveries (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    webhook_id TEXT NOT NULL,
    event_id TEXT NOT NULL,
    url TEXT NOT NULL,
    status TEXT NOT NULL,
    is_replay INTEGER NOT NULL,
    attempt_count INTEGER NOT NULL DEFAULT 0,
    -- Null if no attempt follows, or if the webhook is inactive.
    next_attempt_at INTEGER,
    last_attempt_at INTEGER,
    last_response_status INTEGER,
    last_error TEXT,
    delivered_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
);
CREATE INDEX due_deliveries ON deliveries (next_attempt_at, n) WHERE next_attempt_at IS NOT NULL;
CREATE INDEX pending_deliveries ON deliveries (webhook_id) WHERE status = 'pending';
CREATE INDEX deliveries_by_webhook ON deliveries (webhook_id, n);
CREATE INDEX deliveries_by_event ON deliveries (event_id, webhook_id);
CREATE TABLE delivery_attempts (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    delivery_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    url TEXT NOT NULL,
    response_status INTEGER,
    response_excerpt TEXT,
    error TEXT,
    duration INTEGER NOT NULL,
    attempted_at INTEGER NOT NULL,
    UNIQUE (delivery_id, number)
);
"""

ADDED: Final = """
CREATE INDEX present_webhooks ON webhooks (n) WHERE deleted_at IS NULL;
CREATE INDEX waiting_deliveries ON deliveries (webhook_id, next_attempt_at, n) WHERE next_attempt_at IS NOT NULL;
-- Events whose deliveries have not all been created yet.
CREATE TABLE fan_outs (
    n INTEGER PRIMARY KEY,
    event_id TEXT NOT NULL UNIQUE,
    -- The `n` of the last webhook whose delivery has been created.
    last_webhook INTEGER NOT NULL DEFAULT 0
);
"""


class WebhookRow(NamedTuple):
    """A row of `webhooks`."""

    n: int
    id: str
    url: str
    secret: str
    is_active: int
    paused_until: int | None
    secret_rotated_at: int | None
    created_at: int
    updated_at: int
    deleted_at: int | None

    def __repr__(self) -> str:
        """Omit the secret."""
        return f"WebhookRow(id={self.id!r})"


class SubscriptionRow(NamedTuple):
    """A row of `subscriptions`."""

    n: int
    id: str
    webhook_id: str
    event_type: str
    created_at: int
    deleted_at: int | None


class DeliveryAttemptRow(NamedTuple):
    """A row of `delivery_attempts`."""

    n: int
    id: str
    delivery_id: str
    number: int
    url: str
    response_status: int | None
    response_excerpt: str | None
    error: str | None
    duration: int
    attempted_at: int
