"""The environment variables for trusted certificate authorities, with the same names as in httpx and OpenSSL."""

from __future__ import annotations

import os
import stat
from errno import ELOOP, ENOENT, ENOTDIR
from pathlib import Path
from typing import Final

FILE_VARIABLE: Final = "SSL_CERT_FILE"
FOLDER_VARIABLE: Final = "SSL_CERT_DIR"
_PEM_MARKS: Final = (b"-----BEGIN CERTIFICATE-----", b"-----BEGIN TRUSTED CERTIFICATE-----")
_ABSENT: Final = (ENOENT, ENOTDIR, ELOOP)
_LONGEST_SHOWN: Final = 1024
_UNTRUSTED: Final = ("issuer certificate", "self-signed", "self signed")
"""Parts of OpenSSL's messages for certificates that were not signed by a trusted authority."""


def check_authorities() -> None:
    """Check the environment variables for trusted authorities, without loading the certificates.

    Raises:
        ValueError: If a path does not exist, or the file is not PEM.
    """
    file, folder = os.environ.get(FILE_VARIABLE), os.environ.get(FOLDER_VARIABLE)
    if file:
        flaw = _flaw_of_file(file)
        if flaw:
            raise ValueError(
                f"The environment variable {FILE_VARIABLE} names {_shown(file)}, {flaw}. Set it to a PEM file with the "
                "certificates of the authorities to trust, or unset it."
            )
    elif folder and not any(os.path.isdir(part) for part in folder.split(os.pathsep)):  # noqa: PTH112  # Unlike `Path.is_dir`, it never raises.
        raise ValueError(
            f"The environment variable {FOLDER_VARIABLE} names {_shown(folder)}, which is not a folder. Set it to a "
            "folder of certificates that was prepared with `openssl rehash`, or unset it."
        )


def _flaw_of_file(file: str) -> str:
    try:
        mode = Path(file).stat().st_mode
        if stat.S_ISDIR(mode):
            return f"which is a folder (for a folder, use {FOLDER_VARIABLE})"
        if not stat.S_ISREG(mode):
            return ""  # A pipe can be read only once, and reading may block forever.
        content = Path(file).read_bytes()
    except OSError as error:
        if error.errno in _ABSENT:
            return "which does not exist"
        return f"which cannot be read ({error.strerror})"
    return "" if any(mark in content for mark in _PEM_MARKS) else "which contains no certificate in PEM format"


def _shown(path: str) -> str:
    """Quote the path, unless it looks like the content of a file, which may include a private key."""
    return repr(path) if len(path) <= _LONGEST_SHOWN and "-----BEGIN" not in path else "something that is not a path"


def with_remedy(text: str) -> str:
    """Append the remedy to OpenSSL's message about an untrusted authority."""
    if "CERTIFICATE_VERIFY_FAILED" not in text or not any(flaw in text for flaw in _UNTRUSTED):
        return text
    return f"{text}; to trust a private authority, set {FILE_VARIABLE} to a PEM file that contains its certificate"
