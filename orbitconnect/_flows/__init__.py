"""The decisions of methods that make several calls: waiting for a state, and steps that are undone together.

    polling       when to poll again
    milestones    the awaited states, and how responses show them
    undo          what a flow created, and how to end each thing
    transitions   the names of a session's transitions

Nothing here sends a call. That is done by `orbitconnect._async.flows.waiting`, `.escalation` and `.undo`.
"""
