"""The HTTP stack that is always installed: httpx and httpcore, over connections of the SDK's own.

Everything that knows httpx, httpcore or h11 belongs here, except for the CONNECT request to a proxy. `_async/` is the
source of `_sync/`.
"""
