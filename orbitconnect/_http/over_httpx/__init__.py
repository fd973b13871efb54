"""The default HTTP stack: httpx and httpcore, over the SDK's own connections.

All code that uses httpx, httpcore or h11 belongs here, except for the CONNECT request to a proxy. `_async/` is the
source of `_sync/`.
"""
