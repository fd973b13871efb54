"""Waiting for something, and steps that are taken back together. What to do next is decided here; nothing is sent.

    polling       when to look again
    milestones    what is waited for, and what an answer says of it
    undo          what a flow has made, and how each thing is ended
    transitions   the names of a session's transitions
    undisturbed   work that goes on although its task is cancelled

The calls are made by `orbitconnect._async.flows.waiting`, `.escalation` and `.undo`.
"""
