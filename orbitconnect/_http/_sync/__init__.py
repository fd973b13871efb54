# Derived from orbitconnect/_http/_async/__init__.py by `make generate`: edit that file.
"""Channels that carry bytes to a server: TLS, and tunnels through proxies. No HTTP library is used here."""
