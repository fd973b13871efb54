"""A client's settings. They are checked once and shared by all calls. No `repr` contains a secret."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Mapping, Sequence
from string import ascii_letters, digits
from typing import TYPE_CHECKING, Final, TypedDict, Unpack, cast
from urllib.parse import urlsplit

from orbitconnect_api import operations
from orbitconnect_api.types import write_dict
from orbitconnect_api.values import write_text

from .._version import VERSION
from .redact import Redactor
from .secret import Secret

if TYPE_CHECKING:
    from ..observers import Observer

LONGEST_TIMEOUT: Final = 1e9
"""In seconds: about 30 years. Sockets and queues do not accept much longer timeouts."""
KEY_VARIABLE: Final = "ORBIT_SECRET_KEY"
_REMEDIES: Final = {
    "dict": ": write OrbitServer(secret_key=..., signing_secret=...)",
    "bytes": ": call .decode() on it",
    "SecretStr": ": call .get_secret_value() on it",
    "tuple": ": is there a comma behind it",
    "PosixPath": ": read the file, and strip() its text",
}
HeaderPairs = tuple[tuple[bytes, bytes], ...]

_USUAL_KEYS: Final = ("sk_live_", "sk_test_")
_USUAL_SIGNING_SECRETS: Final = ("whsec_",)
"""Secrets that consist of such a prefix, letters and digits need no further checks."""
_TOKEN: Final = frozenset("!#$%&'*+-.^_`|~" + ascii_letters + digits)
"""The characters of a header's name."""
_OWN_HEADERS: Final = frozenset(
    {
        operations.SECRET_KEY_HEADER,
        operations.ACTING_USER_HEADER,
        operations.SIGNATURE_HEADER,
        operations.TIMESTAMP_HEADER,
        *("host", "connection", "transfer-encoding", "te", "trailer", "upgrade", "expect", "keep-alive"),
        *("accept-encoding", "authorization", "cookie", "proxy-authorization"),
    }
)


class Changes(TypedDict, total=False):
    """The settings that a view can change."""

    timeout: float | None
    max_retries: int
    acting_user_id: str | None
    extra_headers: Mapping[str, str]


class Settings:
    """The checked settings of a client or view, and the headers shared by all its requests."""

    __slots__ = (
        "acting_user_id",
        "extra_headers",
        "headers",
        "max_retries",
        "observers",
        "redactor",
        "secret_key",
        "signing_secret",
        "timeout",
    )

    def __init__(
        self,
        secret_key: Secret[str],
        signing_secret: Secret[bytes] | None,
        *,
        timeout: float | None,
        max_retries: int,
        acting_user_id: str | None = None,
        extra_headers: Mapping[str, str] | None = None,
        observers: Sequence[Observer] = (),
        redactor: Redactor | None = None,
    ) -> None:
        self.secret_key: Secret[str] = secret_key
        self.signing_secret: Secret[bytes] | None = signing_secret
        self.timeout: float | None = check_timeout(timeout)
        self.max_retries: int = check_max_retries(max_retries)
        self.acting_user_id: str | None = acting_user_id
        self.extra_headers: dict[str, str] = dict(extra_headers or {})
        self.observers: tuple[Observer, ...] = check_observers(observers) if observers else ()
        self.redactor: Redactor = redactor or Redactor(secret_key, signing_secret)
        """Masks the secret key and the signing secret in responses."""
        self.headers: Secret[HeaderPairs] = Secret(_shared_headers(secret_key.reveal(), self.extra_headers))

    def evolve(self, **changes: Unpack[Changes]) -> Settings:
        """Create the settings of a view."""
        return Settings(
            self.secret_key,
            self.signing_secret,
            timeout=changes.get("timeout", self.timeout),
            max_retries=changes.get("max_retries", self.max_retries),
            acting_user_id=changes.get("acting_user_id", self.acting_user_id),
            extra_headers=changes.get("extra_headers", self.extra_headers),
            observers=self.observers,
            redactor=self.redactor,  # Reused because its search may be prepared already.
        )

    @property
    def key_kind(self) -> str:
        """The key's prefix: `sk_test_`, `sk_live_` or `sk_`."""
        key = self.secret_key.reveal()
        return next((kind for kind in ("sk_test_", "sk_live_") if key.startswith(kind)), "sk_")


def _shared_headers(key: str, extra: Mapping[str, str]) -> HeaderPairs:
    headers = {
        "host": urlsplit(operations.BASE_URL).netloc,
        "user-agent": f"orbitconnect-python/{VERSION}",
        "accept": "application/json",
        "accept-encoding": "gzip, deflate",
        operations.SECRET_KEY_HEADER: key,
        **extra,
    }
    return tuple((name.encode(), value.encode()) for name, value in headers.items())


def find_secret_key(given: Secret[str | None]) -> Secret[str]:
    """Return the given key, or the key from the environment if none was given.

    No error message quotes the key, and no function that raises an error has it in a local variable.

    Raises:
        ValueError: If there is no key, or it cannot be a secret key.
        TypeError: If it is not a string.
    """
    is_given = given.reveal() is not None
    found = given if is_given else Secret(os.environ.get(KEY_VARIABLE))
    subject = "secret_key" if is_given else f"The secret key in the environment variable {KEY_VARIABLE}"
    flaw = _flaw_of_secret(subject, found.reveal(), _key_mistake)
    if flaw is not None:
        raise flaw
    if found.reveal() is None:
        raise ValueError(f"There is no secret key. Pass secret_key=… or set {KEY_VARIABLE}.")
    return Secret(cast("str", found.reveal()))


def check_signing_secret(given: Secret[str | None]) -> Secret[bytes] | None:
    """Return the signing secret as bytes.

    Raises:
        ValueError: If it cannot be a signing secret.
        TypeError: If it is not a string.
    """
    flaw = _flaw_of_secret("signing_secret", given.reveal(), _signing_secret_mistake)
    if flaw is not None:
        raise flaw
    return None if given.reveal() is None else Secret(cast("str", given.reveal()).encode())


def _key_mistake(key: str) -> str | None:
    if _is_usual(key, _USUAL_KEYS):
        return None
    from .copied import key_mistake  # Imported here because compiling its patterns takes time.

    return key_mistake(key)


def _signing_secret_mistake(secret: str) -> str | None:
    if _is_usual(secret, _USUAL_SIGNING_SECRETS):
        return None
    from .copied import signing_secret_mistake  # As above.

    return signing_secret_mistake(secret)


def _is_usual(secret: str, prefixes: tuple[str, ...]) -> bool:
    return secret.isascii() and any(
        secret.startswith(prefix) and secret[len(prefix) :].isalnum() for prefix in prefixes
    )


def _flaw_of_secret(subject: str, secret: object, mistake_of: Callable[[str], str | None]) -> Exception | None:
    if secret is None:
        return None
    if not isinstance(secret, str):
        kind = type(secret).__name__
        return TypeError(f"{subject} must be a string, not {kind}{_REMEDIES.get(kind, '')}.")
    mistake = mistake_of(secret)
    return None if mistake is None else ValueError(f"{subject} {mistake}{'' if mistake.endswith('?') else '.'}")


def check_timeout(timeout: float | None) -> float | None:
    """Check a time limit, and return it. A longer one is reduced to `LONGEST_TIMEOUT`.

    Raises:
        ValueError: Unless `timeout` is more than 0 seconds or None.
        TypeError: If it is not a number.
    """
    if timeout is None:
        return None
    if isinstance(timeout, bool) or not isinstance(timeout, (int, float)):  # pyright: ignore[reportUnnecessaryIsInstance]  # Callers may not check types.
        raise TypeError(f"timeout must be a number of seconds or None, not {type(timeout).__name__}.")
    if not 0 < timeout < math.inf:
        raise ValueError("timeout must be more than 0 seconds; None means no time limit.")
    return float(min(timeout, LONGEST_TIMEOUT))


def check_max_retries(max_retries: int) -> int:
    """Raise `ValueError` or `TypeError` unless `max_retries` is a non-negative integer."""
    if isinstance(max_retries, bool) or not isinstance(max_retries, int):  # pyright: ignore[reportUnnecessaryIsInstance]  # Callers may not check types.
        raise TypeError(f"max_retries must be an integer, not {type(max_retries).__name__}.")
    if max_retries < 0:
        raise ValueError("max_retries must be 0 or more.")
    return max_retries


def can_pickle(value: object) -> bool:
    """Whether a value can be pickled."""
    import pickle  # Imported here because most programs do not need it.

    try:
        pickle.dumps(value)
    except (pickle.PicklingError, TypeError, AttributeError, ValueError, RecursionError):
        return False
    return True


def check_observers(observers: Sequence[Observer]) -> tuple[Observer, ...]:
    """Raise `TypeError` unless all of these derive from `Observer`."""
    from ..observers import Observer  # Imported here because most clients have no observer.

    for observer in observers:
        if not isinstance(observer, Observer):  # pyright: ignore[reportUnnecessaryIsInstance]  # Callers may not check types.
            raise TypeError("observers must be instances of classes that derive from orbitconnect.observers.Observer.")
    return tuple(observers)


def check_extra_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Return headers with names in lower case.

    Raises:
        ValueError: If a header cannot be sent, or is one that the client sets itself.
        TypeError: If a value is not a string.
    """
    checked: dict[str, str] = {}
    for name, value in write_dict(headers, "headers").items():
        if not isinstance(name, str) or not name or not _TOKEN.issuperset(name):  # pyright: ignore[reportUnnecessaryIsInstance]  # Callers may not check types.
            raise ValueError("A header's name must be a string of letters, digits and hyphens.")
        lower = name.lower()
        if lower in _OWN_HEADERS or lower.startswith("content-"):
            raise ValueError(f"The header {lower} is set by the client and cannot be given.")
        checked[lower] = header_value(value, f"The header {lower}").decode()
    return checked


def header_value(value: object, name: str) -> bytes:
    """Encode a header's value.

    Raises:
        ValueError: If the value would end the header early, or would be changed in transit.
        TypeError: If it is not a string.
    """
    text = write_text(cast("str", value), name)  # Raises TypeError if it is not a string.
    if not text or not text.isascii() or not text.isprintable() or text[0] == " " or text[-1] == " ":
        raise ValueError(
            f"{name} is sent as a header: it must not be empty, contain control or non-ASCII characters, "
            "or begin or end with a space."
        )
    return text.encode()
