"""The policy of a call, without I/O: what is sent, whether to retry, and what a response becomes.

`orbitconnect._async.executor` joins the steps. Nothing here may import an HTTP library, or a part of the SDK that does.

    settings, owner         what a client was created with, and who may use its connections
    raw                     calls of paths that the contract does not describe
    prepare                 a call and the settings → the bytes of the request
    outcome                 the result of one attempt: an answer or a failure
    retry                   outcome, attempt, time left → retry after a delay, or fail
    body, json_reader       the bytes of a response → its JSON
    finish, nesting         outcome → the call's result or error
    secret, copied          secrets: hidden from `repr` and tracebacks; checked for copying mistakes
    redact, traceback       secrets: masked in what a server echoes; removed from tracebacks
    watch, capture          reports to observers and the log; responses kept for the caller
    clock, api_host         time and randomness; the API's host name
"""
