"""The limits of a client's connections, for all HTTP stacks."""

from __future__ import annotations

from typing import Final

MAX_CONNECTIONS: Final = 100
"""The maximum number of connections in use at the same time. Further calls wait."""

CONNECT_SECONDS: Final = 10.0
"""The time limit for connecting in seconds, from the name lookup to the end of the TLS handshake."""

IDLE_SECONDS: Final = 30.0
"""How long an idle connection is kept open, in seconds. Servers often close idle connections after a minute."""

JOINED_BYTES: Final = 64 * 1024
"""The maximum size of a body, or of its first chunk, that is copied to send it together with the head."""
