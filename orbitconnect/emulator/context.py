"""The context that is passed to functions that change the state: the time, the store, and the request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import define, field

from orbitconnect_api.types import Operation, SafeRepr

from .exchange import API_ORIGIN
from .file_store import FileStore
from .form_bodies import UploadedFile
from .ids import Ids
from .json_text import Json, JsonObject
from .media_options import MediaOptions
from .store import Store


# Not frozen: creating a frozen object of this size takes twice as long, and each request has one.
@define(kw_only=True, repr=False)
class Context(SafeRepr):
    """The context of a job or a request. If the state can change, a transaction is open. Handlers do not change it."""

    now: int
    """The emulator's time in microseconds. It does not change while a request or a job runs."""
    store: Store
    token_secret: bytes
    files: FileStore
    media: MediaOptions
    ids: Ids | None = None
    """The sequence that a job's ids come from. Requests use the store's sequence."""

    def new_id(self, prefix: str) -> str:
        """Generate an id, such as `usr_4f1c0d9b2a7e6c35`."""
        return (self.ids or self.store.ids).new(prefix)


@define(kw_only=True, repr=False)
class RequestContext(Context):
    """The context passed to an operation's handler. Key, signature, acting user, query and body have been checked."""

    operation: Operation
    actor_id: str
    """The acting user's id; empty for an operation without an acting user."""
    body: JsonObject
    """The fields of a JSON object or a form. Empty if the body is something else."""
    items: Sequence[Json] = ()
    """The body, if it is a list."""
    content: bytes | None = field(default=None, repr=False)
    """The body, if it is a file. None if it was omitted."""
    uploads: Mapping[str, list[UploadedFile]] = field(factory=dict[str, list[UploadedFile]])
    """The files of a form, by field."""
    origin: str = API_ORIGIN
    """The scheme, host and port of file URLs."""
