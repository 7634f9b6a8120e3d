"""Which slot keeps whose prefix."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from inference_container.engines.prefix_homes import PrefixHomes


def test_each_prefix_keeps_its_home_while_there_are_enough() -> None:
    homes = PrefixHomes(3)
    first: dict[str, int] = {}
    for _ in range(4):
        for key in ("salon", "resume", "salon", "council"):
            home = homes.take(key)
            assert first.setdefault(key, home) == home
            homes.give_back(home)
    assert len(set(first.values())) == 3


def test_the_longest_unused_prefix_gives_its_place() -> None:
    homes = PrefixHomes(2)
    salon, resume = homes.take("salon"), homes.take("resume")
    homes.give_back(resume)
    homes.give_back(salon)
    assert homes.take("council") == resume
    assert homes.take("salon") == salon


def test_a_home_in_use_is_not_shared() -> None:
    homes = PrefixHomes(2)
    assert homes.take("salon") != homes.take("salon")


@given(keys=st.lists(st.sampled_from("abcdef"), max_size=60), count=st.integers(1, 4))
def test_a_key_asked_for_twice_in_a_row_keeps_its_home(keys: list[str], count: int) -> None:
    homes = PrefixHomes(count)
    for key in keys:
        home = homes.take(key)
        homes.give_back(home)
        assert homes.take(key) == home
        homes.give_back(home)
