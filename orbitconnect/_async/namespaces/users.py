"""`orbit.users`: create and manage app users, issue short-lived tokens."""

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

from ..._facade.arguments import omit_none, with_hints
from ..executor import AsyncExecutor


@with_hints("orbit.users")
class AsyncUsers:
    """Create and manage app users, issue short-lived tokens.

    Methods: `create`, `list`, `get`, `get_by_external_id`, `update`, `deactivate`, `create_token`.
    """

    def __init__(self, executor: AsyncExecutor) -> None:
        self._executor = executor

    async def create(
        self, *, external_id: str, display_name: str, metadata: Mapping[str, Any] | None = None
    ) -> AppUser:
        """Creates a user, or updates the one that has the `external_id` already.

        It is idempotent on `external_id`, so it is sent again after a failure.

        Args:
            external_id: Your own id of the user, at most 255 characters (the limit is inferred).
            display_name: The name that other users see, at most 255 characters (the limit is inferred).
            metadata: Your own data about the user.

        Returns:
            The user, with the `id` that all other methods take.

        Raises:
            UnprocessableEntityError: If a field has a value that is not allowed.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            user = await orbit.users.create(external_id="your_db_user_id", display_name="Alice")
            ```
        """
        body = CreateAppUserBody(external_id=external_id, display_name=display_name, metadata=omit_none(metadata))
        return await self._executor.execute(create_app_user.build(body=body))

    async def list(self, *, active_only: bool = False) -> builtins.list[AppUser]:
        """Lists the users of the application.

        Args:
            active_only: Leaves deactivated users out.

        Returns:
            The users.

        Raises:
            OrbitServerError: If the call failed.

        Example:
            ```python
            for user in await orbit.users.list(active_only=True):
                print(user.id, user.display_name)
            ```
        """
        return await self._executor.execute(list_app_users.build(active=active_only or None))

    async def get(self, user_id: str) -> AppUser:
        """Gets a user.

        Args:
            user_id: The user's id, as returned by `create`.

        Returns:
            The user.

        Raises:
            NotFoundError: If there is no such user.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            user = await orbit.users.get("usr_4f1c")
            ```
        """
        return await self._executor.execute(get_app_user.build(user_id))

    async def get_by_external_id(self, external_id: str) -> AppUser:
        """Gets a user by your own id.

        Args:
            external_id: Your own id of the user, as given to `create`.

        Returns:
            The user.

        Raises:
            NotFoundError: If there is no such user.
            OrbitServerError: If the call failed otherwise.

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
        """Sets the given fields of a user and leaves the others as they are.

        Args:
            user_id: The user's id.
            display_name: The name that other users see.
            metadata: Your own data about the user; replaces what was there. None clears it (inferred).

        Returns:
            The user after the change.

        Raises:
            NotFoundError: If there is no such user.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            user = await orbit.users.update("usr_4f1c", display_name="Alice B.")
            ```
        """
        body = UpdateAppUserBody(display_name=display_name, metadata=metadata)
        return await self._executor.execute(update_app_user.build(user_id, body=body))

    async def deactivate(self, user_id: str) -> None:
        """Deactivates a user. History is preserved, and doing it again changes nothing.

        Args:
            user_id: The user's id.

        Raises:
            NotFoundError: If there is no such user.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            await orbit.users.deactivate("usr_4f1c")
            ```
        """
        return await self._executor.execute(deactivate_app_user.build(user_id))

    async def create_token(self, user_id: str, *, ttl: int | None = None) -> UserToken:
        """Issues a short-lived token with which the user's browser or phone talks to OrbitConnect.

        Hand the token to your frontend; never hand out the secret key.

        Args:
            user_id: The user's id.
            ttl: Seconds until the token expires, 1 to 86400. The server takes 3600 when it is left out.

        Returns:
            The token and when it expires. The token does not show in its `repr`.

        Raises:
            NotFoundError: If there is no such user.
            UnprocessableEntityError: If `ttl` is out of range.
            OrbitServerError: If the call failed otherwise.

        Example:
            ```python
            token = await orbit.users.create_token(user.id, ttl=900)
            return {"token": token.token, "expires_at": token.expires_at}
            ```
        """
        body = CreateUserTokenBody(ttl=omit_none(ttl))
        return await self._executor.execute(create_user_token.build(user_id, body=body))
