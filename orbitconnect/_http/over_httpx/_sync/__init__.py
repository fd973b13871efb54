# Derived from orbitconnect/_http/over_httpx/_async/__init__.py by `make generate`: edit that file.
"""The adapter that makes an attempt with httpx, and its connection pool."""
