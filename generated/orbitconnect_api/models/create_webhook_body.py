"""The model CreateWebhookBody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import (
    UNSET,
    Field,
    RequestModel,
    new,
    read_str,
    write_text,
)


@define(eq=False, repr=False, kw_only=True)
class CreateWebhookBody(RequestModel):
    """The webhook to register.

    Attributes:
        url: The URL to deliver events to. At most 2048 characters (inferred).
    """

    url: str
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (Field("url", "url", write_text, read_str),)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        self.url = src_dict.get("url", UNSET)
        self._raw = src_dict
        return self
