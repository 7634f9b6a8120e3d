"""What was there before a clean stop is there after the next start."""

from __future__ import annotations

from tests.cli.embedded_cloud.conftest import Emulator, free_port
from tests.cli.embedded_cloud.test_emulator_extension import TABLE, fifo_stack, send, unique


def test_stacks_items_objects_and_messages_survive_a_restart(tmp_path) -> None:
    emulator = Emulator(home=tmp_path, port=free_port())
    emulator.start()
    try:
        table = emulator.deploy(unique("kept"), {"Table": TABLE})["Table"]
        emulator.client("dynamodb").put_item(TableName=table, Item={"id": {"S": "kept"}})
        emulator.client("s3").create_bucket(Bucket="kept")
        emulator.client("s3").put_object(Bucket="kept", Key="object", Body=b"kept")
        stack = fifo_stack(emulator)
        emulator.stop()
        emulator.start()

        items = emulator.client("dynamodb").scan(TableName=table)["Items"]
        expiry = emulator.client("dynamodb").describe_time_to_live(TableName=table)["TimeToLiveDescription"]
        assert items == [{"id": {"S": "kept"}}]
        assert expiry["TimeToLiveStatus"] == "ENABLED"
        assert emulator.client("s3").get_object(Bucket="kept", Key="object")["Body"].read() == b"kept"
        send(emulator, stack, "a", "after")
        from tests.cli.embedded_cloud.conftest import eventually
        from tests.cli.embedded_cloud.test_emulator_extension import done

        assert eventually(lambda: "after" in done(emulator, stack), 15)
    finally:
        emulator.stop()
