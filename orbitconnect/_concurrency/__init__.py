"""The parts that work differently with threads and with asyncio, so that `_sync` can be generated from `_async`.

    owner         the process and event loop that own connections
    slots         limits the number of connections in use
    auto_close    closes resources that their users did not close
    ahead         runs a call in the background, in a thread or a task
    blocking      runs file operations directly or in a thread
    undisturbed   runs work that continues if its task is cancelled

Each module contains both versions. No module here imports an HTTP library or another part of the SDK.
"""
