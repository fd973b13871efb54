"""The client and its namespaces, for one of the two kinds of clients. `make generate` derives the other.

Code that both kinds can share belongs in `_pipeline`, `_facade`, `_flows`, `_paging` or `_transfers`, code that uses an
HTTP library in `_http`, and code that has to differ in `_concurrency`.
"""
