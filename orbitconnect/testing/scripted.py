"""What a test asks for with `@pytest.mark.orbit(…)`."""

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
    """A fault, and which requests it befalls."""

    fault: emulators.Fault
    operation: types.Operation | str | None = None
    """The operation, or the contract's name of it; any where it is None."""
    nth: int = 1
    """Which of the requests is the first that it befalls."""
    times: int = 1
    """How many requests in a row it befalls."""


def on(operation: types.Operation | str, fault: emulators.Fault, *, nth: int = 1, times: int = 1) -> ScriptedFault:
    """Scripts a fault for the marker `orbit`.

    Args:
        operation: The operation, such as `orbitconnect_api.operations.SEND_MESSAGE`, or its name, `sendMessage`.
        fault: What goes wrong.
        nth: Which of the requests is the first that it befalls.
        times: How many requests in a row it befalls.

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
        """Reads the arguments of all markers of a test.

        Args:
            given: The positional and the named arguments of each, the closest marker first: what it names counts.

        Raises:
            TypeError: If the marker has no such argument.
        """
        named: dict[str, Any] = {}
        for positional, arguments in given:
            if positional:
                raise TypeError("The marker orbit takes its arguments by name, such as orbit(seed=1).")
            unknown = arguments.keys() - _NAMES
            if unknown:
                raise TypeError(
                    f"The marker orbit has no argument {min(unknown)!r}. It has {', '.join(sorted(_NAMES))}."
                )
            named = {**arguments, **named}
        if isinstance(named.get("faults", ()), (str, Mapping)) or not isinstance(named.get("faults", ()), Sequence):
            raise TypeError("faults must be a list, such as faults=[Status(503)].")
        return cls(**named)

    def start(self, seed: str, folder: Path) -> emulators.Emulator:
        """Starts an emulator as the marker wants it. The faults are not planned yet.

        Args:
            seed: What ids are made of where the marker does not say.
            folder: Where the path of a snapshot begins, if it is a relative one.
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
        """Plans the faults. From now on they befall the requests that they are meant for."""
        for entry in self.faults:
            scripted = entry if isinstance(entry, ScriptedFault) else ScriptedFault(entry)
            emulator.faults.add(scripted.fault, operation=scripted.operation, nth=scripted.nth, times=scripted.times)


_NAMES: Final = frozenset(fields_dict(Script))


def _instant(time: datetime | str) -> datetime:
    return datetime.fromisoformat(time) if isinstance(time, str) else time
