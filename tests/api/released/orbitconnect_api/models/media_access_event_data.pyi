from ..types import Field, Model
from .media_access import MediaAccess
from collections.abc import Mapping
from typing import Any, ClassVar, Self

class MediaAccessEventData(Model):
    access: MediaAccess
    FIELDS: ClassVar[tuple[Field, ...]]
    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self: ...
