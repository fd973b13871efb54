# Derived from orbitconnect/_async/namespaces/__init__.py by `make generate`: edit that file.
"""The methods of the API: `orbit.users.create` is in `users.py`, and so on, with one module for each namespace.

Nothing else belongs here. Code that methods share is in `_facade/`, `paging/`, `flows/` or `transfers/`.
"""
