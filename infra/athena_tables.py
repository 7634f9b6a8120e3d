"""The files of analytics as tables that Athena reads, and the numbers as queries that it has saved.

Knows how columns are called in Glue and how a day's partition is found without being registered (partition
projection). Refuses to know what is in a row and what a number means (`core/analytics`).
"""

from __future__ import annotations

from collections.abc import Sequence

from aws_cdk import Stack
from aws_cdk import aws_athena as athena
from aws_cdk import aws_glue as glue
from constructs import Construct

from core.analytics.queries import query_names, query_purpose, query_sql
from core.analytics.rows import PARTITIONED_BY, TABLES, ColumnType, columns
from core.spec import AssistantSpec
from infra.data import QUERY_RESULTS, DataStack
from infra.stages import Stage

FIRST_DAY = "2026-01-01"
SAVED_DAYS = 30
_GLUE = {
    ColumnType.TEXT: "string",
    ColumnType.TEXTS: "array<string>",
    ColumnType.WHOLE: "bigint",
    ColumnType.REAL: "double",
    ColumnType.TRUTH: "boolean",
    ColumnType.DAY: "date",
    ColumnType.MOMENT: "timestamp",
}
_PARQUET = "org.apache.hadoop.hive.ql.io.parquet"


class AthenaTables(Construct):
    """A database of the stage's own, its tables, a workgroup that limits what a query may read."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        stage: Stage,
        data: DataStack,
        assistants: Sequence[AssistantSpec],
    ) -> None:
        super().__init__(scope, id_)
        self.database = f"attendant_{stage.name}"
        database = glue.CfnDatabase(
            self,
            "Database",
            catalog_id=Stack.of(self).account,
            database_input=glue.CfnDatabase.DatabaseInputProperty(
                name=self.database, description="Masked dialogues of the assistants"
            ),
        )
        for name in TABLES:
            self._table(name, data, assistants).add_resource_dependency(database)
        self.workgroup = self._workgroup(stage, data)
        for spec in assistants:
            for name in query_names():
                self._saved(stage, spec, name).add_resource_dependency(self.workgroup)

    def _table(self, name: str, data: DataStack, assistants: Sequence[AssistantSpec]) -> glue.CfnTable:
        location = f"s3://{data.analytics.bucket_name}/{name}/"
        return glue.CfnTable(
            self,
            name.capitalize(),
            catalog_id=Stack.of(self).account,
            database_name=self.database,
            table_input=glue.CfnTable.TableInputProperty(
                name=name,
                table_type="EXTERNAL_TABLE",
                partition_keys=[
                    glue.CfnTable.ColumnProperty(name=column, type="string") for column in PARTITIONED_BY
                ],
                storage_descriptor=glue.CfnTable.StorageDescriptorProperty(
                    location=location,
                    columns=[
                        glue.CfnTable.ColumnProperty(name=column, type=_GLUE[kind])
                        for column, kind in columns(TABLES[name]).items()
                    ],
                    input_format=f"{_PARQUET}.MapredParquetInputFormat",
                    output_format=f"{_PARQUET}.MapredParquetOutputFormat",
                    serde_info=glue.CfnTable.SerdeInfoProperty(
                        serialization_library=f"{_PARQUET}.serde.ParquetHiveSerDe"
                    ),
                ),
                parameters={
                    "classification": "parquet",
                    "projection.enabled": "true",
                    "projection.assistant.type": "enum",
                    "projection.assistant.values": ",".join(spec.id for spec in assistants),
                    "projection.day.type": "date",
                    "projection.day.format": "yyyy-MM-dd",
                    "projection.day.range": f"{FIRST_DAY},NOW",
                    "projection.day.interval": "1",
                    "projection.day.interval.unit": "DAYS",
                    "storage.location.template": f"{location}assistant=${{assistant}}/day=${{day}}/",
                },
            ),
        )

    def _workgroup(self, stage: Stage, data: DataStack) -> athena.CfnWorkGroup:
        encryption = athena.CfnWorkGroup.EncryptionConfigurationProperty(
            encryption_option="SSE_KMS" if data.key else "SSE_S3",
            kms_key=data.key.key_arn if data.key else None,
        )
        return athena.CfnWorkGroup(
            self,
            "WorkGroup",
            name=f"attendant-{stage.name}",
            description="Numbers of the dialogues; results go after a day",
            recursive_delete_option=not stage.keep_data,
            work_group_configuration=athena.CfnWorkGroup.WorkGroupConfigurationProperty(
                enforce_work_group_configuration=True,
                publish_cloud_watch_metrics_enabled=False,
                bytes_scanned_cutoff_per_query=stage.athena_scan_mb * 1_000_000,
                result_configuration=athena.CfnWorkGroup.ResultConfigurationProperty(
                    output_location=f"s3://{data.analytics.bucket_name}/{QUERY_RESULTS}",
                    encryption_configuration=encryption,
                ),
            ),
        )

    def _saved(self, stage: Stage, spec: AssistantSpec, name: str) -> athena.CfnNamedQuery:
        return athena.CfnNamedQuery(
            self,
            f"Query{name.capitalize()}{spec.title}",
            name=f"{spec.id} {name}",
            description=query_purpose(name),
            database=self.database,
            work_group=f"attendant-{stage.name}",
            query_string=query_sql(name, _last_days(spec)),
        )


def _last_days(spec: AssistantSpec) -> dict[str, str]:
    """The salon's last days up to today, by the clock of whoever asks."""
    zone = spec.owner.hours.time_zone
    today = f"CAST(current_timestamp AT TIME ZONE '{zone}' AS date)"

    def partition(sign: str, days: int) -> str:
        return f"date_format(current_date {sign} INTERVAL '{days}' DAY, '%Y-%m-%d')"

    return {
        "assistant": f"'{spec.id}'",
        "first_day": f"{today} - INTERVAL '{SAVED_DAYS - 1}' DAY",
        "last_day": today,
        "first_partition": partition("-", SAVED_DAYS + 1),
        "last_partition": partition("+", 1),
    }
