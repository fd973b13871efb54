"""One call's way: prepare, send, finish. The loop that joins the steps is in `orbitconnect._async.executor`.

Pure:

    settings, raw           what a client was given, calls that the contract does not know
    secret, copied          a value that does not show; what copying leaves in a key
    prepare                 a call and the settings → the request's bytes
    outcome                 what one attempt came to: an answer or a failure
    retry                   outcome, attempt, time left → try again after so long, or not
    body, json_reader       an answer's bytes → its JSON
    finish                  outcome → result or error
    redact                  masks the client's secrets in what the other side sent

At the edge:

    adapter                 the seam to an HTTP stack
    http                    all that is known of httpx: its request, its transports, its exceptions
    slots, clock            waiting for a connection, and for anything else
    watch, capture          what observers, the log and the caller are told
    preload                 what the first call would load
"""
