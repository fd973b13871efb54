# Derived from orbitconnect/_http/over_httpx/_async/__init__.py by `make generate`: edit that file.
"""One attempt of a call with httpx: the adapter and its pool of connections."""
