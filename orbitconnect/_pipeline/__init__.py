"""The policy of a call, without I/O: how to build the request, when to retry, and how to read the response.

`orbitconnect._async.executor` combines these steps. No module here may import an HTTP library, directly or indirectly.

    settings                a client's settings
    raw                     calls to paths that are not in the contract
    prepare, json_writer    convert a call and the settings to the bytes of a request
    outcome                 the result of one attempt: a response or a failure
    retry                   decides whether and when to retry
    body, json_reader       decode a response's body
    finish, nesting         convert the outcome to the call's result or error
    secret, copied          hide secrets from `repr` and tracebacks; detect copying mistakes in them
    redact, traceback       mask secrets that a server echoes; remove them from tracebacks
    watch, capture          report calls to observers and the log; keep responses for the caller
    clock, api_host         time and randomness; the API's host name
"""
