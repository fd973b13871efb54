"""The deprecated arguments of the facade's methods."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

DEPRECATED_ARGUMENTS: Final[Mapping[str, Mapping[str, str]]] = {}
"""By method, such as `messages.send`, and by API name: since when it is deprecated, and what to use instead."""
