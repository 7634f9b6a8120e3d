"""Files, tables and saved queries of analytics agree, and nobody may touch more of them than he must."""

from __future__ import annotations

import re

import sqlglot

from core.analytics.queries import query_names
from core.analytics.rows import TABLES, columns
from tests.infra.conftest import Deployment
from tests.infra.test_functions import flat, listed


def test_every_table_has_its_columns_and_finds_its_partitions_by_itself(deployment: Deployment) -> None:
    tables = {t.properties["TableInput"]["Name"]: t.properties for t in deployment.all("AWS::Glue::Table")}
    assert tables.keys() == TABLES.keys()
    for name, table in tables.items():
        made = table["TableInput"]
        stored = made["StorageDescriptor"]
        assert [column["Name"] for column in stored["Columns"]] == list(columns(TABLES[name]))
        assert [column["Name"] for column in made["PartitionKeys"]] == ["assistant", "day"]
        told = made["Parameters"]
        assert told["projection.enabled"] == "true"
        assert told["projection.assistant.values"] == "night_desk,salon"
        assert told["projection.day.format"] == "yyyy-MM-dd"
        template = flat(told["storage.location.template"])
        assert template.endswith(f"/{name}/assistant=${{assistant}}/day=${{day}}/")
        assert flat(stored["Location"]).endswith(f"/{name}/")


def test_a_query_of_athena_has_a_limit_and_its_results_go(deployment: Deployment) -> None:
    (group,) = deployment.all("AWS::Athena::WorkGroup")
    told = group.properties["WorkGroupConfiguration"]
    assert told["EnforceWorkGroupConfiguration"] is True
    assert told["BytesScannedCutoffPerQuery"] == deployment.stage.athena_scan_mb * 1_000_000
    results = told["ResultConfiguration"]
    assert flat(results["OutputLocation"]).endswith("/results/")
    encryption = results["EncryptionConfiguration"]["EncryptionOption"]
    assert encryption == ("SSE_KMS" if deployment.stage.customer_key else "SSE_S3")


def test_every_query_is_saved_for_every_assistant_in_athenas_own_dialect(deployment: Deployment) -> None:
    saved = {q.properties["Name"]: q.properties for q in deployment.all("AWS::Athena::NamedQuery")}
    assert saved.keys() == {f"{spec} {name}" for spec in ("night_desk", "salon") for name in query_names()}
    for query in saved.values():
        assert not re.search(r":[a-z_]", query["QueryString"])  # nothing is left to be filled in
        assert sqlglot.parse_one(query["QueryString"], read="athena")


def test_the_export_writes_tables_unread_and_reads_no_other_object(deployment: Deployment) -> None:
    (policy,) = [
        p
        for p in deployment.all("AWS::IAM::Policy")
        if p.stack == "analytics" and p.name.startswith("AnalyticsFiles")
    ]
    objects, listing = policy.properties["PolicyDocument"]["Statement"]
    assert set(objects["Action"]) == {"s3:PutObject", "s3:DeleteObject"}
    assert sorted(flat(r).rsplit("?", 1)[-1] for r in objects["Resource"]) == [
        "/callbacks/*",
        "/sessions/*",
        "/turns/*",
    ]
    assert listed(listing["Action"]) == ["s3:ListBucket"]
    assert listing["Condition"] == {"StringLike": {"s3:prefix": [f"{table}/*" for table in TABLES]}}


def test_the_export_runs_every_quarter_of_an_hour(deployment: Deployment) -> None:
    (clock,) = [s for s in deployment.all("AWS::Scheduler::Schedule") if s.stack == "analytics"]
    assert clock.properties["ScheduleExpression"] == "rate(15 minutes)"
