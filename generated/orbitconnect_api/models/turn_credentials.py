"""The model TurnCredentials."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import (
    Field,
    Model,
    mask,
    new,
    read_int,
    read_items,
    read_list,
    read_str,
    write_list,
)


@define(eq=False, repr=False, kw_only=True)
class TurnCredentials(Model):
    """TURN servers and short-lived credentials for them, in the format of a browser's `RTCIceServer`.

    Inferred: neither observed on the wire nor documented by the vendor, except where stated.

    Attributes:
        urls: The URLs of the servers, `turn:` or `turns:`.
        username: The username for the servers.
        credential: The password for the servers. Treat it as a secret until it expires.
        ttl: The number of seconds until the credentials expire.
    """

    urls: list[str]
    username: str
    credential: str = field(repr=mask)
    ttl: int
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("urls", "urls", write_list, read_list),
        Field("username", "username", None, read_str),
        Field("credential", "credential", None, read_str),
        Field("ttl", "ttl", None, read_int),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        get: Any = src_dict.get
        self.urls = [] if (value := get("urls")) == [] else read_items(read_str, value)
        self.username = value if type(value := get("username")) is str else read_str(value)
        self.credential = value if type(value := get("credential")) is str else read_str(value)
        self.ttl = value if type(value := get("ttl")) is int else read_int(value)
        self._raw = src_dict
        return self
