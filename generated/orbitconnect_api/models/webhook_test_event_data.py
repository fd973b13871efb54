"""The model WebhookTestEventData."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import (
    Field,
    Model,
    new,
    read_str,
)


@define(eq=False, repr=False, kw_only=True)
class WebhookTestEventData(Model):
    """The webhook that is being tested.

    Inferred: neither observed on the wire nor documented by the vendor, except where stated.

    Attributes:
        webhook_id: The webhook that is being tested.
        message: A human-readable message.
    """

    webhook_id: str
    message: str | None = None
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (
        Field("webhook_id", "webhook_id", None, read_str),
        Field("message", "message", None, read_str),
    )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        get: Any = src_dict.get
        self.webhook_id = value if type(value := get("webhook_id")) is str else read_str(value)
        self.message = value if type(value := get("message")) is str or value is None else read_str(value)
        self._raw = src_dict
        return self
