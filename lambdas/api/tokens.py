"""Who may speak in a dialogue: an unguessable id and a token, of which only the hash is kept."""

from __future__ import annotations

import hashlib
import secrets

SESSION_ID_BYTES = 24
TOKEN_BYTES = 32


def new_session_id() -> str:
    return secrets.token_urlsafe(SESSION_ID_BYTES)


def new_token() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


def token_sha256(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def is_token_of(token: str, stored_sha256: str) -> bool:
    """Compared in constant time."""
    return secrets.compare_digest(token_sha256(token), stored_sha256)
