"""What a test controls: the plan of faults, the rate limit, the journal, snapshots, and the steps of the clock.

These modules know about requests and the store, but not about individual operations: they contain no handlers and no
HTTP code, and do not import the `Emulator`.
"""
