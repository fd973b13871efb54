"""The quick start: register one of your users and create a token for that user's browser."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING or __package__:
    from .narration import open_orbit, show
else:
    from narration import open_orbit, show


def main() -> None:
    with open_orbit("Quick start") as orbit:
        user = show(
            "Register a user. Calling create again with the same external_id updates the user.",
            lambda: orbit.users.create(external_id="your_db_user_id", display_name="Alice"),
        )
        token = show(
            "Issue a short-lived token for your frontend. Never send the secret key to a frontend.",
            lambda: orbit.users.create_token(user.id, ttl=900),
        )
        client_id = os.environ.get("ORBIT_CLIENT_ID", "pk_test_of_your_application")
        print("The provider of the vendor's client SDKs needs these values:")
        print(f"  clientId: {client_id} (your application's publishable key)")
        print(f"  token: {len(token.token)} characters, valid until {token.expires_at:%H:%M:%S %Z}")
        print(f"  user id: {user.id}")


if __name__ == "__main__":
    main()
