"""How long a day of dialogues takes to leave, and how much memory: `python -m bench.analytics --turns 50000`.

Made-up dialogues of the sizes of real ones go the export's way from the piece to the file, without DynamoDB
and S3, and the owner's numbers are asked of the files. Prints one line of JSON: seconds, the most memory that
was resident, bytes of the files. Texts are taken from the tests' clean corpus, a third with planted personal
data.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from core.analytics.leaving import Door, Piece
from core.analytics.rows import TABLES, partition_key
from core.dialogue import Consent, Reply, Session, Turn, TurnState, Versions
from core.personal_data import Published
from core.spec import read_spec
from lambdas.adapters.analytics import DuckDbMetrics
from lambdas.adapters.parquet_files import write_parquet
from lambdas.adapters.partitions import StoredPartition

ROOT = Path(__file__).resolve().parent.parent
SENTENCES = ROOT / "tests" / "core" / "clean_corpus" / "sentences.txt"
PLANTED = " Меня зовут Аркадий Белов, телефон 8 911 555-44-33."
TURNS_A_DIALOGUE = 6
DAY = date(2026, 11, 22)


class MadeUpDay:
    """Dialogues of one day, made while they are read."""

    def __init__(self, turns: int) -> None:
        self._turns = turns
        self._texts = SENTENCES.read_text(encoding="utf-8").splitlines()

    def of(self, assistant: str, day: date) -> Iterator[Piece]:
        if day != DAY:
            return
        dice = random.Random(5)
        start = datetime(day.year, day.month, day.day, 6, tzinfo=UTC)
        for number in range(self._turns // TURNS_A_DIALOGUE):
            opened = start + timedelta(seconds=number)
            expires = opened + timedelta(days=90)
            consent = Consent(storage=True, text_version="1", given_at=opened)
            moments: dict[str, Any] = {"created_at": opened, "last_activity_at": opened}
            common: dict[str, Any] = {
                "session_id": f"s{number}",
                "assistant": assistant,
                "expires_at": expires,
            }
            yield Session(token_sha256="0" * 64, consent=consent, **moments, **common)
            for place in range(TURNS_A_DIALOGUE):
                question = dice.choice(self._texts) + (PLANTED if place % 3 == 0 else "")
                answer = " ".join(dice.choices(self._texts, k=8))
                yield Turn(
                    message_id=f"m{place}",
                    sequence=place,
                    question=question,
                    state=TurnState.ANSWERED,
                    created_at=opened,
                    finished_at=opened + timedelta(seconds=3),
                    reply=Reply(state=TurnState.ANSWERED, text=answer, versions=Versions(model="m@1")),
                    **common,
                )


class OneFolder:
    """The files as they were written, instead of a bucket."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def of(self, table: str, assistant: str) -> Iterator[StoredPartition]:
        if (self._folder / partition_key(table, assistant, DAY)).exists():
            yield StoredPartition(table, assistant, DAY, "1", datetime.now(UTC))

    def fetch(self, partition: StoredPartition, path: Path) -> bool:
        key = partition_key(partition.table, partition.assistant, partition.day)
        path.write_bytes((self._folder / key).read_bytes())
        return True


def resident_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_024


def main() -> None:
    parser = argparse.ArgumentParser(description="Measures the export and the numbers of one large day.")
    parser.add_argument("--turns", type=int, default=50_000)
    parser.add_argument("--assistant", type=Path, required=True, help="A folder of assistants/.")
    given = parser.parse_args()
    spec = read_spec(given.assistant)
    door = Door(spec.owner.hours, Published())
    told: dict[str, Any] = {"turns": given.turns, "resident_mb_before": round(resident_mb())}
    with tempfile.TemporaryDirectory() as scratch:
        folder, begun = Path(scratch), time.perf_counter()
        (folder / "made").mkdir()
        files = write_parquet(door.rows(MadeUpDay(given.turns).of(spec.id, DAY)), folder / "made")
        told |= {"export_seconds": round(time.perf_counter() - begun, 1), "resident_mb": round(resident_mb())}
        told["bytes"] = sum(file.path.stat().st_size for file in files.values())
        for table in TABLES:
            target = folder / partition_key(table, spec.id, DAY)
            target.parent.mkdir(parents=True)
            files[table].path.replace(target)
        metrics = DuckDbMetrics(
            files=OneFolder(folder),
            dialogues=MadeUpDay(0),
            door=lambda _assistant: door,
            folder=folder / "kept",
            clock=lambda: datetime(2026, 11, 23, 9, tzinfo=UTC),
        )
        begun = time.perf_counter()
        counted = sum(day.turns for day in metrics.trends(spec.id, 30))
        assert counted == given.turns // TURNS_A_DIALOGUE * TURNS_A_DIALOGUE
        told |= {"trends_seconds": round(time.perf_counter() - begun, 2)}
        told["resident_mb_after"] = round(resident_mb())
    print(json.dumps(told))


if __name__ == "__main__":
    main()
