"""The marker `@pytest.mark.orbit(…)`: its arguments, and the emulator that they configure."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from attrs import fields_dict, frozen

from orbitconnect_api.types import SafeRepr

from .._later import Later

if TYPE_CHECKING:
    from orbitconnect_api import types

    from .. import emulator as emulators
else:  # pytest loads this in every run.
    emulators, types = Later("orbitconnect.emulator"), Later("orbitconnect_api.types")


@frozen(repr=False)
class ScriptedFault(SafeRepr):
    """A fault, and the requests that it affects."""

    fault: emulators.Fault
    operation: types.Operation | str | None = None
    """The operation, or its name in the contract. None for any operation."""
    nth: int = 1
    """Which matching request is the first to be affected, counting from 1."""
    times: int = 1
    """The number of consecutive requests that it affects."""


def on(operation: types.Operation | str, fault: emulators.Fault, *, nth: int = 1, times: int = 1) -> ScriptedFault:
    """Script a fault for one operation, for the marker `orbit`.

    Args:
        operation: The operation, such as `orbitconnect_api.operations.SEND_MESSAGE`, or its name, `sendMessage`.
        fault: The fault, such as `Status(503)`; see `orbitconnect.emulator`.
        nth: The number of the first request to the operation that the fault affects, counting from 1.
        times: The number of consecutive requests that the fault affects.

    Returns:
        An item for the marker's `faults`.

    Example:
        ```python
        @pytest.mark.orbit(faults=[on("sendMessage", Status(503), nth=2)])
        def test_second_message_is_sent_again(orbit): ...
        ```
    """
    return ScriptedFault(fault, operation, nth, times)


@frozen(kw_only=True, repr=False)
class Script(SafeRepr):
    """The arguments of the marker."""

    seed: int | str | None = None
    time: datetime | str | None = None
    faults: Sequence[ScriptedFault | emulators.Fault] = ()
    snapshot: emulators.Snapshot | str | os.PathLike[str] | None = None
    signing_secret: str | None = None

    @classmethod
    def read(cls, given: Iterable[tuple[Sequence[object], Mapping[str, object]]]) -> Script:
        """Read the arguments of all markers of a test.

        Args:
            given: The positional and the named arguments of each marker. The first is the closest to the test and
                takes precedence.

        Raises:
            TypeError: If an argument is positional, unknown, or has the wrong type.
        """
        named: dict[str, Any] = {}
        for positional, arguments in given:
            if positional:
                raise TypeError("The orbit marker takes only keyword arguments, such as orbit(seed=1).")
            unknown = arguments.keys() - _NAMES
            if unknown:
                raise TypeError(
                    f"The marker orbit has no argument {min(unknown)!r}. Its arguments are {', '.join(sorted(_NAMES))}."
                )
            named = {**arguments, **named}
        if isinstance(named.get("faults", ()), (str, Mapping)) or not isinstance(named.get("faults", ()), Sequence):
            raise TypeError("faults must be a list, such as faults=[Status(503)].")
        return cls(**named)

    def start(self, seed: str, folder: Path) -> emulators.Emulator:
        """Start an emulator with the marker's configuration, but without the faults.

        Args:
            seed: The default seed.
            folder: The folder that a relative path of a snapshot refers to.
        """
        from ..emulator import Emulator, ManualClock

        emulator = Emulator(
            clock=None if self.time is None else ManualClock(_instant(self.time)),
            seed=seed if self.seed is None else self.seed,
            signing_secret=self.signing_secret,
        )
        try:
            if isinstance(self.snapshot, (str, os.PathLike)):
                emulator.load(folder / self.snapshot, keep_clock=self.time is not None)
            elif self.snapshot is not None:
                emulator.restore(self.snapshot, keep_clock=self.time is not None)
        except BaseException:
            emulator.close()
            raise
        return emulator

    def plan_faults(self, emulator: emulators.Emulator) -> None:
        """Plan the faults. They affect the requests from now on."""
        for entry in self.faults:
            scripted = entry if isinstance(entry, ScriptedFault) else ScriptedFault(entry)
            emulator.faults.add(scripted.fault, operation=scripted.operation, nth=scripted.nth, times=scripted.times)


_NAMES: Final = frozenset(fields_dict(Script))


def _instant(time: datetime | str) -> datetime:
    return datetime.fromisoformat(time) if isinstance(time, str) else time
