"""Connections and HTTP: everything between the pipeline and the network.

These modules open connections for threads and for asyncio: name lookup, TCP, proxies and TLS. The HTTP stacks
use them to send requests. Policy does not belong here: `orbitconnect._pipeline` decides which calls are retried
and what a response means. No module here may import a namespace or a client.

    adapter                    the interface between the pipeline and an HTTP stack
    stacks                     the table of HTTP stacks
    over_httpx, over_stdlib,
    over_aiohttp               the HTTP stacks
    pool                       connections that are free (in _async, _sync)
    deadline                   the time limit of a phase
    limits                     the number of connections, and how long they are kept
    addresses                  host name to addresses, in a thread that can be abandoned
    connecting                 addresses to a connected socket; several addresses are raced
    sockets, async_sockets     connections for threads and for asyncio
    readable                   waits for sockets, or detects unread data
    _async, _sync              TLS over a connection
    tls, authorities           the process's TLS context, and the certificate authorities to trust
    proxy, tunnel              which proxy to use, and the handshake with it
    open_channel               a connection to a server, through the proxy if there is one (in _async, _sync)
    headers                    the dictionary of a response's headers
    environment, setup_error   checks of the environment's proxy and CA settings
    preload                    imports and TLS setup before the first call
    live_hook                  lets the pytest plugin block requests to the live API
"""
