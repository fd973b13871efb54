"""The wallet, usage, invoices and alerts."""

from . import alerts, invoices, usage, wallet

__all__ = ["alerts", "invoices", "usage", "wallet"]
