"""What becomes of a request at which the emulator itself fails."""

from __future__ import annotations

import logging
from typing import Final

from .exchange import EmulatorRequest
from .refusals import Refusal
from .rules import Rule

WORKS: Final = Rule("emulator-works", "inferred", "A request at which the emulator itself fails changes nothing.")

LOG: Final = logging.getLogger("orbitconnect.emulator")


def emulator_failed(request: EmulatorRequest, error: Exception) -> Refusal:
    """Log the error with its traceback, and make the answer to the request: 500 with the code `emulator_failed`."""
    LOG.error("The emulator failed at %s %s.", request.method, request.path or request.target, exc_info=error)
    message = f"The emulator failed: {type(error).__name__}. Its log says more."
    return Refusal(500, "emulator_failed", message, WORKS)
