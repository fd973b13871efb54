"""The emulator as a server on the loopback interface. Needs the extra `orbitconnect[emulator]`.

`run` starts and stops the server, `app` is the ASGI application, and `control` is the API below `/_emulator/`. This
package contains only what HTTP, sockets and uvicorn require; `core` decides how a request is handled.
"""

from __future__ import annotations

from typing import Final

from ..._extras import how_to_install

_PACKAGES: Final = ("starlette", "uvicorn", "h11")


def check_installed() -> None:
    """Check that the packages that the server needs are installed.

    Raises:
        ImportError: If the extra `orbitconnect[emulator]` is not installed.
    """
    try:
        # Uses an import statement, so that tools that freeze an application find the module.
        from . import run

        assert run
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in _PACKAGES:
            raise
        missing = error.name
    else:
        return
    raise ImportError(
        f"The emulator's server needs {missing}, which is not installed. {how_to_install('emulator')}", name=missing
    )
