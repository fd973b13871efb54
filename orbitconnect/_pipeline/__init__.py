"""One call's way: prepare, send, finish. What does I/O is named so below; everything else is pure.

    prepare   a call and the settings → the request's bytes
    http      the one module that knows httpx: its request, its transports, its exceptions
    outcome   what one attempt came to: an answer or a failure
    retry     outcome, attempt, time left → try again after so long, or not
    finish    outcome → result or error

The loop that joins them is in `orbitconnect._async.executor`.
"""
