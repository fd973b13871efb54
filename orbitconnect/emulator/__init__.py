"""The OrbitConnect API in your own process: stateful, offline, without an account.

    from orbitconnect.emulator import Emulator

    with Emulator() as emulator, emulator.client() as orbit:
        user = orbit.users.create(external_id="customer-1", display_name="Ada")

It answers as the contract says. Where it refuses a request, the header `x-orbit-emulator-rule` names the rule, and
says whether that is documented by the vendor or inferred by this project. An operation that it does not have yet is
answered with the status 501 and the code `not_emulated`, never with an invented success.
"""

from .clock import Clock, ManualClock, RunningClock
from .core import Emulator
from .exchange import Request, Response

__all__ = ["Clock", "Emulator", "ManualClock", "Request", "Response", "RunningClock"]
