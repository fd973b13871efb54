"""The limits of a client's connections, whatever the HTTP stack."""

from __future__ import annotations

from typing import Final

MAX_CONNECTIONS: Final = 100
"""Connections that are in use at the same time. Further calls wait for one."""

CONNECT_SECONDS: Final = 10.0
"""From the lookup of the host's name to the end of the TLS handshake."""

IDLE_SECONDS: Final = 30.0
"""An idle connection is closed after that. A server often closes it after a minute."""
