"""Connections: name lookup, TCP, proxies and TLS, each within one deadline, for threads and for event loops.

HTTP itself is spoken by httpx, httpcore and aiohttp. No policy lives here: what may be retried, and what an outcome
means, is decided in `orbitconnect._pipeline`.

    deadline            the moment by which a phase has to end
    addresses           host name → addresses, in a thread that can be given up
    connecting          addresses → a connected socket; several addresses are raced
    connect_errors      what goes wrong with that, in the terms of httpcore
    proxy, tunnel       which proxy to use; what to say to it
    tls                 the TLS context of the process, TLS over any stream of bytes
    blocking            a connection for threads, as httpcore's network backend
    event_loop          a connection for asyncio, as httpcore's network backend
    one_connection      one connection in the place of httpx's pool
"""
