"""The one door between the dialogues and whoever counts or trains: masked turns, one JSON object a line.

    python -m jobs.anonymous_dialogues --assistant showroom --days 7 --for training > turns.jsonl

For training a dialogue leaves only where its visitor agreed to that. What the salon publishes itself (its
phone, its address, the VINs of its stock) stands as it is. Refuses to know what is done with the lines.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Protocol

from core.anonymous import AnonymousTurn, anonymous
from core.dialogue import Session, Turn
from core.personal_data import Published
from lambdas.adapters.clients import aws_client
from lambdas.adapters.dialogue_table import DialogueTable
from lambdas.adapters.dialogues import Dialogues
from lambdas.adapters.documents import Documents
from lambdas.adapters.published_words import PublishedWords

PURPOSES = ("analytics", "training")


class KeptDialogues(Protocol):
    def session(self, session_id: str) -> Session | None: ...

    def turns_of(self, assistant: str, day: date) -> Iterator[Turn]: ...


def leaving(
    dialogues: KeptDialogues, assistant: str, day: date, *, purpose: str, published: Published
) -> Iterator[AnonymousTurn]:
    """The ended turns of a day, of sessions that are still there and have agreed to the purpose."""
    agreed: dict[str, bool] = {}
    for turn in dialogues.turns_of(assistant, day):
        if turn.session_id not in agreed:
            session = dialogues.session(turn.session_id)
            agreed[turn.session_id] = session is not None and (
                purpose != "training" or session.consent.training
            )
        if agreed[turn.session_id] and turn.reply is not None:
            yield anonymous(turn, published)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="anonymous_dialogues", description="Masked turns as JSON lines")
    parser.add_argument("--assistant", required=True)
    parser.add_argument("--days", type=int, default=7)
    parser.add_argument("--for", dest="purpose", choices=PURPOSES, required=True)
    parser.add_argument("--table", default=os.environ.get("DIALOGUES_TABLE"), help="or DIALOGUES_TABLE")
    parser.add_argument("--bucket", default=os.environ.get("PUBLISHED_BUCKET"), help="or PUBLISHED_BUCKET")
    chosen = parser.parse_args(arguments)
    if not chosen.table or not chosen.bucket:
        parser.error("name the table of dialogues and the bucket of published documents")
    dialogues = Dialogues(DialogueTable(aws_client("dynamodb", read_seconds=10), chosen.table))
    published = PublishedWords(Documents(aws_client("s3"), chosen.bucket)).of(chosen.assistant)
    today = datetime.now(UTC).date()
    for back in range(chosen.days):
        day = today - timedelta(days=back)
        for turn in leaving(dialogues, chosen.assistant, day, purpose=chosen.purpose, published=published):
            sys.stdout.write(turn.model_dump_json() + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
