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
from .queue import Outcome, Parcel

EXCERPT_LENGTH: Final = 1024
"""How many bytes of an answer's body are kept."""

_USER_AGENT: Final = f"orbitconnect-emulator/{VERSION}"
_LOCALHOST: Final = ("127.0.0.1", "::1")
_IN_A_PATH: Final = "/%:;=@&?!$'()*+,~[]-._"


class Sending:
    """One attempt on its way. It can be broken off by another thread."""

    def __init__(self, parcel: Parcel, timeout: float) -> None:
        """Makes the attempt ready.

        Args:
            parcel: What to send.
            timeout: For how many seconds of real time to wait for the answer, from the connection to its last byte.
        """
        self.parcel: Final = parcel
        self._timeout: Final = timeout
        self._lock: Final = Lock()
        self._socket: socket.socket | None = None
        self._is_late: bool = False
        self.is_broken_off: bool = False
        """Whether somebody ended it, so that its outcome says nothing."""

    def send(self) -> Outcome:
        """Makes the attempt. Whatever goes wrong is an outcome too."""
        try:
            addresses = loopback_addresses(urlsplit(self.parcel.url))
        except ValueError as error:
            return Outcome(error=self._reason(error))
        if not addresses:
            return Outcome(error="The emulator delivers to loopback addresses only, such as 127.0.0.1 and localhost.")
        # A timeout of the socket's would start anew with every byte that a slow receiver sends.
        alarm = Timer(self._timeout, self._time_out)
        alarm.daemon = True
        alarm.start()
        try:
            return self._post(addresses)
        except (OSError, HTTPException, ValueError) as error:
            return Outcome(error=self._reason(error))
        finally:
            alarm.cancel()

    def break_off(self) -> None:
        """Ends the attempt at once."""
        with self._lock:
            self.is_broken_off = True
            self._shut()

    def _post(self, addresses: tuple[str, ...]) -> Outcome:
        target = urlsplit(self.parcel.url)
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
                WEBHOOK_SIGNATURE_HEADER: sign(self.parcel.body, self.parcel.secret),
            }
            connection.request("POST", f"{path}?{query}" if query else path, self.parcel.body, headers)
            with connection.getresponse() as response:
                if self._is_late:  # What looks like the end of the headers is that of the connection.
                    raise TimeoutError
                return Outcome(status=response.status, excerpt=_excerpt(response), retry_after=_wished_pause(response))
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
            if self._is_late or self.is_broken_off:
                self._shut()

    def _time_out(self) -> None:
        with self._lock:
            self._is_late = True
            self._shut()

    def _shut(self) -> None:
        """Lets whoever waits for the socket go on, and find it ended."""
        if self._socket is not None:
            with suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)

    def _reason(self, error: Exception) -> str:
        if self._is_late or isinstance(error, TimeoutError):
            return f"There was no answer within {self._timeout:g} s."
        if isinstance(error, ConnectionRefusedError):
            return "The connection was refused: nothing listens there."
        if isinstance(error, ssl.SSLError):
            return f"The connection could not be secured: {error}"
        if isinstance(error, ConnectionError):  # Among them http.client's own for a connection that ends early.
            return "The connection was closed without an answer."
        if isinstance(error, HTTPException):
            return f"The answer is not HTTP ({type(error).__name__})."
        return f"The event could not be sent: {error}"


def loopback_addresses(url: SplitResult) -> tuple[str, ...]:
    """The addresses on this machine that a URL leads to; none if it leads elsewhere. No name is looked up."""
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
    """The beginning of an answer's body, as far as it came: the status has decided already."""
    try:
        body = response.read(EXCERPT_LENGTH)
    except (OSError, HTTPException, ValueError):
        body = b""
    return body.decode(errors="replace")


def _wished_pause(response: HTTPResponse) -> float | None:
    """For how long the receiver wants to be left alone. A date is taken by the receiver's clock, not the emulator's."""
    date = response.headers.get("date")
    try:
        now = time.time() if date is None else parsedate_to_datetime(date).timestamp()
    except ValueError:
        now = time.time()
    return retry_after(response.headers.get(RETRY_AFTER_HEADER), now)
