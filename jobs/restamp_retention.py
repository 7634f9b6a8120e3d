"""A changed retention, carried over to what is kept already.

    python -m jobs.restamp_retention --assistant showroom --retention P30D

Run it again after a break-off, from the day that was printed last. Knows the command line. How it is done
says `lambdas/adapters/restamping.py`. Refuses to change the setting itself.
"""

from __future__ import annotations

import argparse
import os
import sys
from datetime import UTC, date, datetime

from pydantic import TypeAdapter

from core.spec import Duration, iso_duration
from lambdas.adapters.clients import aws_client
from lambdas.adapters.dialogue_table import DialogueTable
from lambdas.adapters.dialogues import Dialogues
from lambdas.adapters.restamping import restamp


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="restamp_retention", description="Re-stamp what is kept already")
    parser.add_argument("--assistant", required=True)
    parser.add_argument("--retention", required=True, type=TypeAdapter(Duration).validate_python)
    parser.add_argument("--newest", type=date.fromisoformat, help="resume at this day, YYYY-MM-DD")
    parser.add_argument("--table", default=os.environ.get("DIALOGUES_TABLE"), help="or DIALOGUES_TABLE")
    chosen = parser.parse_args(arguments)
    if not chosen.table:
        parser.error("name the table of dialogues: --table or DIALOGUES_TABLE")
    dialogues = Dialogues(DialogueTable(aws_client("dynamodb", read_seconds=10), chosen.table))
    newest = chosen.newest or datetime.now(UTC).date()
    total = 0
    for done in restamp(dialogues, chosen.assistant, chosen.retention, newest=newest):
        total += done.items
        sys.stdout.write(f"{done.day}: {done.sessions} sessions, {done.items} items re-stamped\n")
    sys.stdout.write(f"{chosen.assistant}: {iso_duration(chosen.retention)}, {total} items re-stamped\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
