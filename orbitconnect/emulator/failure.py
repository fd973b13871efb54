"""What happens if the emulator itself fails: it logs a record and responds with status 500."""

from __future__ import annotations

import logging
from typing import Final

from .exchange import EmulatorRequest
from .refusals import Refusal
from .rules import EMULATOR_WORKS

LOG: Final = logging.getLogger("orbitconnect.emulator")


def emulator_failed(request: EmulatorRequest, error: Exception) -> Refusal:
    """Log the exception with its traceback, and create the refusal, which has status 500."""
    LOG.error("The emulator failed at %s %s.", request.method, request.path or request.target, exc_info=error)
    message = f"The emulator failed with {type(error).__name__}. See the log record of {LOG.name}."
    return Refusal(500, "server_error", message, EMULATOR_WORKS)
