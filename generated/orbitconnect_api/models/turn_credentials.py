"""The model TurnCredentials."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import (
    Field,
    Model,
    mask,
    read_list,
    write_list,
)


@define(eq=False)
class TurnCredentials(Model):
    """TURN servers and short-lived credentials for them, in the form that a browser's `RTCIceServer` takes.

    Inferred: nobody has seen all of this on the wire.

    Attributes:
        urls: The addresses of the servers, `turn:` or `turns:`.
        username: The user name for the servers.
        credential: The password for the servers; a secret until it expires.
        ttl: Seconds until the credentials expire.
    """

    urls: list[str]
    username: str
    credential: str = field(repr=mask)
    ttl: int
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("urls", "urls", write_list),
        Field("username", "username", None),
        Field("credential", "credential", None),
        Field("ttl", "ttl", None),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Any = src_dict.get
        # Not by `cls(...)`: setting the attributes one by one takes a third less time.
        self = object.__new__(cls)
        self.urls = read_list(get("urls"))
        self.username = get("username")
        self.credential = get("credential")
        self.ttl = get("ttl")
        self._raw = src_dict
        return self
