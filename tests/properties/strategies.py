"""The values with which the properties are checked."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st


def examples(count: int) -> settings:
    """Run the given number of examples in the profile "thorough", and half as many in a normal run.

    Examples have no time limit.
    """
    return settings(
        max_examples=count if settings.get_current_profile_name() == "thorough" else count // 2,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
    )


any_text = st.text(st.characters())
"""Any text, including lone surrogates and NUL."""

tricky_ids = st.sampled_from(
    [
        *("", ".", "..", "...", "/", "//", "a/b", "../x", "..\\x", "a/../b", "./a", "a/.", "/.."),
        *("%2e", "%2e%2e", "%2E%2E%2F", "%2f", "%", "%%", "%00", "%c0%ae", "%u002e", "%25"),
        *(";", "a;b", ";/..", "?", "a?b=c", "#", "a#b", "&", "=", "@", ":", "http://x", "//x.example/", "\\", "+", " "),
        *("\uff41", "\uff0e\uff0e", "\uff0f", "\u2024\u2024", "\ufb01", "e\u0301"),
        *("é", "\u202e", "\u200b", "\ufeff", "\u0130", "ß", "🎉"),
        *("\x00", "a\x00", "a\nb", "\r\nx: y", "\t", "\x7f", "\x85", "\ud800", "\udfff\ud800", "a\udc80"),
    ]
)
ids = any_text | tricky_ids | st.lists(tricky_ids, max_size=3).map("".join)

json_numbers = st.integers() | st.integers(-(10**60), 10**60) | st.floats(allow_nan=False, allow_infinity=False)
json_leaves = st.none() | st.booleans() | json_numbers | st.text()


def nested(leaves: st.SearchStrategy[Any], names: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    """JSON values built from these leaves and property names."""
    return st.recursive(
        leaves,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=4),
        max_leaves=8,
    )


sendable = nested(json_leaves, st.text())
"""Values that can be sent as JSON and arrive unchanged."""

received = nested(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | any_text
    | st.sampled_from(["", "2026-01-05T09:30:00Z", "20260102", 1767607800, 10**300, [], {}]),
    any_text,
)
"""Values that `json.loads` can return, including NaN, infinity and lone surrogates."""

deep = st.builds(lambda depth, in_list: _nest(depth, in_list=in_list), st.integers(50, 200), st.booleans())


def _nest(depth: int, *, in_list: bool) -> Any:
    value: Any = None
    for _ in range(depth):
        value = [value] if in_list else {"a": value}
    return value
