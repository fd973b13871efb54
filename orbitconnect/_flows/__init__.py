"""The logic behind methods that make several calls: waiting for a state, and steps that are undone together.

    polling       when to poll again
    milestones    the awaited states, and how responses show them
    undo          what a flow created, and how to end each object
    transitions   the names of a session's transitions

Nothing here sends a call: calls are sent by `orbitconnect._async.flows.waiting`, `.escalation` and `.undo`.
"""
