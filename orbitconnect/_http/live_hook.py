"""The hook that prevents tests from calling the live API.

The pytest plugin sets it. Every HTTP stack calls it with a request's host before it resolves the name, opens a
connection or reuses one:

    if live_hook.check is not None:
        live_hook.check(host)

This module imports only modules that pytest has already imported, so that the plugin adds no import time if no test
uses the SDK.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

check: Callable[[str], None] | None = None
"""Raises an error if a request must not be sent to this host. None outside tests."""
