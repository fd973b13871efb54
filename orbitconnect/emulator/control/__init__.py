"""What a test controls: the plan of faults, the rate limit, the journal, snapshots, and the steps of the clock.

These modules know requests and the store, but no operation: no handler lives here, nothing that speaks HTTP, and
nothing that imports the `Emulator`.
"""
