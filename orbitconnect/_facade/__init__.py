"""Shared by the sync and async clients and their namespaces: arguments, hints and lazy namespaces.

    arguments   converts arguments to the fields of a request; wraps methods to explain wrong calls
    hints       the explanations of wrong calls
    namespace   the descriptor that creates a namespace when it is first used

Nothing here sends a request.
"""
