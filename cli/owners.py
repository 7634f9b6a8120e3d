"""`attendant owner add|list|remove`: who may sign in to the owner's page of a deployment.

A new owner gets a temporary password, printed once; who forgets a password is added again. Knows Cognito's
calls for administrators. Refuses to know what an owner may do (`lambdas/owner`).
"""

from __future__ import annotations

import re
import secrets
import string
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cli.failures import CommandFailed

ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
KINDS = (string.ascii_lowercase, string.ascii_uppercase, string.digits, "-!.")
PASSWORD_CHARACTERS = 20


@dataclass(frozen=True)
class OwnerAccount:
    """`status` as Cognito has it: FORCE_CHANGE_PASSWORD until the first sign-in."""

    email: str
    status: str


class OwnerAccounts:
    """The accounts of one pool. `cognito` is a client of cognito-idp."""

    def __init__(self, cognito: Any, pool: str) -> None:
        self._cognito = cognito
        self._pool = pool

    def add(self, email: str) -> str:
        """The temporary password; also for somebody who is there already. Raises CommandFailed."""
        if not ADDRESS.fullmatch(email):
            raise CommandFailed(f"{email!r} is no address", "attendant owner add NAME@DOMAIN", exit_code=2)
        password = new_password()
        self._create(email, password)
        self._cognito.admin_set_user_password(
            UserPoolId=self._pool, Username=email, Password=password, Permanent=False
        )
        self._cognito.admin_user_global_sign_out(UserPoolId=self._pool, Username=email)
        return password

    def set_password(self, email: str, password: str) -> None:
        """One that counts at once: for the local owner, who is the person at the keyboard."""
        self._create(email, password)
        self._cognito.admin_set_user_password(
            UserPoolId=self._pool, Username=email, Password=password, Permanent=True
        )

    def all(self) -> Iterator[OwnerAccount]:
        for page in self._cognito.get_paginator("list_users").paginate(UserPoolId=self._pool):
            for user in page["Users"]:
                known = {each["Name"]: each["Value"] for each in user.get("Attributes", ())}
                yield OwnerAccount(known.get("email", user["Username"]), user["UserStatus"])

    def remove(self, email: str) -> None:
        """At once: tokens of theirs count no more, in a minute at most. Raises CommandFailed."""
        try:
            self._cognito.admin_user_global_sign_out(UserPoolId=self._pool, Username=email)
            self._cognito.admin_delete_user(UserPoolId=self._pool, Username=email)
        except self._cognito.exceptions.UserNotFoundException as error:
            raise CommandFailed(f"{email} is no owner here", "attendant owner list", exit_code=2) from error

    def _create(self, email: str, password: str) -> None:
        try:
            self._cognito.admin_create_user(
                UserPoolId=self._pool,
                Username=email,
                TemporaryPassword=password,
                MessageAction="SUPPRESS",
                UserAttributes=[
                    {"Name": "email", "Value": email},
                    {"Name": "email_verified", "Value": "true"},
                ],
            )
        except self._cognito.exceptions.UsernameExistsException:
            return


def new_password() -> str:
    """Of every kind that the pool asks for."""
    while True:
        password = "".join(secrets.choice("".join(KINDS)) for _ in range(PASSWORD_CHARACTERS))
        if all(any(sign in kind for sign in password) for kind in KINDS):
            return password
