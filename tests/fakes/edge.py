"""The edge and its token: a secret with versions and stages, CloudFront's places, the API's door."""

from __future__ import annotations

from collections.abc import Iterator

from core.errors import StoreAway
from lambdas.adapters.edge_distribution import Sending
from lambdas.adapters.origin_token import CURRENT, PENDING, PREVIOUS, OriginToken


class FakeSecret:
    """One secret as Secrets Manager moves its stages. `calls` counts what may be cut off.

    The replica shows a write after `lag` further `tick`s.
    """

    def __init__(self, first: OriginToken, *, lag: int = 0) -> None:
        self.values: dict[str, OriginToken] = {"v0": first}
        self.labels: dict[str, str] = {CURRENT: "v0"}
        self.lag = lag
        self._shown: list[frozenset[str]] = [self._admitted()]

    def start_rotation(self, version: str) -> None:
        """What Secrets Manager does before the first step."""
        self.labels[PENDING] = version

    def tick(self) -> None:
        self._shown.append(self._admitted())

    def admitted(self) -> frozenset[str]:
        """What the replica says."""
        return self._shown[max(0, len(self._shown) - 1 - self.lag)]

    def _admitted(self) -> frozenset[str]:
        seen = [self.values[self.labels[stage]] for stage in (CURRENT, PREVIOUS) if stage in self.labels]
        return frozenset().union(*(token.admitted for token in seen))

    def current(self) -> OriginToken:
        return self.values[self.labels[CURRENT]]

    def version(self, version: str) -> OriginToken | None:
        return self.values.get(version)

    def stages(self) -> dict[str, tuple[str, ...]]:
        return {v: tuple(s for s, at in self.labels.items() if at == v) for v in set(self.labels.values())}

    def put_pending(self, version: str, token: OriginToken) -> None:
        assert version not in self.values, "Secrets Manager refuses another value for the same version"
        self.values[version] = token
        self.labels[PENDING] = version

    def make_current(self, version: str, *, instead_of: str) -> None:
        assert self.labels[CURRENT] == instead_of, "Secrets Manager refuses a label that is not there"
        self.labels[PREVIOUS], self.labels[CURRENT] = instead_of, version


class FakeEdge:
    """CloudFront: `places` follow what was configured one by one, at each `tick`."""

    def __init__(self, token: str, places: int = 3) -> None:
        self.configured = token
        self.places = [token] * places
        self.updates = 0

    def tick(self) -> None:
        for place, token in enumerate(self.places):
            if token != self.configured:
                self.places[place] = self.configured
                return

    def sending(self) -> Sending:
        return Sending(
            token=self.configured, everywhere=all(token == self.configured for token in self.places)
        )

    def send(self, token: str) -> None:
        self.updates += token != self.configured
        self.configured = token


class FakeDoor:
    """Admits what it is told to."""

    def __init__(self, *tokens: str) -> None:
        self.tokens = set(tokens)

    def admits(self, token: str) -> bool:
        return token in self.tokens


class CutOff(Exception):
    """The function was killed here."""


class Cutting:
    """Passes calls on to `target`; the one numbered `at` is cut off before or after it was done."""

    def __init__(self, target: object, countdown: Iterator[str]) -> None:
        self._target = target
        self._countdown = countdown

    def __getattr__(self, name: str) -> object:
        method = getattr(self._target, name)

        def call(*arguments: object, **named: object) -> object:
            fate = next(self._countdown, "pass")
            if fate == "cut before":
                raise CutOff
            if fate == "away":
                raise StoreAway
            done = method(*arguments, **named)
            if fate == "cut after":
                raise CutOff
            return done

        return call
