from ..types import Field, Model
from .media import Media
from collections.abc import Mapping
from typing import Any, ClassVar, Self

class MediaEventData(Model):
    media: Media
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
