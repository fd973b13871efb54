"""The model UpdateWebhookBody."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import (
    UNSET,
    Field,
    RequestModel,
    Unset,
    new,
    read_bool,
    read_str,
    write_boolean,
    write_text,
)


@define(eq=False, repr=False, kw_only=True)
class UpdateWebhookBody(RequestModel):
    """The fields to update. Omitted fields stay unchanged.

    Attributes:
        url: The URL to deliver events to. At most 2048 characters (inferred).
        is_active: False stops deliveries to the webhook. True resumes them.
    """

    url: str | Unset = UNSET
    is_active: bool | Unset = UNSET
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("url", "url", write_text, read_str),
        Field("is_active", "is_active", write_boolean, read_bool),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        self.url = src_dict.get("url", UNSET)
        self.is_active = src_dict.get("is_active", UNSET)
        self._raw = src_dict
        return self
