"""The HTTP stack `stdlib`, for threads: `http.client` reads the responses, over the SDK's own connections.

It needs no package, loads neither httpx nor httpcore, and starts no threads. `http.client` accepts responses that other
parsers read differently, so these modules check a response before and while it reads it.

    adapter      makes attempts, and turns errors into a `Failure`
    connection   one connection, for one request at a time
    request      the bytes of a request, and the server it is sent to
    response     reads a response's head and body
    incoming     the received bytes, as the file from which `http.client` reads
"""
