"""What threads and asyncio do differently: written twice here, so that the rest of the SDK can be derived.

    owner         the process and event loop that own connections
    slots         a limited number of connections
    auto_close    closing resources that nobody closes
    ahead         a call in the background: in a thread, or in a task
    blocking      file operations: called directly, or in a thread
    undisturbed   work that continues if its task is cancelled

Each module has the form for threads beside that for asyncio. Nothing here imports an HTTP library, or another part of
the SDK.
"""
