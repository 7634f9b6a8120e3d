"""A stage as the CDK context asks for it: `-c stage=prod -c domain=…`.

Knows which settings there are and what is wrong with one. Refuses to know what a stage is without them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from infra.model_endpoints import ExternalEndpoint, StageError
from infra.stages import ENDPOINTS, STAGES, Edge, Stage

COUNTRIES = ("RU", "BY", "KZ", "AM", "KG")
REQUESTS_PER_ADDRESS = 1_000


def pick_stage(context: Callable[[str], object]) -> Stage:
    """The stage that the CDK context names by `stage`, with what the context says of it.

    `endpoint` is the kind of endpoint, `model_url` and `model_name` an external model, `model_slots` how many
    calls it takes at once and `capacity_path` where it takes its capacity (empty: nowhere), `domain` and
    `certificate` the site's name and its ACM certificate, `site_url` the site's address where no edge stands
    before it, `sites` the origins of other sites that may call the API, `sender` the address that letters
    come from, `people` the ARNs of who may take people's roles; several have commas between them. `oncall`
    and `operations` are read where the notices are.
    Raises StageError with the way out.
    """
    stage = STAGES.get(str(context("stage") or ""))
    if stage is None:
        raise StageError(f"Name a stage: cdk <command> -c stage={'|'.join(STAGES)}")
    stage = _with_edge(_with_endpoint(stage, context), context)
    return _with_people(_with_sender(_with_sites(stage, context), context), context)


def _with_sites(stage: Stage, context: Callable[[str], object]) -> Stage:
    """Those that embed the assistant, beside its own page."""
    sites = listed(context("sites"))
    scheme = "https" if stage.behind_cloudfront else "https?"
    if not all(re.fullmatch(rf"{scheme}://[a-z0-9.-]+(:\d+)?", site) for site in sites):
        raise StageError(
            "Name sites by scheme and host alone: -c sites=https://salon.ru,https://www.salon.ru"
        )
    return replace(stage, site_origins=tuple(dict.fromkeys((*stage.site_origins, *sites))))


def _with_sender(stage: Stage, context: Callable[[str], object]) -> Stage:
    sender = str(context("sender") or stage.verified_sender or "")
    if sender and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", sender):
        raise StageError("Name the sender by an address that SES has verified: -c sender=salon@example.ru")
    return replace(stage, verified_sender=sender or None)


def _with_people(stage: Stage, context: Callable[[str], object]) -> Stage:
    people = listed(context("people"))
    if not all(arn.startswith("arn:aws:iam::") for arn in people):
        raise StageError("Name people by the ARNs of roles or users: -c people=arn:aws:iam::…,arn:aws:iam::…")
    return replace(stage, people=people)


def _with_endpoint(stage: Stage, context: Callable[[str], object]) -> Stage:
    kind, url, name = context("endpoint"), context("model_url"), context("model_name")
    chosen = stage.endpoint
    if kind:
        if kind not in ENDPOINTS:
            raise StageError(f"Name an endpoint: -c endpoint={'|'.join(ENDPOINTS)}")
        is_of_kind = isinstance(stage.endpoint, type(ENDPOINTS[str(kind)]))
        chosen = stage.endpoint if is_of_kind else ENDPOINTS[str(kind)]
    if not isinstance(chosen, ExternalEndpoint):
        if url or name:
            raise StageError(f"Stage {stage.name} runs its own endpoint: leave model_url and model_name out.")
        return replace(stage, endpoint=chosen.checked())
    slots, capacity_path = str(context("model_slots") or chosen.model_slots), context("capacity_path")
    if not slots.isdecimal() or int(slots) < 1:
        raise StageError(f"{slots} calls at once are none: -c model_slots=4")
    external = replace(
        chosen,
        url=str(url or chosen.url),
        model_name=str(name or chosen.model_name),
        model_slots=int(slots),
        capacity_path=chosen.capacity_path if capacity_path is None else str(capacity_path) or None,
    )
    if not external.url.startswith(("http://", "https://")):
        raise StageError(f"Stage {stage.name} needs the model's address: -c model_url=https://…")
    return replace(stage, endpoint=external)


def _with_edge(stage: Stage, context: Callable[[str], object]) -> Stage:
    if not stage.behind_cloudfront:
        return replace(stage, site_url=str(context("site_url") or stage.site_url))
    domain, certificate = str(context("domain") or ""), str(context("certificate") or "")
    if not domain or not certificate.startswith("arn:aws:acm:us-east-1:"):
        raise StageError(
            f"Stage {stage.name} needs a name and a certificate for it: "
            "-c domain=assistant.example.ru -c certificate=arn:aws:acm:us-east-1:…"
        )
    edge = Edge(
        domain_name=domain,
        certificate_arn=certificate,
        countries=COUNTRIES,
        requests_per_address=REQUESTS_PER_ADDRESS,
    )
    url = f"https://{domain}"
    return replace(stage, edge=edge, site_url=url, site_origins=(url, *stage.site_origins))


def listed(value: object) -> tuple[str, ...]:
    """What stands in one setting with commas between."""
    return tuple(part.strip() for part in str(value or "").split(",") if part.strip())
