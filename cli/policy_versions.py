"""`attendant policy show|edit|history|rollback`: the published policy of a deployment and its versions.

A policy is published only when its schema and its own samples hold, and only over the version that its
author saw. Knows editors, TOML and who is at the keyboard. Refuses to know how a document is kept
(`lambdas/adapters/documents.py`) and how a text is screened (`core/topics.py`).
"""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice, zip_longest
from pathlib import Path

import tomli_w

from cli import audit
from cli.deployment import Deployment
from cli.endpoint import caller
from cli.failures import CommandFailed
from cli.policy import read_policy, wrong_samples
from core.errors import PolicyBroken, PublicationConflict
from core.facts import DocumentKind
from core.policy import POLICY_SCHEMA, Policy, policy_json
from core.policy import read_policy as policy_of
from core.policy_changes import RUSSIAN, differences
from core.topics import CompiledPolicy, compile_policy
from lambdas.adapters.documents import RECHECK_SECONDS_OTHERWISE
from lambdas.adapters.kept_versions import KeptVersion, KeptVersions

HEADER = "# Forbidden topics of {assistant}, version {version}. What the fields mean: docs/policy.md\n\n"
LIVE = f"in force within {RECHECK_SECONDS_OTHERWISE:.0f} s, without a deploy"


@dataclass(frozen=True)
class Version:
    """One published version and what it changed; `changes` is None where its data or the one before is
    damaged or not kept any more.
    """

    version: str
    author: str
    published_at: datetime
    topics: int
    changes: list[str] | None


@dataclass(frozen=True)
class Published:
    """What became current, None when nothing was to change."""

    version: str | None
    author: str
    changes: list[str]


class PolicyVersions:
    """The policy of one assistant on one deployment. Every method raises CommandFailed."""

    def __init__(self, deployment: Deployment, assistant: str) -> None:
        self._deployment = deployment
        self._assistant = assistant
        self._kept = KeptVersions(deployment.client("s3"), deployment.output("PublishedBucket"))

    def show(self, version: str | None = None) -> str:
        """A version as TOML, the current one without `version`."""
        kept = self._named(version) if version else self._current()
        return as_toml(self._policy(kept), self._assistant, _name(kept))

    def compiled(self) -> CompiledPolicy:
        return compile_policy(self._policy(self._current()))

    def edit(self, file: Path | None) -> Published:
        """Publishes a file, or what comes back from $EDITOR. What is not whole is never published."""
        current = next(self._versions(), None)
        return self._publish(usable(file or self._edited(self._current())), "publish", over=current)

    def history(self, limit: int) -> Iterator[Version]:
        """Newest first, what cannot be read left out."""
        row = list(islice((kept for kept in self._versions() if kept.manifest), limit + 1))
        if not row:
            raise self._no_policy()
        for kept, earlier in zip_longest(row[:limit], row[1 : limit + 1]):
            assert kept.manifest is not None  # filtered above
            after, before = _readable(kept), _readable(earlier)
            known = after is not None and (before is not None or kept.manifest.previous is None)
            yield Version(
                version=kept.manifest.version,
                author=kept.manifest.author,
                published_at=kept.manifest.exported_at,
                topics=kept.manifest.rows,
                changes=differences(before, after) if known and after else None,
            )

    def rollback(self, version: str | None) -> Published:
        """Publishes an older version once more: the newest whole one that says something else, or the named.

        That is also the way out of a current version that is damaged.
        """
        current = next(self._versions(), None)
        seen = _readable(current)
        chosen = self._named(version) if version else None
        if chosen is None:
            older = (kept for kept in self._versions() if _readable(kept) not in (None, seen))
            chosen = next(older, None)
        if chosen is None:
            raise CommandFailed(
                f"{self._assistant} has no other policy that is kept and whole", "attendant policy edit"
            )
        return self._publish(self._checked(chosen), "rollback", over=current)

    def _publish(self, policy: Policy, action: str, *, over: KeptVersion | None) -> Published:
        author, before = caller(self._deployment), _readable(over)
        changes = differences(before, policy)
        if before is not None and not changes:
            return Published(None, author, [])
        try:
            manifest = self._deployment.documents().publish(
                self._assistant,
                DocumentKind.POLICY,
                policy_json(policy),
                rows=len(policy.topics),
                schema=POLICY_SCHEMA,
                author=author,
                expected=over.manifest if over else None,
                damaged=over.etag if over else None,
            )
        except PublicationConflict as error:
            raise CommandFailed(
                "somebody else published a policy meanwhile; nothing was changed",
                f"attendant policy history {self._assistant}  shows it; then say it again",
            ) from error
        told = differences(before, policy, RUSSIAN)
        kind = DocumentKind.POLICY
        audit.tell(self._deployment, self._assistant, kind, manifest, action=action, changes=told)
        return Published(manifest.version, author, changes)

    def _edited(self, current: KeptVersion) -> Path:
        """The file that the editor left."""
        editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", suffix=".toml", prefix=f"{self._assistant}-topics-", delete=False
        ) as file:
            file.write(as_toml(self._policy(current), self._assistant, _name(current)))
        try:
            ended = subprocess.run([*shlex.split(editor), file.name], check=False)
        except OSError as error:
            raise CommandFailed(
                f"{editor} cannot be started", "set EDITOR, or use --file", exit_code=2
            ) from error
        if ended.returncode != 0:
            raise CommandFailed(f"{editor} ended with {ended.returncode}; nothing was published")
        return Path(file.name)

    def _checked(self, kept: KeptVersion) -> Policy:
        """An old version whose samples still hold: the matching may have changed since."""
        policy = self._policy(kept)
        if wrong := wrong_samples(policy):
            raise CommandFailed(
                f"{_name(kept)} fails its own samples by now: {'; '.join(wrong)}",
                f"attendant policy show {self._assistant} --version {_name(kept)} > topics.toml, mend it, "
                f"attendant policy edit {self._assistant} --file topics.toml",
            )
        return policy

    def _current(self) -> KeptVersion:
        current = next(self._versions(), None)
        if current is None:
            raise self._no_policy()
        return current

    def _named(self, version: str) -> KeptVersion:
        for kept in self._versions():
            if kept.manifest is not None and kept.manifest.version == version:
                return kept
        raise CommandFailed(
            f"{self._assistant} has no version {version} that is kept",
            f"attendant policy history {self._assistant}",
            exit_code=2,
        )

    def _versions(self) -> Iterator[KeptVersion]:
        return self._kept.of(self._assistant, DocumentKind.POLICY)

    def _policy(self, kept: KeptVersion) -> Policy:
        policy = _readable(kept)
        if policy is None:
            raise CommandFailed(
                f"the policy of {self._assistant} ({_name(kept)}) is damaged",
                f"attendant policy rollback {self._assistant}",
            )
        return policy

    def _no_policy(self) -> CommandFailed:
        return CommandFailed(f"{self._assistant} has no policy here", "attendant publish", exit_code=2)


def _readable(kept: KeptVersion | None) -> Policy | None:
    if kept is None or kept.document is None:
        return None
    try:
        return policy_of(kept.document.json_value())
    except PolicyBroken:
        return None


def _name(kept: KeptVersion) -> str:
    return kept.manifest.version if kept.manifest else "without a manifest"


def usable(file: Path) -> Policy:
    """A file that may be published. Raises CommandFailed that says what is wrong and where."""
    policy = read_policy(file).policy
    if wrong := wrong_samples(policy):
        raise CommandFailed(
            f"{file} fails its own samples, nothing was published: {'; '.join(wrong)}",
            f"attendant policy check --policy {file}",
        )
    return policy


def as_toml(policy: Policy, assistant: str, version: str) -> str:
    topics = [topic.model_dump(mode="json", exclude_defaults=True) for topic in policy.topics]
    header = HEADER.format(assistant=assistant, version=version)
    return header + tomli_w.dumps({"topics": topics}, multiline_strings=False)
