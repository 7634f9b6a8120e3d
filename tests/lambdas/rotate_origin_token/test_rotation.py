"""The rotation: its steps, what holds it, and that no visitor ever notices, whatever is cut off."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import AttendantError, RotationHeld, StoreAway
from lambdas.adapters.origin_token import CURRENT, PENDING, OriginToken
from lambdas.admit.doorkeeper import Doorkeeper
from lambdas.rotate_origin_token.rotation import Rotation, Step
from tests.fakes.edge import CutOff, Cutting, FakeDoor, FakeEdge, FakeSecret
from tests.fakes.telemetry import FakeTelemetry

ALL = tuple(Step)


class Stand:
    """A rotation on fakes. Whoever waits lets CloudFront go on."""

    def __init__(self, first: OriginToken, *, admitted: tuple[str, ...] = ("a", "b")) -> None:
        self.secret = FakeSecret(first)
        self.edge = FakeEdge(first.token)
        self.door = FakeDoor(*admitted)
        self.telemetry = FakeTelemetry()
        fresh = (f"fresh-{n}" for n in count(1))
        self.rotation = Rotation(
            self.secret,
            self.edge,
            self.door,
            telemetry=self.telemetry,
            fresh=lambda: next(fresh),
            pause=lambda _seconds: self.edge.tick(),
        )
        self.secret.start_rotation("v1")

    def take(self, *steps: Step, seconds: float = 800) -> None:
        for step in steps:
            self.rotation.take(step, "v1", lambda: seconds)


def test_the_announced_token_is_sent_and_a_fresh_one_announced() -> None:
    stand = Stand(OriginToken("a", next="b"))

    stand.take(*ALL)

    assert stand.secret.current() == OriginToken("b", next="fresh-1")
    assert stand.edge.places == ["b"] * 3


def test_the_first_time_a_token_is_only_announced() -> None:
    stand = Stand(OriginToken("a"))

    stand.take(*ALL)

    assert stand.secret.current() == OriginToken("a", next="fresh-1")
    assert stand.edge.updates == 0


@pytest.mark.parametrize("step", ALL)
def test_a_repeated_step_changes_nothing(step: Step) -> None:
    stand = Stand(OriginToken("a", next="b"))
    stand.take(*ALL[: ALL.index(step) + 1])
    before = (dict(stand.secret.values), stand.secret.stages(), stand.edge.configured)

    stand.take(step)

    assert (dict(stand.secret.values), stand.secret.stages(), stand.edge.configured) == before
    assert stand.edge.updates <= 1


def test_a_finished_rotation_is_not_begun_again() -> None:
    stand = Stand(OriginToken("a", next="b"))
    stand.take(*ALL)

    stand.take(*ALL)

    assert stand.secret.current() == OriginToken("b", next="fresh-1")


@pytest.mark.parametrize("step", ALL)
def test_a_version_that_is_not_the_pending_one_is_refused(step: Step) -> None:
    stand = Stand(OriginToken("a", next="b"))
    stand.secret.labels[PENDING] = "v2"

    with pytest.raises(RotationHeld):
        stand.take(step)

    assert stand.secret.labels == {CURRENT: "v0", PENDING: "v2"}
    assert stand.edge.updates == 0


def test_cloudfront_is_told_nothing_that_the_api_does_not_admit() -> None:
    stand = Stand(OriginToken("a", next="b"), admitted=("a",))
    stand.take(Step.CREATE)

    with pytest.raises(RotationHeld):
        stand.take(Step.SET)

    assert stand.edge.configured == "a"
    assert [event for event, _ in stand.telemetry.alarms] == ["rotation_step_failed"]


def test_it_waits_for_every_place_of_cloudfront_but_not_beyond_its_time() -> None:
    stand = Stand(OriginToken("a", next="b"))
    stand.take(Step.CREATE, Step.SET)

    with pytest.raises(RotationHeld):
        stand.take(Step.TEST, seconds=15)
    stand.take(Step.TEST)

    assert stand.edge.sending().everywhere


def test_it_does_not_finish_while_cloudfront_sends_another_token() -> None:
    stand = Stand(OriginToken("a", next="b"))
    stand.take(*ALL[:3])
    stand.edge.send("a")  # a deploy meanwhile

    with pytest.raises(RotationHeld):
        stand.take(Step.FINISH)

    assert stand.secret.labels[CURRENT] == "v0"


def test_no_token_is_told() -> None:
    stand = Stand(OriginToken("sesame", next="poppy"), admitted=("sesame", "poppy"))
    stand.take(*ALL)

    assert "poppy" not in repr(stand.telemetry.lines)
    assert "fresh" not in repr(stand.telemetry.lines)


class Gateway:
    """The API's gateway: remembers what the authorizer says of a token, errors excepted."""

    KEPT_SECONDS = 3600

    def __init__(self, doorkeeper: Doorkeeper) -> None:
        self._doorkeeper = doorkeeper
        self._kept: dict[str, tuple[float, bool]] = {}
        self.now = 0.0

    def admits(self, token: str) -> bool:
        at, verdict = self._kept.get(token, (-1e9, False))
        if self.now - at < self.KEPT_SECONDS:
            return verdict
        try:
            verdict = self._doorkeeper.admits(token)
        except AttendantError:
            return False
        self._kept[token] = (self.now, verdict)
        return verdict


class World:
    """Visitors come through all places of CloudFront all the time, while rotations come and go."""

    def __init__(self, fates: list[str], lag: int) -> None:
        self.secret = FakeSecret(OriginToken("first"), lag=lag)
        self.edge = FakeEdge("first")
        self.telemetry = FakeTelemetry()
        self.gateway = Gateway(
            Doorkeeper(self.secret, telemetry=self.telemetry, clock=lambda: self.gateway.now)
        )
        self.fates = iter(fates)
        fresh = (f"token-{n}" for n in count())
        self.rotation = Rotation(
            Cutting(self.secret, self.fates),  # type: ignore[arg-type]
            Cutting(self.edge, self.fates),  # type: ignore[arg-type]
            self.gateway,
            telemetry=self.telemetry,
            fresh=lambda: next(fresh),
            pause=self.pass_time,
        )

    def pass_time(self, seconds: float) -> None:
        self.gateway.now += seconds
        self.edge.tick()
        self.secret.tick()
        self.visit()

    def visit(self) -> None:
        for token in self.edge.places:
            assert self.gateway.admits(token), (token, self.secret.labels, self.secret.values)

    def rotate(self, version: str, attempts: int) -> None:
        """As Secrets Manager does: the steps in order, all of them again when one fails."""
        self.secret.start_rotation(version)
        for _ in range(attempts):
            try:
                for step in ALL:
                    self.rotation.take(step, version, lambda: 100.0)
                    self.visit()
            except (RotationHeld, StoreAway, CutOff):
                self.pass_time(30)
                continue
            return

    def deploy(self) -> None:
        """CloudFormation puts the current token in the place of its reference."""
        self.edge.send(self.secret.current().token)
        self.visit()


FATES = st.lists(st.sampled_from(["pass"] * 6 + ["cut before", "cut after", "away"]), max_size=60)
DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("rotate"), st.integers(1, 3)),
        st.tuples(st.just("deploy"), st.just(0)),
        st.tuples(st.just("wait"), st.sampled_from([5, 400, 4000])),
    ),
    min_size=1,
    max_size=12,
)


@given(fates=FATES, deeds=DEEDS, lag=st.integers(0, 3))
def test_no_visitor_is_refused_whatever_is_cut_off_and_the_next_rotation_ends(
    fates: list[str], deeds: list[tuple[str, int]], lag: int
) -> None:
    world = World(fates, lag)
    versions = (f"v{n}" for n in count(1))
    for deed, amount in deeds:
        match deed:
            case "rotate":
                world.rotate(next(versions), attempts=amount)
            case "deploy":
                world.deploy()
            case _:
                world.pass_time(amount)
        world.visit()
    list(world.fates)  # from here on nothing fails
    for _ in range(lag + 1):
        world.pass_time(Gateway.KEPT_SECONDS)
    world.rotate("last", attempts=1)
    assert world.secret.labels[CURRENT] == "last"
