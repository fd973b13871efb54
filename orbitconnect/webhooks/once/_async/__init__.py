"""The steps of `once` and of the stores, for one of the two kinds of stores. `make generate` derives the other.

The public classes, and all that the two kinds do differently, such as time limits, cancellation and event loops, belong
in the folder above.
"""
