"""The corpus for false alarms is what it says: many, different, short enough, and the same every time."""

from tests.core.clean_messages import LONGEST, clean_messages, letters, written_by_hand


def test_over_twelve_thousand_different_messages() -> None:
    messages = clean_messages()
    assert len({letters(text) for text in messages}) == len(messages) >= 12_000
    assert len(written_by_hand()) >= 500


def test_every_message_fits_the_form_and_some_fill_it() -> None:
    lengths = [len(text) for text in clean_messages()]
    assert min(lengths) > 0
    assert LONGEST - 100 < max(lengths) <= LONGEST


def test_a_seed_is_a_corpus() -> None:
    assert clean_messages(1_000) == clean_messages(1_000)
    assert clean_messages(1_000) != clean_messages(1_000, seed=5)


def test_no_slot_of_a_template_is_left_open() -> None:
    assert not [text for text in clean_messages() if set(text) & set("{}|")]
