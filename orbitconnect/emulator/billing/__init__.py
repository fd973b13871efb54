"""Billing: the wallet, usage, invoices and alerts. `ledger` alone changes the balance.

Imports no other domain package, and no other imports it.
"""

from . import alerts, invoices, usage, wallet

__all__ = ["alerts", "invoices", "usage", "wallet"]
