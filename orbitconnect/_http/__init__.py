"""Everything that talks HTTP: connections, and an adapter for each HTTP stack.

httpx, httpcore and aiohttp implement HTTP itself. No policy lives here: `orbitconnect._pipeline` decides what is
retried and what an outcome means. No namespace may be imported here.

    adapter                     the seam: one attempt of a call, over any stack
    over_httpx, over_aiohttp    the stacks
    preload                     imports what the first call would import
    live_hook                   keeps tests away from the live API

What the stacks share:

    addresses, connecting       host name → addresses → a connected socket
    sockets, async_sockets      connections for threads and for asyncio, perhaps with TLS
    _async, _sync               TLS over such a connection
    tls, authorities            the TLS context of the process; the authorities that it trusts
    proxy, tunnel               which proxy to use; the handshake with it
    environment, setup_error    checks of the environment's proxy and authorities
    deadline, limits, slots     time limits; the limits of connections
    auto_close, readable        closing what nobody closes; detecting unread data
"""
