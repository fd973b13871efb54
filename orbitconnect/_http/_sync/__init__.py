# Derived from orbitconnect/_http/_async/__init__.py by `make generate`: edit that file.
"""Channels that carry bytes to a server. No HTTP library is used here."""
