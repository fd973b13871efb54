"""The name of the API's host in errors, logs and reports to observers."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from orbitconnect_api import operations

API_HOST: Final = urlsplit(operations.BASE_URL).netloc
