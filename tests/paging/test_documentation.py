"""docs/paging.md mentions every iterator."""

from __future__ import annotations

import pytest

from tests.pages import ROOT
from tests.paging.conftest import Chat


@pytest.mark.parametrize("name", ["iterate", "iterate_sync", "iterate_search", "iterate_search_global"])
def test_every_iterator_is_named(chat: Chat, name: str) -> None:
    assert f"`{name}(" in (ROOT / "docs" / "paging.md").read_text(encoding="utf-8")
    assert callable(getattr(chat.messages, name))
