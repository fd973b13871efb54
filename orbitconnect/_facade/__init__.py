"""What the clients and their namespaces share, for threads and for asyncio: arguments, hints, lazy namespaces.

    arguments   arguments → the fields of a request; the wrapper that answers a wrong call with the right one
    hints       the text of that answer
    namespace   the property that makes a namespace when it is first used

Nothing here sends a request.
"""
