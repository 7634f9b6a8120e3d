"""What `attendant doctor` found: a line each, with the way out where something is missing."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from cli.failures import CommandFailed


@dataclass(frozen=True)
class Finding:
    """`needed` is False for what only a part of the product waits for: it is told and fails nothing."""

    what: str
    ok: bool
    found: str
    way_out: str = ""
    needed: bool = True

    @property
    def mark(self) -> str:
        if self.ok:
            return "ok"
        return "NO" if self.needed else "--"


def tell(findings: Iterable[Finding], *, as_json: bool) -> None:
    """Prints each as soon as it is known. Raises CommandFailed when something is needed and missing."""
    wrong = count = 0
    for finding in findings:
        print(json.dumps(asdict(finding), ensure_ascii=False) if as_json else line(finding), flush=True)
        count += 1
        wrong += finding.needed and not finding.ok
    if wrong:
        raise CommandFailed(f"{wrong} of {count} need attention")


def line(finding: Finding) -> str:
    way_out = "" if finding.ok or not finding.way_out else f"\n      {finding.way_out}"
    return f"{finding.mark}  {finding.what:<14} {finding.found}{way_out}"
