"""Billing: wallet, usage, invoices and alerts."""
