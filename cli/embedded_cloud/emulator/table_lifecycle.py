"""DynamoDB tables as their template says: expiry and point-in-time recovery; expired items deleted soon.

The emulator keeps both settings but takes them from API calls alone, and sweeps once a minute.
Refuses to know the project's tables.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from ministack.services import dynamodb
from ministack.services.cloudformation.provisioners import _RESOURCE_HANDLERS

from cli.embedded_cloud.emulator.seams import EmulatorChangedError, seam, store
from cli.embedded_cloud.emulator.sweeper import Sweep, scoped_items

TABLE_TYPE = "AWS::DynamoDB::Table"


def install() -> Sweep:
    """Extends the table's CloudFormation handlers; gives back the sweep that deletes expired items."""
    handlers = _RESOURCE_HANDLERS.get(TABLE_TYPE)
    if not handlers or not {"create", "update"} <= set(handlers):
        raise EmulatorChangedError(f"{TABLE_TYPE} has no create and update")
    handlers["create"] = _creating(handlers["create"])
    handlers["update"] = _updating(handlers["update"])
    return _expiry_sweep()


def _creating(original: Callable[..., Any]) -> Callable[..., Any]:
    def create(logical_id: str, props: dict[str, Any], stack_name: str) -> Any:
        name, attributes = original(logical_id, props, stack_name)
        _apply(name, props)
        return name, attributes

    return create


def _updating(original: Callable[..., Any]) -> Callable[..., Any]:
    def update(
        physical_id: str,
        old_props: dict[str, Any],
        new_props: dict[str, Any],
        stack_name: str,
        logical_id: str | None = None,
    ) -> Any:
        name, attributes = original(physical_id, old_props, new_props, stack_name, logical_id)
        _apply(name, new_props)
        return name, attributes

    return update


def _apply(table: str, props: dict[str, Any]) -> None:
    expiry = props.get("TimeToLiveSpecification")
    if expiry and _true(expiry.get("Enabled")):
        setting = {"TimeToLiveStatus": "ENABLED", "AttributeName": expiry["AttributeName"]}
        store(dynamodb, "_ttl_settings")[table] = setting
    else:
        store(dynamodb, "_ttl_settings").pop(table, None)
    recovery = props.get("PointInTimeRecoverySpecification") or {}
    store(dynamodb, "_pitr_settings")[table] = _true(recovery.get("PointInTimeRecoveryEnabled"))


def _true(value: Any) -> bool:
    return value is True or str(value).lower() == "true"


def _expiry_sweep() -> Sweep:
    settings, tables = store(dynamodb, "_ttl_settings"), store(dynamodb, "_tables")
    remove = seam(dynamodb, "_remove_item", "table", "pk_val", "sk_val")
    update_counts = seam(dynamodb, "_update_counts", "table")

    def delete_expired_items() -> None:
        now = time.time()
        with dynamodb._lock:  # noqa: SLF001 - the lock that every write of the emulator takes
            for account, region, name, setting in scoped_items(settings):
                table = tables.get_scoped(account, region, name)
                if table is None or setting.get("TimeToLiveStatus") != "ENABLED":
                    continue
                expired = list(_expired(table, setting["AttributeName"], now))
                for partition, sort in expired:
                    remove(table, partition, sort)
                if expired:
                    update_counts(table)

    return delete_expired_items


def _expired(table: dict[str, Any], attribute: str, now: float) -> Any:
    """Keys of the items whose attribute is a number of epoch seconds that has passed, as AWS reads it."""
    for partition, items in list(table["items"].items()):
        for sort, item in list(items.items()):
            moment = item.get(attribute, {}).get("N")
            if moment is not None and float(moment) <= now:
                yield partition, sort
