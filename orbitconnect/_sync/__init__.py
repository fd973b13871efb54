# Derived from orbitconnect/_async/__init__.py by `make generate`: edit that file.
"""One of the two clients and its namespaces. `make generate` generates `_sync` from `_sync`.

Code that both clients share belongs in `_pipeline`, `_facade`, `_flows`, `_paging` or `_transfers`. Code that uses an
HTTP library belongs in `_http`, and code that must differ between the clients in `_concurrency`.
"""
