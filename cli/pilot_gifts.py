"""What `attendant pilot gifts` does: reads a file of codes, counts what became of them, redeems one.

Knows how a code is written. Refuses to know how they are kept (`lambdas/adapters/gift_codes.py`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from cli.deployment import Deployment
from cli.failures import CommandFailed
from lambdas.adapters.dialogue_table import DialogueTable
from lambdas.adapters.gift_codes import GiftCode, GiftCodes

CAMPAIGN = re.compile(r"[A-Za-z0-9_-]{1,64}")
CODE = re.compile(r"[A-Z0-9-]{4,32}")
MINUTE = "%Y-%m-%d %H:%M UTC"


@dataclass(frozen=True)
class Standing:
    """A campaign's codes, counted."""

    campaign: str
    codes: int
    given: int
    redeemed: int

    @property
    def sentence(self) -> str:
        left = self.codes - self.given
        return f"{self.campaign}: {self.given} given out, {self.redeemed} redeemed, {left} left"


def gifts_of(deployment: Deployment) -> GiftCodes:
    dynamodb = deployment.client("dynamodb")
    return GiftCodes(
        DialogueTable(dynamodb, deployment.output("DialoguesTable")),
        DialogueTable(dynamodb, deployment.output("ControlTable")),
    )


def add(gifts: GiftCodes, campaign: str, file: Path) -> str:
    """Nothing is put in of a file that holds what is no code. Raises CommandFailed."""
    if not CAMPAIGN.fullmatch(campaign):
        raise CommandFailed(
            f"{campaign!r} is no campaign", "1 to 64 of: Latin letters, digits, - and _", exit_code=2
        )
    codes = _codes(file)
    added = gifts.add(campaign, codes)
    known = f", {len(codes) - added} were known" if added < len(codes) else ""
    return f"{campaign}: {added} codes added{known}"


def redeem(gifts: GiftCodes, code: str) -> str:
    """Raises CommandFailed, which says why not."""
    written = code.strip().upper()
    if CODE.fullmatch(written) and gifts.redeem(written):
        return f"{written} is redeemed"
    known = gifts.find(written) if CODE.fullmatch(written) else None
    if known is None:
        raise CommandFailed(f"there is no code {written}", "attendant pilot gifts list --codes")
    raise CommandFailed(told(known), "the visitor may have another code, or a typing slip")


def standing(codes: Iterable[GiftCode]) -> list[Standing]:
    by_campaign: dict[str, list[GiftCode]] = defaultdict(list)
    for code in codes:
        by_campaign[code.campaign].append(code)
    return [
        Standing(
            campaign=campaign,
            codes=len(its),
            given=sum(code.given_at is not None for code in its),
            redeemed=sum(code.redeemed_at is not None for code in its),
        )
        for campaign, its in sorted(by_campaign.items())
    ]


def in_order(codes: Iterable[GiftCode]) -> list[GiftCode]:
    return sorted(codes, key=lambda code: (code.campaign, code.code))


def told(code: GiftCode) -> str:
    """What became of a code."""
    if code.redeemed_at is not None:
        fate = f"was redeemed on {code.redeemed_at:{MINUTE}}"
    elif code.given_at is not None:
        fate = f"was given out on {code.given_at:{MINUTE}}"
    else:
        fate = "was not given out"
    return f"{code.code} of {code.campaign} {fate}"


def _codes(file: Path) -> list[str]:
    """In the file's order, in capitals. Raises CommandFailed."""
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise CommandFailed(f"{file} is no text in UTF-8", exit_code=2) from error
    numbered = [(number, line.strip().upper()) for number, line in enumerate(lines, 1) if line.strip()]
    for number, code in numbered:
        if not CODE.fullmatch(code):
            raise CommandFailed(
                f"{file}, line {number}: this is no code", "4 to 32 of: A-Z, 0-9 and -", exit_code=2
            )
    if not numbered:
        raise CommandFailed(f"{file} holds no code", "write one a line", exit_code=2)
    return [code for _, code in numbered]
