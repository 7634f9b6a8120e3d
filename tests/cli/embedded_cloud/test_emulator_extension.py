"""One canary for each thing that the product takes for granted of the emulator. A red one here means that the
emulator has changed: look at the seam it names before anything else."""

from __future__ import annotations

import base64
import json
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from botocore.exceptions import ClientError

from tests.cli.embedded_cloud.conftest import Emulator, eventually

ROLE = "arn:aws:iam::000000000000:role/any"


def function(code: str, **properties: Any) -> dict[str, Any]:
    return {
        "Type": "AWS::Lambda::Function",
        "Properties": {
            "Runtime": "python3.11",
            "Handler": "index.handler",
            "Role": ROLE,
            "Code": {"ZipFile": code},
            "Timeout": 20,
            **properties,
        },
    }


def unique(name: str) -> str:
    return f"{name}-{uuid.uuid4().hex[:8]}"


def attribute(name: str) -> dict[str, Any]:
    return {"Fn::GetAtt": [name, "Arn"]}


TABLE = {
    "Type": "AWS::DynamoDB::Table",
    "Properties": {
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
        "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
        "TimeToLiveSpecification": {"AttributeName": "expires_at", "Enabled": True},
        "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": True},
    },
}


def test_a_table_has_the_expiry_and_recovery_of_its_template(emulator: Emulator) -> None:
    table = emulator.deploy(unique("table"), {"Table": TABLE})["Table"]
    dynamodb = emulator.client("dynamodb")

    expiry = dynamodb.describe_time_to_live(TableName=table)["TimeToLiveDescription"]
    recovery = dynamodb.describe_continuous_backups(TableName=table)["ContinuousBackupsDescription"]

    assert expiry == {"TimeToLiveStatus": "ENABLED", "AttributeName": "expires_at"}
    assert recovery["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"] == "ENABLED"


def test_expired_items_are_deleted_within_seconds_and_others_stay(emulator: Emulator) -> None:
    table = emulator.deploy(unique("expiry"), {"Table": TABLE})["Table"]
    dynamodb = emulator.client("dynamodb")
    now = int(time.time())
    for key, moment in (
        ("past", {"N": str(now - 1)}),
        ("future", {"N": str(now + 600)}),
        ("text", {"S": "1"}),
    ):
        dynamodb.put_item(TableName=table, Item={"id": {"S": key}, "expires_at": moment})

    def left() -> set[str]:
        return {item["id"]["S"] for item in dynamodb.scan(TableName=table)["Items"]}

    assert eventually(lambda: left() == {"future", "text"}, 6), left()


FIFO_CODE = """
import json, time, boto3
def handler(event, context):
    [record] = event["Records"]
    body = json.loads(record["body"])
    started = time.time()
    if body.get("fail_once") and record["attributes"]["ApproximateReceiveCount"] == "1":
        boto3.client("sqs").change_message_visibility(
            QueueUrl=body["queue"], ReceiptHandle=record["receiptHandle"], VisibilityTimeout=1)
        return {"batchItemFailures": [{"itemIdentifier": record["messageId"]}]}
    time.sleep(body["work"])
    boto3.client("dynamodb").put_item(TableName=body["table"], Item={
        "id": {"S": body["id"]}, "group": {"S": record["attributes"]["MessageGroupId"]},
        "started": {"N": str(started)}, "ended": {"N": str(time.time())},
        "receives": {"N": record["attributes"]["ApproximateReceiveCount"]}})
    return {"batchItemFailures": []}
"""


def fifo_stack(emulator: Emulator, maximum: int | None = None) -> dict[str, str]:
    mapping: dict[str, Any] = {
        "BatchSize": 1,
        "EventSourceArn": attribute("Queue"),
        "FunctionName": {"Ref": "Worker"},
        "FunctionResponseTypes": ["ReportBatchItemFailures"],
    }
    if maximum:
        mapping["ScalingConfig"] = {"MaximumConcurrency": maximum}
    return emulator.deploy(
        unique("fifo"),
        {
            "Table": TABLE,
            "Queue": {
                "Type": "AWS::SQS::Queue",
                "Properties": {"FifoQueue": True, "VisibilityTimeout": 35},
            },
            "Worker": function(FIFO_CODE),
            "Mapping": {"Type": "AWS::Lambda::EventSourceMapping", "Properties": mapping},
        },
    )


def send(emulator: Emulator, stack: dict[str, str], group: str, name: str, **body: Any) -> None:
    message = {"id": name, "table": stack["Table"], "queue": stack["Queue"], "work": 0.0, **body}
    emulator.client("sqs").send_message(
        QueueUrl=stack["Queue"],
        MessageBody=json.dumps(message),
        MessageGroupId=group,
        MessageDeduplicationId=name,
    )


def done(emulator: Emulator, stack: dict[str, str]) -> dict[str, dict[str, float]]:
    items = emulator.client("dynamodb").scan(TableName=stack["Table"])["Items"]
    return {
        i["id"]["S"]: {"started": float(i["started"]["N"]), "ended": float(i["ended"]["N"])} for i in items
    }


def overlapping(spans: list[dict[str, float]]) -> int:
    return max(sum(s["started"] <= o["started"] < s["ended"] for s in spans) for o in spans)


def test_a_fifo_mapping_runs_groups_side_by_side_and_a_group_in_order(emulator: Emulator) -> None:
    stack = fifo_stack(emulator)
    for number in range(3):
        for group in "abcd":
            send(emulator, stack, group, f"{group}{number}", work=1.5 if number == 0 else 0.1)

    assert eventually(lambda: len(done(emulator, stack)) == 12, 40), done(emulator, stack)
    spans = done(emulator, stack)
    assert overlapping([spans[f"{group}0"] for group in "abcd"]) >= 3
    for group in "abcd":
        assert spans[f"{group}0"]["ended"] <= spans[f"{group}1"]["started"]
        assert spans[f"{group}1"]["ended"] <= spans[f"{group}2"]["started"]


def test_a_fifo_mapping_honours_its_maximum_concurrency(emulator: Emulator) -> None:
    stack = fifo_stack(emulator, maximum=2)
    for group in "abcde":
        send(emulator, stack, group, group, work=0.4)

    assert eventually(lambda: len(done(emulator, stack)) == 5, 30)
    assert overlapping(list(done(emulator, stack).values())) <= 2


def test_a_message_handed_back_with_a_short_visibility_comes_again_and_holds_back_only_its_group(
    emulator: Emulator,
) -> None:
    stack = fifo_stack(emulator)
    send(emulator, stack, "a", "a-first", fail_once=True)
    send(emulator, stack, "a", "a-second")
    send(emulator, stack, "b", "b-first")

    assert eventually(lambda: len(done(emulator, stack)) == 3, 20), done(emulator, stack)
    spans = done(emulator, stack)
    assert spans["b-first"]["ended"] < spans["a-first"]["started"]
    assert spans["a-first"]["ended"] <= spans["a-second"]["started"]


EMF_CODE = """
import json, time
def handler(event, context):
    print(json.dumps({"_aws": {"Timestamp": int(time.time() * 1000), "CloudWatchMetrics": [{
        "Namespace": event["namespace"], "Dimensions": [["service"]],
        "Metrics": [{"Name": "Refused", "Unit": "Count"}]}]}, "service": "export", "Refused": 1}))
    print("a plain line with TROUBLE in it")
    return {}
"""


def alarm(namespace: str, metric: str, **properties: Any) -> dict[str, Any]:
    return {
        "Type": "AWS::CloudWatch::Alarm",
        "Properties": {
            "Namespace": namespace,
            "MetricName": metric,
            "Statistic": "Sum",
            "Period": 10,
            "EvaluationPeriods": 1,
            "Threshold": 1,
            "ComparisonOperator": "GreaterThanOrEqualToThreshold",
            **properties,
        },
    }


def test_a_metric_in_a_log_line_raises_its_alarm_and_a_composite_tells_the_topic(emulator: Emulator) -> None:
    namespace = unique("Attendant")
    refused = alarm(
        namespace,
        "Refused",
        TreatMissingData="notBreaching",
        Dimensions=[{"Name": "service", "Value": "export"}],
    )
    stack = emulator.deploy(
        unique("emf"),
        {
            "Export": function(EMF_CODE),
            "Topic": {"Type": "AWS::SNS::Topic"},
            "Inbox": {"Type": "AWS::SQS::Queue"},
            "Subscription": {
                "Type": "AWS::SNS::Subscription",
                "Properties": {
                    "Protocol": "sqs",
                    "TopicArn": {"Ref": "Topic"},
                    "Endpoint": attribute("Inbox"),
                },
            },
            "Refused": refused,
            "Critical": {
                "Type": "AWS::CloudWatch::CompositeAlarm",
                "Properties": {
                    "AlarmRule": {"Fn::Sub": ['ALARM("${name}")', {"name": {"Ref": "Refused"}}]},
                    "AlarmActions": [{"Ref": "Topic"}],
                    "OKActions": [{"Ref": "Topic"}],
                },
            },
        },
    )
    cloudwatch, sqs = emulator.client("cloudwatch"), emulator.client("sqs")

    def state() -> str:
        [found] = cloudwatch.describe_alarms(AlarmNames=[stack["Refused"]])["MetricAlarms"]
        return str(found["StateValue"])

    def news() -> list[str]:
        received = sqs.receive_message(QueueUrl=stack["Inbox"], MaxNumberOfMessages=10).get("Messages", [])
        told = [json.loads(json.loads(m["Body"])["Message"]) for m in received]
        return [m["NewStateValue"] for m in told if m["OldStateValue"] != "INSUFFICIENT_DATA"]

    assert eventually(lambda: state() == "OK", 5)
    emulator.client("lambda").invoke(
        FunctionName=stack["Export"], Payload=json.dumps({"namespace": namespace}).encode()
    )
    assert eventually(lambda: news() == ["ALARM"], 10)
    assert eventually(lambda: news() == ["OK"], 20), "the alarm did not come down by itself"


def test_an_alarm_looks_at_its_own_dimensions_only(emulator: Emulator) -> None:
    namespace, cloudwatch = unique("Attendant"), emulator.client("cloudwatch")
    mine = [{"Name": "queue", "Value": "mine"}]
    name = emulator.deploy(unique("dims"), {"Alarm": alarm(namespace, "Depth", Dimensions=mine)})["Alarm"]

    cloudwatch.put_metric_data(
        Namespace=namespace,
        MetricData=[{"MetricName": "Depth", "Value": 9, "Dimensions": [{"Name": "queue", "Value": "other"}]}],
    )
    time.sleep(1.5)

    assert (
        cloudwatch.describe_alarms(AlarmNames=[name])["MetricAlarms"][0]["StateValue"] == "INSUFFICIENT_DATA"
    )


def test_a_metric_filter_counts_lines(emulator: Emulator) -> None:
    namespace = unique("Attendant")
    name = unique("talker")
    group = f"/aws/lambda/{name}"
    transformation = {"MetricNamespace": namespace, "MetricName": "Trouble", "MetricValue": "1"}
    emulator.deploy(
        unique("filter"),
        {
            "Talker": function(EMF_CODE, FunctionName=name),
            "Group": {"Type": "AWS::Logs::LogGroup", "Properties": {"LogGroupName": group}},
            "Filter": {
                "Type": "AWS::Logs::MetricFilter",
                "DependsOn": "Group",
                "Properties": {
                    "LogGroupName": group,
                    "FilterPattern": "TROUBLE",
                    "MetricTransformations": [transformation],
                },
            },
        },
    )
    emulator.client("lambda").invoke(FunctionName=name, Payload=json.dumps({"namespace": "x"}).encode())

    cloudwatch = emulator.client("cloudwatch")
    assert eventually(lambda: cloudwatch.list_metrics(Namespace=namespace)["Metrics"], 3)


def test_a_message_in_a_dead_letter_queue_raises_its_alarm(emulator: Emulator) -> None:
    depth = alarm(
        "AWS/SQS",
        "ApproximateNumberOfMessagesVisible",
        Statistic="Maximum",
        Dimensions=[{"Name": "QueueName", "Value": {"Fn::GetAtt": ["Letters", "QueueName"]}}],
    )
    stack = emulator.deploy(unique("letters"), {"Letters": {"Type": "AWS::SQS::Queue"}, "Alarm": depth})
    emulator.client("sqs").send_message(QueueUrl=stack["Letters"], MessageBody="{}")

    def state() -> str:
        found = emulator.client("cloudwatch").describe_alarms(AlarmNames=[stack["Alarm"]])["MetricAlarms"]
        return str(found[0]["StateValue"])

    assert eventually(lambda: state() == "ALARM", 5)


ECHO_CODE = """
import json
def handler(event, context):
    return {"statusCode": 200, "headers": {"content-type": "application/json"}, "body": json.dumps({
        "base64": event["isBase64Encoded"], "body": event.get("body"), "path": event["rawPath"],
        "epoch": event["requestContext"]["timeEpoch"], "query": event["rawQueryString"],
        "id": event["requestContext"]["requestId"]})}
"""


def http_api(**route: Any) -> dict[str, Any]:
    """Resources of an HTTP API whose function tells what it was given."""
    return {
        "Echo": function(ECHO_CODE),
        "Api": {"Type": "AWS::ApiGatewayV2::Api", "Properties": {"Name": "echo", "ProtocolType": "HTTP"}},
        "Integration": {
            "Type": "AWS::ApiGatewayV2::Integration",
            "Properties": {
                "ApiId": {"Ref": "Api"},
                "IntegrationType": "AWS_PROXY",
                "IntegrationUri": attribute("Echo"),
                "PayloadFormatVersion": "2.0",
            },
        },
        "Route": {
            "Type": "AWS::ApiGatewayV2::Route",
            "Properties": {
                "ApiId": {"Ref": "Api"},
                "RouteKey": "$default",
                "Target": {"Fn::Sub": "integrations/${Integration}"},
                **route,
            },
        },
        "Stage": {
            "Type": "AWS::ApiGatewayV2::Stage",
            "Properties": {"ApiId": {"Ref": "Api"}, "StageName": "$default", "AutoDeploy": True},
        },
        "Permission": {
            "Type": "AWS::Lambda::Permission",
            "Properties": {
                "Action": "lambda:InvokeFunction",
                "FunctionName": {"Ref": "Echo"},
                "Principal": "apigateway.amazonaws.com",
            },
        },
    }


@pytest.fixture(scope="module")
def echo(emulator: Emulator) -> str:
    stack = emulator.deploy(unique("http"), http_api())
    return f"{emulator.url}/_aws/execute-api/{stack['Api']}/$default"


COUNTING_CODE = """
import pathlib, time, uuid
def handler(event, context):
    pathlib.Path("FOLDER", uuid.uuid4().hex).touch()
    time.sleep(0.5)
    return {"isAuthorized": event["identitySource"] == ["ours"]}
"""


def test_an_authorizer_is_asked_once_about_many_requests_of_one_caller(
    emulator: Emulator, tmp_path: Path
) -> None:
    resources = http_api(AuthorizationType="CUSTOM", AuthorizerId={"Ref": "Authorizer"})
    resources["Admit"] = function(COUNTING_CODE.replace("FOLDER", str(tmp_path)))
    resources["Authorizer"] = {
        "Type": "AWS::ApiGatewayV2::Authorizer",
        "Properties": {
            "ApiId": {"Ref": "Api"},
            "Name": "edge",
            "AuthorizerType": "REQUEST",
            "AuthorizerUri": attribute("Admit"),
            "AuthorizerPayloadFormatVersion": "2.0",
            "AuthorizerResultTtlInSeconds": 60,
            "EnableSimpleResponses": True,
            "IdentitySource": ["$request.header.x-token"],
        },
    }
    stack = emulator.deploy(unique("admitted"), resources)
    address = f"{emulator.url}/_aws/execute-api/{stack['Api']}/$default/v1/x"
    with ThreadPoolExecutor(20) as pool, httpx.Client(timeout=60) as client:
        statuses = list(
            pool.map(
                lambda n: client.get(address, headers={"x-token": ("ours", "guess")[n % 2]}).status_code,
                range(20),
            )
        )

    assert statuses == [200, 403] * 10
    assert len(list(tmp_path.iterdir())) == 2
    assert httpx.get(address).status_code == 401


@pytest.mark.parametrize(
    "body",
    [
        b'{"text": "\xff\xfe broken"}',
        '{"text": "Есть ли C 180?"}'.encode(),
        b'{"nul": "\x00"}',
        b"x" * 1_048_576,
    ],
    ids=["not utf-8", "russian", "nul", "1 MiB"],
)
def test_a_body_reaches_the_function_byte_for_byte(echo: str, body: bytes) -> None:
    seen = httpx.post(f"{echo}/v1/x", content=body, headers={"content-type": "application/json"}).json()

    arrived = base64.b64decode(seen["body"]) if seen["base64"] else seen["body"].encode()
    assert arrived == body
    assert seen["path"].endswith("/v1/x")
    assert abs(seen["epoch"] / 1000 - time.time()) < 5


def test_fifty_requests_at_once_are_all_answered(echo: str) -> None:
    with (
        ThreadPoolExecutor(50) as pool,
        httpx.Client(timeout=60, limits=httpx.Limits(max_connections=50)) as client,
    ):
        statuses = list(pool.map(lambda n: client.get(f"{echo}/v1/{n}").status_code, range(50)))

    assert statuses == [200] * 50


@pytest.mark.parametrize("first", [True, False], ids=["If-None-Match", "If-Match"])
def test_of_twenty_conditional_writes_to_one_object_exactly_one_wins(emulator: Emulator, first: bool) -> None:
    s3, bucket = emulator.client("s3"), unique("documents")
    s3.create_bucket(Bucket=bucket)
    refused: list[int] = []

    def attempt(number: int, condition: dict[str, str]) -> bool:
        try:
            s3.put_object(Bucket=bucket, Key="current.json", Body=f"{number}".encode(), **condition)
        except ClientError as error:
            refused.append(error.response["ResponseMetadata"]["HTTPStatusCode"])
            return False
        return True

    for _round in range(5):
        if first:
            s3.delete_object(Bucket=bucket, Key="current.json")
            condition = {"IfNoneMatch": "*"}
        else:
            condition = {"IfMatch": s3.put_object(Bucket=bucket, Key="current.json", Body=b"old")["ETag"]}
        with ThreadPoolExecutor(20) as pool:
            won = list(pool.map(lambda n, c=condition: attempt(n, c), range(20)))
        assert sum(won) == 1
        kept = s3.get_object(Bucket=bucket, Key="current.json")["Body"].read()
        assert kept == str(won.index(True)).encode()
    assert set(refused) == {412}


def test_of_twenty_conditional_updates_of_one_item_exactly_one_wins(emulator: Emulator) -> None:
    table = emulator.deploy(unique("claims"), {"Table": TABLE})["Table"]
    dynamodb = emulator.client("dynamodb")
    dynamodb.put_item(TableName=table, Item={"id": {"S": "turn"}, "fence": {"N": "0"}})

    def claim(_number: int) -> bool:
        try:
            dynamodb.update_item(
                TableName=table,
                Key={"id": {"S": "turn"}},
                UpdateExpression="SET fence = :next",
                ConditionExpression="fence = :seen",
                ExpressionAttributeValues={":next": {"N": "1"}, ":seen": {"N": "0"}},
            )
        except dynamodb.exceptions.ConditionalCheckFailedException:
            return False
        return True

    with ThreadPoolExecutor(20) as pool:
        assert sum(pool.map(claim, range(20))) == 1


def test_a_schedule_calls_its_function_with_its_input(emulator: Emulator) -> None:
    code = """
import boto3
def handler(event, context):
    boto3.client("dynamodb").put_item(TableName=event["table"], Item={"id": {"S": event["assistant"]}})
"""
    payload = {"Fn::Sub": ['{"assistant": "any", "table": "${table}"}', {"table": {"Ref": "Table"}}]}
    stack = emulator.deploy(
        unique("schedule"),
        {
            "Table": TABLE,
            "Export": function(code),
            "Schedule": {
                "Type": "AWS::Scheduler::Schedule",
                "Properties": {
                    "ScheduleExpression": "rate(1 minute)",
                    "FlexibleTimeWindow": {"Mode": "OFF"},
                    "Target": {"Arn": attribute("Export"), "RoleArn": ROLE, "Input": payload},
                },
            },
        },
    )
    scan = emulator.client("dynamodb").scan

    assert eventually(lambda: scan(TableName=stack["Table"])["Items"] == [{"id": {"S": "any"}}], 80)


def test_functions_find_the_emulator_and_nothing_of_the_project(emulator: Emulator) -> None:
    code = """
import os, sys, importlib.util
def handler(event, context):
    return {"endpoint": os.environ.get("AWS_ENDPOINT_URL"), "names": sorted(os.environ),
            "project": bool(importlib.util.find_spec("core"))}
"""
    name = emulator.deploy(unique("environment"), {"Function": function(code)})["Function"]

    seen = json.load(emulator.client("lambda").invoke(FunctionName=name)["Payload"])

    assert seen["endpoint"] == emulator.url
    assert not seen["project"]
    assert "PYTHONPATH" not in seen["names"]


def test_all_environments_of_a_function_share_one_copy_of_its_code(emulator: Emulator) -> None:
    code = """
import os, time
def handler(event, context):
    time.sleep(0.5)
    return {"code": os.path.realpath(__file__), "pid": os.getpid()}
"""
    name = emulator.deploy(unique("shared"), {"Function": function(code)})["Function"]
    client = emulator.client("lambda")

    with ThreadPoolExecutor(3) as pool:
        seen = list(pool.map(lambda _: json.load(client.invoke(FunctionName=name)["Payload"]), range(3)))

    assert len({each["pid"] for each in seen}) == 3
    assert len({each["code"] for each in seen}) == 1


def test_it_listens_on_the_loopback_only(emulator: Emulator) -> None:
    listening = [
        line.split()[1]
        for table in ("/proc/net/tcp", "/proc/net/tcp6")
        for line in Path(table).read_text().splitlines()[1:]
        if line.split()[3] == "0A" and int(line.split()[1].split(":")[1], 16) == emulator.port
    ]

    assert [address.split(":")[0] for address in listening] == ["0100007F"]


def test_saved_queries_are_accepted_and_dashboards_kept(emulator: Emulator) -> None:
    name = unique("board")
    body = json.dumps({"widgets": [{"type": "text", "properties": {"markdown": "## How fast?"}}]})
    query = {"Name": "slowest", "QueryString": "fields @timestamp", "LogGroupNames": ["/aws/lambda/any"]}
    stack = emulator.deploy(
        name,
        {
            "Query": {"Type": "AWS::Logs::QueryDefinition", "Properties": query},
            "Board": {
                "Type": "AWS::CloudWatch::Dashboard",
                "Properties": {"DashboardName": name, "DashboardBody": body},
            },
        },
    )
    assert stack["Query"]
    kept = emulator.client("cloudwatch").get_dashboard(DashboardName=name)["DashboardBody"]
    assert json.loads(kept) == json.loads(body)
