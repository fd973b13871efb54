"""Convert connection errors to httpcore's exceptions."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

import httpcore

from ..tunnel import ProxyFailed


@contextmanager
def while_connecting() -> Generator[None]:
    """Convert network errors that the block raises to httpcore's exceptions."""
    try:
        yield
    except TimeoutError as error:
        raise httpcore.ConnectTimeout(str(error)) from error
    except OSError as error:  # Includes `ssl.SSLError`.
        raise httpcore.ConnectError(str(error)) from error
    except ProxyFailed as error:
        raise httpcore.ProxyError(str(error)) from error
