"""Detect mistakes that were made while copying a secret from a file, a shell or a web page.

Otherwise, a secret that ends with a newline, for example, fails only at the first call, without an explanation. The
messages never quote the value, because a wrong value is often another secret.
"""

from __future__ import annotations

import re
from typing import Final

_INVISIBLE: Final = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f"
)
"""Characters without a width: joiners, direction marks, fillers, variation selectors, byte order marks."""
_QUOTES: Final = "\"'`\u00ab\u00bb\u2018-\u201f\u2039\u203a"
_NAME: Final = r"(?i:export\s+|set\s+|setx\s+|env\s+|\$env:|-)?[\w.-]*(?i:key|secret|token|sign|auth|whsec|pass)[\w.-]*"

# The first pattern that matches names the mistake, so the order matters: the outermost mistake comes first.
_MISTAKES: Final[tuple[tuple[re.Pattern[str], str], ...]] = tuple(
    (re.compile(pattern), mistake)
    for pattern, mistake in (
        (r"\Z", "is empty"),
        (rf"[\s\x00-\x20{_INVISIBLE}]+\Z", "has only blanks (whitespace) or invisible characters"),
        (
            "\ufeff|\u00ef\u00bb\u00bf|\udcef\udcbb\udcbf",
            "begins with a byte order mark (BOM). Save the file as UTF-8 without one, or read it as utf-8-sig",
        ),
        (r"(?s:.)*\x00", "contains null characters, as the text of a UTF-16 file does. Save the file as UTF-8"),
        (r"(?s:.)*[\ud800-\udfff]", "contains bytes that are not valid UTF-8"),
        (r"(?s:.)*\r\n\Z", "ends with a newline (\\r\\n), as a line of a Windows file does. Remove it"),
        (r"(?s:.)*\r\Z", "ends with a carriage return (\\r), which a Windows line ending leaves. Remove it"),
        (r"(?s:.)*[\n\v\f\x1c-\x1e\x85\u2028\u2029]\Z", "ends with a newline (\\n). Remove it, or strip() the text"),
        (r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]", "begins with a newline. Remove it"),
        (r"(?s:.)*[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]", "contains a newline: is this more than one value?"),
        (r"\s|.*\s\Z", "begins or ends with a space, a tab or another blank. Remove it"),
        (rf".*[{_INVISIBLE}]", "contains an invisible character, such as a zero-width space. Type or copy it anew"),
        (r".*[\x00-\x1f\x7f-\x9f]", "contains a control character"),
        (r".*(?:\\[rn]|%0[AaDd])\Z", "ends with a newline that is spelled out (\\n or %0A). Remove it"),
        (r"[bB](['\"]).*\1\Z", "is the text of a bytes object (b'…'). Call .decode() instead of str()"),
        (
            rf"\\?[{_QUOTES}]|.*[{_QUOTES}]\Z",
            "has a quotation mark around it. Remove it: not every reader of .env files does",
        ),
        (r"\{\s*[\"'].*\}\Z", "is a JSON object. Pass the value of its field"),
        (
            r"\$\{.*\}\Z|\$\(.*\)\Z|\{\{.*\}\}\Z|<.*>\Z|\$\w+\Z|%\w+%\Z|!\w+!\Z",
            "is a placeholder or a variable that was not replaced by its value",
        ),
        (
            r"(?i:authorization\s*[:=]\s*)?(?i:bearer|basic|token)(?:\s+|:\s*)\S",
            "begins with the name of a scheme, as in 'Bearer …'. Pass only what follows",
        ),
        (
            _NAME + r"(?:\s*=>?\s*|\s*:\s+)[^\s=]",
            "begins with a name, as in 'ORBIT_SECRET_KEY=…' or a header. Pass only what follows",
        ),
    )
)
_NO_KEY: Final = "is not a secret key: a secret key starts with sk_live_ or sk_test_, and more follows"


def copying_mistake(secret: str) -> str | None:
    """Describe the copying mistake in a secret of unknown format.

    Returns:
        A predicate that completes a sentence about the secret, without a full stop. None if there is no mistake.
    """
    return next((mistake for pattern, mistake in _MISTAKES if pattern.match(secret)), None)


def key_mistake(key: str) -> str | None:
    """Describe the copying mistake in a secret key, or say that it is another kind of secret.

    Returns:
        See `copying_mistake`.
    """
    mistake = copying_mistake(key)
    if mistake is not None:
        return mistake
    if not key.startswith("sk_") and re.search(r"sk_(?:test|live)_", key):
        return "has something in front of sk_…. Remove that"
    if " " in key:
        return "contains a space, as no secret key does"
    if re.search(r"\.\.\.|\u2026|[*\u2022\u25cf\u00b7]{2}", key):
        return "is shortened or masked. Copy all of it"
    if not key.isascii() or not key.isprintable():
        return "contains a character that no secret key has: one that is not ASCII, which can look like one that is"
    if key.startswith("pk_"):
        return "is a publishable key (pk_…). A backend needs the secret key (sk_…)"
    if key.startswith("whsec_"):
        return "is a signing secret or a webhook's secret (whsec_…), not a secret key (sk_…)"
    if key.startswith(("c2tf", "736b5f")):
        return "is encoded in Base64 or hex, as in a Kubernetes manifest. Decode it"
    if not key.startswith("sk_") or key in ("sk_", "sk_test_", "sk_live_"):
        return _NO_KEY
    if key[-1] in ",;":
        return "ends with a comma or a semicolon, which belongs to the code it was copied from. Remove it"
    return None


def signing_secret_mistake(secret: str) -> str | None:
    """Describe the copying mistake in a signing secret, or say that it is an API key.

    Returns:
        See `copying_mistake`.
    """
    if secret.startswith(("sk_live_", "sk_test_", "pk_live_", "pk_test_")):
        return "is an API key, not a signing secret"
    return copying_mistake(secret)
