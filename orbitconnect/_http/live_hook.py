"""The hook that keeps tests away from the live API.

The pytest plugin sets it. Every HTTP stack calls it with the host of a request before it looks up a name, opens a
connection or reuses one:

    if live_hook.check is not None:
        live_hook.check(host)

The module imports nothing that pytest has not loaded already, so that the plugin costs nothing where no test uses the
SDK.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

check: Callable[[str], None] | None = None
"""Raises if a request must not be sent to this host. None outside of tests."""
