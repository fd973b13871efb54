"""Translates errors during connecting to httpcore's exceptions."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

import httpcore

from ..tunnel import ProxyFailed


@contextmanager
def while_connecting() -> Generator[None]:
    """Raise httpcore's exceptions instead of the network's."""
    try:
        yield
    except TimeoutError as error:
        raise httpcore.ConnectTimeout(str(error)) from error
    except OSError as error:  # `ssl.SSLError` is one.
        raise httpcore.ConnectError(str(error)) from error
    except ProxyFailed as error:
        raise httpcore.ProxyError(str(error)) from error
