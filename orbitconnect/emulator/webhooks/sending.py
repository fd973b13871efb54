"""One attempt to deliver an event: a signed POST to a loopback address."""

from __future__ import annotations

import socket
import ssl
import time
from contextlib import suppress
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, HTTPException, HTTPResponse
from ipaddress import ip_address
from threading import Lock, Timer
from typing import Final
from urllib.parse import SplitResult, quote, urlsplit

from orbitconnect_api.operations import RETRY_AFTER_HEADER, WEBHOOK_SIGNATURE_HEADER

from ..._pipeline.retry import retry_after
from ..._version import VERSION
from ...webhooks import sign
from .queue import Attempt, Outcome

EXCERPT_LENGTH: Final = 1024
"""How many bytes of a response's body are kept."""

_USER_AGENT: Final = f"orbitconnect-emulator/{VERSION}"
_LOCALHOST: Final = ("127.0.0.1", "::1")
_IN_A_PATH: Final = "/%:;=@&?!$'()*+,~[]-._"


class Sending:
    """An attempt in progress. Another thread can abort it."""

    def __init__(self, attempt: Attempt, timeout: float) -> None:
        """Prepare the attempt.

        Args:
            attempt: What to send.
            timeout: The attempt's time limit in seconds of real time, from connecting to the response's last byte.
        """
        self.attempt: Final = attempt
        self._timeout: Final = timeout
        self._lock: Final = Lock()
        self._socket: socket.socket | None = None
        self._is_late: bool = False
        self.is_aborted: bool = False
        """Whether the attempt was aborted, so that its outcome does not count."""

    def send(self) -> Outcome:
        """Make the attempt. Errors are returned as outcomes."""
        try:
            addresses = loopback_addresses(urlsplit(self.attempt.url))
        except ValueError as error:
            return Outcome(error=self._reason(error))
        if not addresses:
            return Outcome(error="The emulator delivers to loopback addresses only, such as 127.0.0.1 and localhost.")
        # A socket timeout would restart with every byte from a slow receiver.
        alarm = Timer(self._timeout, self._time_out)
        alarm.daemon = True
        alarm.start()
        try:
            return self._post(addresses)
        except (OSError, HTTPException, ValueError) as error:
            return Outcome(error=self._reason(error))
        finally:
            alarm.cancel()

    def abort(self) -> None:
        """Abort the attempt immediately."""
        with self._lock:
            self.is_aborted = True
            self._shut_down()

    def _post(self, addresses: tuple[str, ...]) -> Outcome:
        target = urlsplit(self.attempt.url)
        connection = HTTPConnection(target.hostname or "", target.port)
        if target.scheme == "https" and target.port is None:
            connection.port = 443
        connection.sock = self._connect(addresses, connection.port, target)
        try:
            path = quote(target.path or "/", safe=_IN_A_PATH)
            query = quote(target.query, safe=_IN_A_PATH)
            headers = {
                "Content-Type": "application/json",
                "User-Agent": _USER_AGENT,
                "Accept": "*/*",
                "Connection": "close",
                WEBHOOK_SIGNATURE_HEADER: sign(self.attempt.body, self.attempt.secret),
            }
            connection.request("POST", f"{path}?{query}" if query else path, self.attempt.body, headers)
            with connection.getresponse() as response:
                if self._is_late:  # The headers only look complete: the connection was closed on timeout.
                    raise TimeoutError
                return Outcome(
                    status=response.status, excerpt=_excerpt(response), retry_after=_requested_pause(response)
                )
        finally:
            connection.close()

    def _connect(self, addresses: tuple[str, ...], port: int, target: SplitResult) -> socket.socket:
        failure: OSError | None = None
        for address in addresses:
            try:
                connected = socket.create_connection((address, port), self._timeout)
            except OSError as error:
                failure = failure or error
                continue
            self._adopt(connected)
            if target.scheme != "https":
                return connected
            try:
                secured = ssl.create_default_context().wrap_socket(connected, server_hostname=target.hostname)
            except BaseException:
                connected.close()
                raise
            self._adopt(secured)
            return secured
        raise failure or OSError("There is no address.")

    def _adopt(self, connected: socket.socket) -> None:
        with self._lock:
            self._socket = connected
            if self._is_late or self.is_aborted:
                self._shut_down()

    def _time_out(self) -> None:
        with self._lock:
            self._is_late = True
            self._shut_down()

    def _shut_down(self) -> None:
        """Shut the socket down, which wakes a thread that is waiting for it."""
        if self._socket is not None:
            with suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)

    def _reason(self, error: Exception) -> str:
        if self._is_late or isinstance(error, TimeoutError):
            return f"There was no response within {self._timeout:g} s."
        if isinstance(error, ConnectionRefusedError):
            return "The connection was refused: no server is listening there."
        if isinstance(error, ssl.SSLError):
            return f"The connection could not be secured: {error}"
        if isinstance(error, ConnectionError):  # Includes http.client's error for a connection that is closed early.
            return "The connection was closed without a response."
        if isinstance(error, HTTPException):
            return f"The response is not HTTP ({type(error).__name__})."
        return f"The event could not be sent: {error}"


def loopback_addresses(url: SplitResult) -> tuple[str, ...]:
    """The loopback addresses of a URL's host; empty for other machines. Does not resolve names."""
    host = (url.hostname or "").removesuffix(".")
    if host == "localhost" or host.endswith(".localhost"):
        return _LOCALHOST
    try:
        address = ip_address(host)
    except ValueError:
        return ()
    mapped = address.ipv4_mapped if address.version == 6 else None
    return (str(mapped or address),) if (mapped or address).is_loopback else ()


def _excerpt(response: HTTPResponse) -> str:
    """The beginning of a response's body, or nothing if it cannot be read: the status alone decides."""
    try:
        body = response.read(EXCERPT_LENGTH)
    except (OSError, HTTPException, ValueError):
        body = b""
    return body.decode(errors="replace")


def _requested_pause(response: HTTPResponse) -> float | None:
    """How many seconds the receiver has asked the sender to pause.

    A date in `Retry-After` is relative to the response's own date.
    """
    date = response.headers.get("date")
    try:
        now = time.time() if date is None else parsedate_to_datetime(date).timestamp()
    except ValueError:
        now = time.time()
    return retry_after(response.headers.get(RETRY_AFTER_HEADER), now)
