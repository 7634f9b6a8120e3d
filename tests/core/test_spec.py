"""The manifest is strict, durations are ISO 8601, and office hours follow the salon's own clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from core.errors import ManifestError
from core.spec import Duration, Hours, all_specs, iso_duration, read_spec

MANIFEST = """
id = "sample"
name = "Sample"
flow = "assistants.sample.flow"

[owner.hours]
time_zone = "Europe/Moscow"
holidays = ["2026-01-01"]
[owner.hours.week]
mon = ["09:00", "21:00"]
thu = ["09:00", "21:00"]

[owner.terms]
version = "1"
storage = "s"
training = "t"

[owner.texts]
greeting = "g"
off_topic = "o"
no_fact = "n"
apology = "a"
resting = "r"
callback_accepted = "c"
office_closed = "x"
"""


def folder_with(tmp_path: Path, text: str, name: str = "sample") -> Path:
    folder = tmp_path / name
    folder.mkdir()
    (folder / "assistant.toml").write_text(text, encoding="utf-8")
    return folder


LINKS = {
    "https://salon.example/terms": True,
    "/terms.html": True,
    "http://salon.example/terms": False,
    "//salon.example/terms": False,
    "/\\\\salon.example": False,
    "javascript:alert(1)": False,
    "https://salon.example/a b": False,
    "": False,
}


@pytest.mark.parametrize(("link", "fits"), LINKS.items())
def test_the_terms_are_linked_by_https_or_by_a_path(tmp_path: Path, link: str, fits: bool) -> None:
    text = MANIFEST.replace("[owner.terms]", f"[owner.terms]\nlink = '{link}'")
    if fits:
        assert read_spec(folder_with(tmp_path, text)).owner.terms.link == link
    else:
        with pytest.raises(ManifestError, match="link"):
            read_spec(folder_with(tmp_path, text))


def test_defaults_are_the_documented_ones(tmp_path: Path) -> None:
    owner = read_spec(folder_with(tmp_path, MANIFEST)).owner
    assert owner.retention == timedelta(days=90)
    assert owner.callbacks_outside_hours is False
    assert owner.nps_share == 0.3
    assert owner.texts.waiting == "Ваш запрос обрабатывается, ожидайте ответа"


@pytest.mark.parametrize(
    ("broken", "named"),
    [
        (MANIFEST + '\nsurprise = "x"', "surprise"),
        ("unknown = 1\n" + MANIFEST, "unknown"),
        (MANIFEST.replace("Europe/Moscow", "Europe/Atlantis"), "time_zone"),
        (MANIFEST.replace('id = "sample"', 'id = "other"'), "other"),
        (MANIFEST.replace('id = "sample"', 'id = "sample"\ncapabilities = ["inventory"]'), "inventory"),
        (MANIFEST.replace("[owner.hours]", '[owner]\nretention = "P0D"\n[owner.hours]', 1), "retention"),
        ("id = ", "assistant.toml"),
    ],
)
def test_a_broken_manifest_is_named(tmp_path: Path, broken: str, named: str) -> None:
    with pytest.raises(ManifestError, match=named):
        read_spec(folder_with(tmp_path, broken))


def test_a_missing_manifest_is_a_manifest_error(tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match=r"assistant\.toml"):
        read_spec(tmp_path)


@pytest.mark.parametrize(
    ("moment", "open_"),
    [
        (datetime(2026, 1, 5, 6, 0, tzinfo=UTC), True),  # Monday, 09:00 in Moscow
        (datetime(2026, 1, 5, 5, 59, 59, tzinfo=UTC), False),
        (datetime(2026, 1, 5, 17, 59, 59, tzinfo=UTC), True),
        (datetime(2026, 1, 5, 18, 0, tzinfo=UTC), False),  # 21:00 in Moscow
        (datetime(2026, 1, 6, 9, 0, tzinfo=UTC), False),  # Tuesday is a day off
        (datetime(2026, 1, 1, 9, 0, tzinfo=UTC), False),  # a Thursday, but a holiday
        (datetime(2026, 1, 8, 9, 0, tzinfo=UTC), True),
    ],
)
def test_office_hours_in_the_salons_time(tmp_path: Path, moment: datetime, open_: bool) -> None:
    hours = read_spec(folder_with(tmp_path, MANIFEST)).owner.hours
    assert hours.is_open(moment) is open_


def test_next_opening_skips_days_off_and_holidays(tmp_path: Path) -> None:
    hours = read_spec(folder_with(tmp_path, MANIFEST)).owner.hours
    assert hours.next_opening(datetime(2025, 12, 30, tzinfo=UTC)) == datetime(2026, 1, 5, 6, tzinfo=UTC)


def test_an_office_that_never_opens_has_no_next_opening() -> None:
    hours = Hours(time_zone="UTC", week={})
    assert hours.next_opening(datetime(2026, 1, 1, tzinfo=UTC)) is None


@given(st.integers(min_value=1, max_value=10**8))
def test_iso_duration_is_read_back(seconds: int) -> None:
    duration = timedelta(seconds=seconds)
    assert TypeAdapter(Duration).validate_python(iso_duration(duration)) == duration


def test_iso_duration_of_the_usual_ones() -> None:
    assert iso_duration(timedelta(days=90)) == "P90D"
    assert iso_duration(timedelta(minutes=1)) == "PT1M"
    assert iso_duration(timedelta(days=1, hours=2, seconds=3)) == "P1DT2H3S"


def test_every_assistant_of_the_repository_reads() -> None:
    assert [spec.id for spec in all_specs()], "no assistant found"
