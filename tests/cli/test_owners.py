"""Owners' accounts: made with a password that is told once, taken away, kept for the local owner alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cli.embedded_cloud.local_owner import local_owner
from cli.failures import CommandFailed
from cli.owners import KINDS, OwnerAccounts, new_password

ANNA = "anna@salon.ru"


class FakePool:
    """Cognito's calls for administrators; `users` are passwords by address."""

    class exceptions:  # noqa: N801 - as a client of boto3 has it
        UsernameExistsException = type("UsernameExistsException", (Exception,), {})
        UserNotFoundException = type("UserNotFoundException", (Exception,), {})

    def __init__(self) -> None:
        self.users: dict[str, tuple[str, bool]] = {}
        self.signed_out: list[str] = []

    def admin_create_user(self, *, Username: str, MessageAction: str, **_: Any) -> None:  # noqa: N803
        assert MessageAction == "SUPPRESS"
        if Username in self.users:
            raise self.exceptions.UsernameExistsException
        self.users[Username] = ("", False)

    def admin_set_user_password(self, *, Username: str, Password: str, Permanent: bool, **_: Any) -> None:  # noqa: N803
        self.users[Username] = (Password, Permanent)

    def admin_user_global_sign_out(self, *, Username: str, **_: Any) -> None:  # noqa: N803
        if Username not in self.users:
            raise self.exceptions.UserNotFoundException
        self.signed_out.append(Username)

    def admin_delete_user(self, *, Username: str, **_: Any) -> None:  # noqa: N803
        del self.users[Username]

    def get_paginator(self, _: str) -> FakePool:
        return self

    def paginate(self, **_: Any) -> list[dict[str, Any]]:
        users = [
            {"Username": "u", "UserStatus": "CONFIRMED", "Attributes": [{"Name": "email", "Value": email}]}
            for email in self.users
        ]
        return [{"Users": users}]


def test_an_owner_is_added_again_with_another_password_and_removed() -> None:
    pool = FakePool()
    accounts = OwnerAccounts(pool, "pool")
    first, second = accounts.add(ANNA), accounts.add(ANNA)
    assert first != second
    assert pool.users == {ANNA: (second, False)}
    assert pool.signed_out == [ANNA, ANNA]
    assert [account.email for account in accounts.all()] == [ANNA]
    accounts.remove(ANNA)
    assert pool.users == {}
    for wrong in (lambda: accounts.remove(ANNA), lambda: accounts.add("anna")):
        with pytest.raises(CommandFailed):
            wrong()


def test_a_password_has_every_kind_of_sign() -> None:
    for _ in range(50):
        password = new_password()
        assert len(password) >= 14
        assert all(set(kind) & set(password) for kind in KINDS)


def test_the_local_owner_is_made_once_and_again_in_a_new_pool(tmp_path: Path) -> None:
    pool, file = FakePool(), tmp_path / "owner.json"
    first = local_owner(OwnerAccounts(pool, "pool"), file)
    assert (first.fresh, file.stat().st_mode & 0o777) == (True, 0o600)
    again = local_owner(OwnerAccounts(pool, "pool"), file)
    assert (again.fresh, again.password) == (False, first.password)
    elsewhere = FakePool()
    local_owner(OwnerAccounts(elsewhere, "pool"), file)
    assert elsewhere.users == {first.email: (first.password, True)}
