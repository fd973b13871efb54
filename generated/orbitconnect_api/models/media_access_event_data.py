"""The model MediaAccessEventData."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import (
    Field,
    Model,
    WriteModel,
    new,
    read_model,
    read_object,
)
from .media_access import MediaAccess


@define(eq=False, repr=False, kw_only=True)
class MediaAccessEventData(Model):
    """The access grant that the event is about.

    Inferred: neither observed on the wire nor documented by the vendor, except where stated.

    Attributes:
        access: The access grant after the change.
    """

    access: MediaAccess
    _raw: Mapping[str, Any] = field(factory=dict[str, Any], repr=False, alias="_raw")

    FIELDS: ClassVar[tuple[Field, ...]] = (Field("access", "access", WriteModel(MediaAccess), read_object),)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        # Setting the attributes one by one takes a third less time than `cls(...)`.
        self = new(cls)
        get: Any = src_dict.get
        self.access = read_model(MediaAccess, get("access"))
        self._raw = src_dict
        return self
