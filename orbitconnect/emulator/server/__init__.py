"""The emulator over HTTP, on the loopback interface only. It takes the extra `orbitconnect[emulator]`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ..._extras import how_to_install
from ..._later import Later
from ..controls import ControlledEmulator

if TYPE_CHECKING:
    from . import run
else:
    run = Later(".run", __package__)

_PACKAGES: Final = ("starlette", "uvicorn", "h11")


def server_of(emulator: ControlledEmulator, port: int, *, verbose: bool = False) -> run.LoopbackServer:
    """Makes the server of an emulator.

    Raises:
        ImportError: If the extra is not installed.
    """
    server: run.LoopbackServer = load_run().LoopbackServer(emulator, port, verbose=verbose)
    return server


def load_run() -> Any:
    """Loads the module that runs the server.

    Raises:
        ImportError: If the extra is not installed.
    """
    try:
        # Not `from . import run`, which would find the name for annotations. Not by a name that is put together: tools
        # that freeze an application follow import statements.
        import orbitconnect.emulator.server.run as loaded
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in _PACKAGES:
            raise
        missing = error.name
    else:
        return loaded
    raise ImportError(
        f"The emulator's server needs {missing}, which is not installed. {how_to_install('emulator')}", name=missing
    )
