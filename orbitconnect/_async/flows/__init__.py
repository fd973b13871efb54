"""Methods that make several calls: waiting for a state, and steps that are undone together.

They send the calls; `orbitconnect._flows` decides which calls to send, without I/O.
"""
