"""The limits of a client's connections, whatever the HTTP stack."""

from __future__ import annotations

from typing import Final

MAX_CONNECTIONS: Final = 100
"""Connections in use at the same time. Further calls wait until one is free."""

CONNECT_SECONDS: Final = 10.0
"""From the lookup of the host name to the end of the TLS handshake."""

IDLE_SECONDS: Final = 30.0
"""An idle connection is closed after this time. Servers often close it after a minute."""
