# Derived from orbitconnect/webhooks/once/_async/__init__.py by `make generate`: edit that file.
"""The steps of `once` and of the stores, for one of the two kinds of stores. `make generate` derives the other.

The public classes, and all that the two kinds do differently, such as time limits, cancellation and event loops, belong
in the folder above.
"""
