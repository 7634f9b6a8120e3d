"""The four steps of one rotation, as Secrets Manager asks for them. Each may be repeated or cut off.

    create    the announced token becomes the one to be sent, a fresh one is announced: a pending version
    set       the API is asked whether it admits that token, as it should since it was announced;
              only then CloudFront is told to send it
    test      every place of CloudFront sends it
    finish    the pending version becomes the current one

The API admits the token before, during and after: it stands in the current version as `next`, in the pending
one as `token`. Knows the order and what must hold before each step. Refuses to go on when it does not.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Protocol

from core.errors import AttendantError, RotationHeld
from lambdas.adapters.edge_distribution import Sending
from lambdas.adapters.origin_token import CURRENT, PENDING, OriginToken
from lambdas.adapters.telemetry import Telemetry

LOOK_EVERY_SECONDS = 10.0


class Step(StrEnum):
    CREATE = "createSecret"
    SET = "setSecret"
    TEST = "testSecret"
    FINISH = "finishSecret"


class Tokens(Protocol):
    def current(self) -> OriginToken: ...

    def version(self, version: str) -> OriginToken | None: ...

    def stages(self) -> dict[str, tuple[str, ...]]: ...

    def put_pending(self, version: str, token: OriginToken) -> None: ...

    def make_current(self, version: str, *, instead_of: str) -> None: ...


class Edge(Protocol):
    def sending(self) -> Sending: ...

    def send(self, token: str) -> None: ...


class Door(Protocol):
    def admits(self, token: str) -> bool: ...


class Rotation:
    """`fresh` makes a new token, `pause` waits so many seconds."""

    def __init__(
        self,
        tokens: Tokens,
        edge: Edge,
        door: Door,
        *,
        telemetry: Telemetry,
        fresh: Callable[[], str],
        pause: Callable[[float], None],
    ) -> None:
        self._tokens = tokens
        self._edge = edge
        self._door = door
        self._telemetry = telemetry
        self._fresh = fresh
        self._pause = pause

    def take(self, step: Step, version: str, seconds_left: Callable[[], float]) -> None:
        """Raises RotationHeld or StoreAway; Secrets Manager tries again."""
        try:
            self._take(step, version, seconds_left)
        except AttendantError as error:
            self._telemetry.alarm("rotation_step_failed", error, step=step.value)
            raise

    def _take(self, step: Step, version: str, seconds_left: Callable[[], float]) -> None:
        stages = self._tokens.stages()
        if CURRENT in stages.get(version, ()):
            self._telemetry.tell("rotation_was_finished", step=step.value)
            return
        if PENDING not in stages.get(version, ()):
            raise RotationHeld(f"{step.value}: this version is not the pending one")
        match step:
            case Step.CREATE:
                self._create(version)
            case Step.SET:
                self._set(self._pending(version))
            case Step.TEST:
                self._test(self._pending(version), seconds_left)
            case Step.FINISH:
                self._finish(version, stages)
        self._telemetry.tell("rotation_step_taken", step=step.value)

    def _create(self, version: str) -> None:
        if self._tokens.version(version) is None:
            self._tokens.put_pending(version, self._tokens.current().followed_by(self._fresh()))

    def _set(self, pending: OriginToken) -> None:
        if not self._door.admits(pending.token):
            raise RotationHeld("the API does not admit the announced token yet")
        self._edge.send(pending.token)

    def _test(self, pending: OriginToken, seconds_left: Callable[[], float]) -> None:
        while not self._is_sent_everywhere(pending):
            if seconds_left() < 2 * LOOK_EVERY_SECONDS:
                raise RotationHeld("CloudFront does not send the token everywhere yet")
            self._pause(LOOK_EVERY_SECONDS)

    def _finish(self, version: str, stages: dict[str, tuple[str, ...]]) -> None:
        if not self._is_sent_everywhere(self._pending(version)):  # a deploy may have put the old one back
            raise RotationHeld("CloudFront was told to send another token meanwhile")
        (now,) = [id_ for id_, each in stages.items() if CURRENT in each]
        self._tokens.make_current(version, instead_of=now)

    def _pending(self, version: str) -> OriginToken:
        pending = self._tokens.version(version)
        if pending is None:
            raise RotationHeld("the pending version has no value yet")
        return pending

    def _is_sent_everywhere(self, pending: OriginToken) -> bool:
        sending = self._edge.sending()
        return sending.token == pending.token and sending.everywhere
