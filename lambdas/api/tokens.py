"""Who may speak in a dialogue: an unguessable id and a token, of which only the hash is kept."""

from __future__ import annotations

import hashlib
import re
import secrets

SESSION_ID_BYTES = 24
TOKEN_BYTES = 32
_SESSION_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


def new_session_id() -> str:
    return secrets.token_urlsafe(SESSION_ID_BYTES)


def may_be_session_id(text: str) -> bool:
    """Whether it is worth asking the table, which refuses a key that is too long for it."""
    return _SESSION_ID.fullmatch(text) is not None


def new_token() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


def token_sha256(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def is_token_of(token: str, stored_sha256: str) -> bool:
    """Compared in constant time."""
    return secrets.compare_digest(token_sha256(token), stored_sha256)
