"""The owner of an embedded cloud: made once, the password kept in the home for its user alone.

Refuses to know any other deployment (`cli/owners.py`).
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from cli.owners import OwnerAccounts, new_password

EMAIL = "owner@localhost.local"


@dataclass(frozen=True)
class LocalOwner:
    """`fresh` says that nobody has been told the password yet."""

    email: str
    password: str
    fresh: bool


def local_owner(accounts: OwnerAccounts, file: Path) -> LocalOwner:
    """As `file` has it; made where there is no file, and where the pool is a new one."""
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
        email, password, fresh = str(kept["email"]), str(kept["password"]), False
    except (OSError, ValueError, KeyError, TypeError):
        email, password, fresh = EMAIL, new_password(), True
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
            os.fchmod(descriptor, 0o600)  # one that was there before keeps its rights otherwise
            opened.write(json.dumps({"email": email, "password": password}))
    if email not in {account.email for account in accounts.all()}:
        accounts.set_password(email, password)
    return LocalOwner(email, password, fresh)
