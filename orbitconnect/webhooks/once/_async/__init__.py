"""The steps of `once` and of the stores that are the same for both kinds of stores.

The public classes, and all that differs between the two, such as time limits, cancellation and event loops, belong in
the folder above.
"""
