"""What both clients and their namespaces share: argument handling, hints, lazy namespaces.

    arguments   converts arguments to request fields; wraps methods so that wrong calls are explained
    hints       the explanations of wrong calls
    namespace   the descriptor that creates a namespace when it is first used

Nothing here sends a request.
"""
