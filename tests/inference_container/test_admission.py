"""Whose turn it is: bounded, fair between callers, and nothing is ever held by who has gone."""

from __future__ import annotations

import asyncio
import random
from collections import Counter

import pytest

from inference_container.admission import Admission
from inference_container.errors import Overloaded


async def settled() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


class Hall:
    """Everybody who asks for a turn, and in which order they got it."""

    def __init__(self, admission: Admission) -> None:
        self.admission = admission
        self.called: list[str] = []
        self._over: dict[str, asyncio.Event] = {}

    def ask(self, name: str, caller: str | None = None) -> asyncio.Task[None]:
        self._over[name] = asyncio.Event()

        async def generation() -> None:
            async with self.admission.turn(caller):
                self.called.append(name)
                await self._over[name].wait()

        return asyncio.create_task(generation())

    async def finish(self, name: str) -> None:
        self._over[name].set()
        await settled()


def test_who_asks_much_waits_for_their_own() -> None:
    async def scene() -> list[str]:
        hall = Hall(Admission(parallel=1, queue_limit=9))
        for number in range(4):
            hall.ask(f"greedy {number}", "greedy")
        hall.ask("anna", "anna")
        hall.ask("boris", "boris")
        await settled()
        for _ in range(6):
            await hall.finish(hall.called[-1])
        return hall.called

    assert asyncio.run(scene()) == ["greedy 0", "greedy 1", "anna", "boris", "greedy 2", "greedy 3"]


def test_of_two_places_one_caller_takes_the_second_only_if_nobody_else_waits() -> None:
    async def scene() -> list[str]:
        hall = Hall(Admission(parallel=2, queue_limit=9))
        for name in ("a1", "a2", "a3"):
            hall.ask(name, "a")
        hall.ask("b1", "b")
        await settled()
        await hall.finish("a1")
        return hall.called

    assert asyncio.run(scene()) == ["a1", "a2", "b1"]


def test_nameless_callers_go_first_come_first_served() -> None:
    async def scene() -> list[str]:
        hall = Hall(Admission(parallel=1, queue_limit=9))
        for number in range(5):
            hall.ask(str(number))
        await settled()
        for number in range(5):
            await hall.finish(str(number))
        return hall.called

    assert asyncio.run(scene()) == ["0", "1", "2", "3", "4"]


def test_a_full_line_has_room_for_whom_others_crowd_out() -> None:
    async def scene() -> None:
        hall = Hall(Admission(parallel=1, queue_limit=3))
        crowd = [hall.ask(f"greedy {number}", "greedy") for number in range(4)]
        await settled()
        with pytest.raises(Overloaded):
            await hall.ask("one more", "greedy")
        anna = hall.ask("anna", "anna")
        await settled()
        assert isinstance(crowd[3].exception(), Overloaded)
        assert hall.admission.waiting == 3
        boris = hall.ask("boris", "boris")
        await settled()
        assert isinstance(crowd[2].exception(), Overloaded)
        with pytest.raises(Overloaded):  # now everybody has one place in the line
            await hall.ask("clara", "clara")
        assert not anna.done()
        assert not boris.done()

    asyncio.run(scene())


@pytest.mark.parametrize("seed", range(20))
def test_in_any_disorder_every_place_comes_back(seed: int) -> None:
    """Random arrivals, ends and departures, also in the moment of the call: the books balance."""

    async def scene() -> None:
        dice = random.Random(seed)
        admission = Admission(parallel=3, queue_limit=5)
        most = Counter[str]()

        async def one(caller: str | None) -> None:
            try:
                async with admission.turn(caller):
                    most["running"] = max(most["running"], admission.running)
                    for _ in range(dice.randrange(4)):
                        await asyncio.sleep(0)
            except Overloaded:
                most["refused"] += 1

        tasks = []
        for _ in range(300):
            tasks.append(asyncio.create_task(one(dice.choice([None, "a", "b", "c"]))))
            if dice.random() < 0.4:
                await asyncio.sleep(0)
            if dice.random() < 0.4:
                dice.choice(tasks).cancel()
            assert admission.waiting <= 5 + 1  # who has just been cancelled may still stand there
        await asyncio.wait_for(asyncio.gather(*tasks, return_exceptions=True), 5)
        assert most["running"] == 3
        assert most["refused"] > 0
        assert (admission.running, admission.waiting) == (0, 0)
        failed = [task.exception() for task in tasks if not task.cancelled()]
        assert failed == [None] * len(failed)

    asyncio.run(scene())
