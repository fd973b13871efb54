# Derived from orbitconnect/_http/_async/__init__.py by `make generate`: edit that file.
"""TLS channels. Imports no HTTP library."""
