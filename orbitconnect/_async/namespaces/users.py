"""`orbit.users`: create and manage app users and issue short-lived tokens."""

import builtins
from collections.abc import Mapping
from typing import Any

from orbitconnect_api.api.users import (
    create_app_user,
    create_user_token,
    deactivate_app_user,
    get_app_user,
    get_app_user_by_external_id,
    list_app_users,
    update_app_user,
)
from orbitconnect_api.models.app_user import AppUser
from orbitconnect_api.models.create_app_user_body import CreateAppUserBody
from orbitconnect_api.models.create_user_token_body import CreateUserTokenBody
from orbitconnect_api.models.update_app_user_body import UpdateAppUserBody
from orbitconnect_api.models.user_token import UserToken
from orbitconnect_api.types import UNSET, Unset

from ..._facade.arguments import omit_none
from ..._facade.hints import with_hints
from ..executor import AsyncExecutor


@with_hints("orbit.users")
class AsyncUsers:
    """Create and manage app users and issue short-lived tokens.

    Methods: `create`, `list`, `get`, `get_by_external_id`, `update`, `deactivate`, `create_token`.
    """

    def __init__(self, executor: AsyncExecutor) -> None:
        self._executor = executor

    async def create(
        self, *, external_id: str, display_name: str, metadata: Mapping[str, Any] | None = None
    ) -> AppUser:
        """Create a user, or update the user with this `external_id`.

        The SDK retries this call after a failure: repeating it changes nothing.

        Args:
            external_id: Your own id of the user. At most 255 characters (inferred).
            display_name: The name that other users see. At most 255 characters (inferred).
            metadata: Your own data about the user.

        Returns:
            The user. Its `id` is the `user_id` of all other methods.

        Raises:
            UnprocessableEntityError: If a value is invalid.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            user = await orbit.users.create(external_id="your_db_user_id", display_name="Alice")
            ```
        """
        body = CreateAppUserBody(external_id=external_id, display_name=display_name, metadata=omit_none(metadata))
        return await self._executor.execute(create_app_user.build(body=body))

    async def list(self, *, active_only: bool = False) -> builtins.list[AppUser]:
        """List the application's users.

        Args:
            active_only: Leave out deactivated users.

        Returns:
            The users.

        Raises:
            OrbitServerError: For any API or network error.

        Example:
            ```python
            for user in await orbit.users.list(active_only=True):
                print(user.id, user.display_name)
            ```
        """
        return await self._executor.execute(list_app_users.build(active=active_only or None))

    async def get(self, user_id: str) -> AppUser:
        """Get a user.

        Args:
            user_id: The user's id, as returned by `create`.

        Returns:
            The user.

        Raises:
            NotFoundError: If the user does not exist.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            user = await orbit.users.get(alice.id)
            ```
        """
        return await self._executor.execute(get_app_user.build(user_id))

    async def get_by_external_id(self, external_id: str) -> AppUser:
        """Get a user by your own id.

        Args:
            external_id: Your own id of the user, as passed to `create`.

        Returns:
            The user.

        Raises:
            NotFoundError: If the user does not exist.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            user = await orbit.users.get_by_external_id("your_db_user_id")
            ```
        """
        return await self._executor.execute(get_app_user_by_external_id.build(external_id))

    async def update(
        self,
        user_id: str,
        *,
        display_name: str | Unset = UNSET,
        metadata: Mapping[str, Any] | Unset | None = UNSET,
    ) -> AppUser:
        """Update the given fields of a user. Omitted fields stay unchanged.

        Args:
            user_id: The user's id.
            display_name: The name that other users see. At most 255 characters (inferred).
            metadata: Your own data about the user. It replaces the existing data. None clears it (inferred).

        Returns:
            The updated user.

        Raises:
            NotFoundError: If the user does not exist.
            UnprocessableEntityError: If a value is invalid.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            user = await orbit.users.update(alice.id, display_name="Alice B.")
            ```
        """
        body = UpdateAppUserBody(display_name=display_name, metadata=metadata)
        return await self._executor.execute(update_app_user.build(user_id, body=body))

    async def deactivate(self, user_id: str) -> None:
        """Deactivate a user. The user's history is preserved.

        Repeating the call has no effect.

        Args:
            user_id: The user's id.

        Raises:
            NotFoundError: If the user does not exist.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            await orbit.users.deactivate(dave.id)
            ```
        """
        return await self._executor.execute(deactivate_app_user.build(user_id))

    async def create_token(self, user_id: str, *, ttl: int | None = None) -> UserToken:
        """Issue a short-lived token for the user's browser or phone.

        Send the token to your frontend, which uses it to connect to OrbitConnect. Never send the secret key.

        Args:
            user_id: The user's id.
            ttl: The token's lifetime in seconds, 1 to 86400. The server defaults to 3600.

        Returns:
            The token and its expiry time. The token is hidden in its `repr`.

        Raises:
            NotFoundError: If the user does not exist.
            ConflictError: If the user is deactivated (inferred).
            UnprocessableEntityError: If `ttl` is out of range.
            OrbitServerError: For any other API or network error.

        Example:
            ```python
            token = await orbit.users.create_token(alice.id, ttl=900)
            return {"token": token.token, "expires_at": token.expires_at}
            ```
        """
        body = CreateUserTokenBody(ttl=omit_none(ttl))
        return await self._executor.execute(create_user_token.build(user_id, body=body))
