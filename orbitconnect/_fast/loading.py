"""Loads an extension module in a thread that never ends.

pyreqwest 0.15 crashes the process when the thread that has loaded it ends and later threads use it. A web application
that makes its client in the first request's thread would do just that.
"""

from __future__ import annotations

import threading
from importlib import import_module


def load_for_good(name: str) -> None:
    """Loads a module here, if this is the main thread, or else in one that is started for it and stays.

    Raises:
        ImportError: If it cannot be loaded.
    """
    if threading.current_thread() is threading.main_thread():
        import_module(name)
        return
    ended = threading.Event()
    errors: list[BaseException] = []

    def load() -> None:
        try:
            import_module(name)
        except BaseException as error:  # noqa: BLE001  # It is raised where it is waited for.
            errors.append(error)
        ended.set()
        if not errors:
            threading.Event().wait()

    threading.Thread(target=load, name=f"orbitconnect-{name}", daemon=True).start()
    ended.wait()
    if errors:
        raise errors[0]
