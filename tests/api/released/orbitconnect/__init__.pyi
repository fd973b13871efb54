from ._async.client import AsyncOrbitServer as AsyncOrbitServer
from ._sync.client import OrbitServer as OrbitServer
from ._version import VERSION
from .errors import AuthenticationError as AuthenticationError, BadRequestError as BadRequestError, ConflictError as ConflictError, ConnectionFailedError as ConnectionFailedError, DeadlineExceededError as DeadlineExceededError, NotFoundError as NotFoundError, OrbitServerError as OrbitServerError, PermissionDeniedError as PermissionDeniedError, RateLimitError as RateLimitError, ServerError as ServerError, UnprocessableEntityError as UnprocessableEntityError, UnreadableResponseError as UnreadableResponseError
from orbitconnect_api.types import UNSET as UNSET

__version__ = VERSION
