"""What the API function costs beside a bare FastAPI + Mangum echo, on the same emulator, as ratios.

    .venv/bin/python bench/api_overhead.py [--home local] [--rounds 5]

Both functions are invoked directly with HTTP API events, so that gateway and front door cost neither of them
anything. The echo is built from the very packages of the API's own bundle. Writes its part of
docs/performance.md. Knows the stack by its outputs; the functions that it deploys are removed again.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import platform
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from cli.deployment import PROJECT, Deployment, address, find

PAGE = PROJECT / "docs" / "performance.md"
BEGIN, END = "<!-- bench/api_overhead.py writes from here -->", "<!-- to here -->"
INVOCATIONS_A_ROUND = 40
QUESTIONS_A_SESSION = 15  # below the pace limit of one dialogue
NOT_FOR_ECHO = ("lambdas/", "core/", "assistants/", "aws_lambda_powertools", "pymorphy3", "dawg", "tzdata")
ECHO = """
from typing import Any
from fastapi import FastAPI
from mangum import Mangum

app = FastAPI()

@app.api_route("/{path:path}", methods=["GET", "POST"])
async def echo(path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    print("echo", flush=True)  # the API logs a line a request, too
    return {"path": path, "body": body}

handler = Mangum(app, lifespan="off")
"""

Call = Callable[[], None]


class Bench:
    def __init__(self, deployment: Deployment, url: str) -> None:
        self.deployment = deployment
        self.client = deployment.client("lambda")
        self.api = deployment.output("ApiFunction")
        self.http = httpx.Client(base_url=url, timeout=40)
        self.salon = self.http.get("/v1/assistants").json()["assistants"][0]
        self.configuration = self.client.get_function_configuration(FunctionName=self.api)
        location = self.client.get_function(FunctionName=self.api)["Code"]["Location"]
        self.api_zip = httpx.get(location, timeout=60).content
        self.echo_zip = echo_bundle(self.api_zip)

    def invoke(self, function: str, event: dict[str, Any]) -> dict[str, Any]:
        answer = self.client.invoke(FunctionName=function, Payload=json.dumps(event).encode())
        told: dict[str, Any] = json.loads(answer["Payload"].read())
        if answer.get("FunctionError") or told["statusCode"] >= 400:
            raise SystemExit(f"{function}: {json.dumps(told)[:500]}")
        return told

    @contextmanager
    def function(self, bundle: bytes, handler: str) -> Iterator[str]:
        """A function of this run alone, with the API's own environment, role and size."""
        name = f"bench-{secrets.token_hex(4)}"
        self.client.create_function(
            FunctionName=name,
            Runtime=self.configuration["Runtime"],
            Role=self.configuration["Role"],
            Handler=handler,
            Code={"ZipFile": bundle},
            Timeout=self.configuration["Timeout"],
            MemorySize=self.configuration["MemorySize"],
            Environment=self.configuration["Environment"],
        )
        try:
            yield name
        finally:
            self.client.delete_function(FunctionName=name)

    def open(self) -> tuple[str, str]:
        consent = {"storage": True, "text_version": self.salon["terms"]["version"]}
        told = self.http.post(f"/v1/{self.salon['id']}/sessions", json={"consent": consent}).json()
        return told["session_id"], told["token"]


def echo_bundle(api_zip: bytes) -> bytes:
    """The echo with the packages of the API's bundle that it needs: the same versions, nothing else."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(api_zip)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as echo,
    ):
        for entry in source.infolist():
            if not entry.filename.startswith(NOT_FOR_ECHO):
                echo.writestr(entry, source.read(entry))
        echo.writestr("echo.py", ECHO)
    return target.getvalue()


def event(method: str, path: str, body: dict[str, Any] | None = None, token: str = "") -> dict[str, Any]:
    """What an HTTP API hands over (payload 2.0)."""
    headers = {"host": "localhost", "content-type": "application/json"}
    if token:
        headers["authorization"] = f"Bearer {token}"
    http = {
        "method": method,
        "path": path,
        "protocol": "HTTP/1.1",
        "sourceIp": "127.0.0.1",
        "userAgent": "bench",
    }
    return {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": "",
        "headers": headers,
        "requestContext": {
            "http": http,
            "stage": "$default",
            "requestId": secrets.token_hex(8),
            "timeEpoch": int(time.time() * 1_000),
            "domainName": "localhost",
            "accountId": "0",
            "apiId": "bench",
        },
        "body": json.dumps(body, ensure_ascii=False) if body is not None else None,
        "isBase64Encoded": False,
    }


def warm(bench: Bench, rounds: int, forbidden: str) -> dict[str, list[float]]:
    """Milliseconds of each kind of call: the median of every round. The kinds take turns."""
    medians: dict[str, list[float]] = {}
    with bench.function(bench.echo_zip, "echo.handler") as echo:
        calls = _calls(bench, echo, forbidden)
        for call in calls.values():
            call()
        for _ in range(rounds):
            spent: dict[str, list[float]] = {name: [] for name in calls}
            for _ in range(INVOCATIONS_A_ROUND):
                for name, call in calls.items():
                    began = time.perf_counter()
                    call()
                    spent[name].append((time.perf_counter() - began) * 1_000)
            for name, values in spent.items():
                medians.setdefault(name, []).append(statistics.median(values))
    return medians


def _calls(bench: Bench, echo: str, forbidden: str) -> dict[str, Call]:
    salon, sent = bench.salon["id"], 0
    session, token = bench.open()

    def body(text: str) -> dict[str, Any]:
        return {"message_id": secrets.token_hex(8), "text": text, "wait_seconds": 0}

    def ask() -> None:
        """A question that the policy answers: the whole way in, its transaction, and no worker beside it."""
        nonlocal sent, session, token
        sent += 1
        bench.invoke(
            bench.api, event("POST", f"/v1/{salon}/sessions/{session}/messages", body(forbidden), token)
        )

    def read() -> None:
        bench.invoke(
            bench.api, event("GET", f"/v1/{salon}/sessions/{first}/messages/{known}", None, first_token)
        )

    def opened_anew() -> None:
        nonlocal session, token
        if sent % QUESTIONS_A_SESSION == 0:
            session, token = bench.open()
        ask()

    first, first_token = session, token
    known = secrets.token_hex(8)
    question = {"message_id": known, "text": forbidden, "wait_seconds": 0}
    bench.invoke(bench.api, event("POST", f"/v1/{salon}/sessions/{first}/messages", question, first_token))
    return {
        "echo": lambda: _ignore(bench.invoke(echo, event("POST", "/echo", body(forbidden)))),
        "GET /v1/assistants": lambda: _ignore(bench.invoke(bench.api, event("GET", "/v1/assistants"))),
        "GET a finished message": read,
        "POST a message (screened, written)": opened_anew,
    }


def _ignore(_answer: object) -> None:
    """The answer was looked at when it came."""


def cold(bench: Bench, rounds: int) -> dict[str, list[float]]:
    """Milliseconds of the first invocation of a function that was never called."""
    spent: dict[str, list[float]] = {"echo": [], "API": []}
    for _ in range(rounds):
        for name, bundle, handler, path in (
            ("echo", bench.echo_zip, "echo.handler", "/echo"),
            ("API", bench.api_zip, bench.configuration["Handler"], "/v1/assistants"),
        ):
            with bench.function(bundle, handler) as function:
                began = time.perf_counter()
                bench.invoke(function, event("GET", path))
                spent[name].append((time.perf_counter() - began) * 1_000)
    return spent


def imports(bench: Bench, rounds: int, python: Path) -> dict[str, list[float]]:
    """Milliseconds that a fresh interpreter needs to import each handler, its bytecode written before."""
    environment = {
        **bench.configuration["Environment"]["Variables"],
        **{name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_REGION": "us-east-1",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": bench.deployment.endpoint or "",
    }
    spent: dict[str, list[float]] = {"echo": [], "API": []}
    with tempfile.TemporaryDirectory() as folder:
        modules = {"echo": "echo", "API": bench.configuration["Handler"].rpartition(".")[0]}
        for name, bundle in (("echo", bench.echo_zip), ("API", bench.api_zip)):
            zipfile.ZipFile(io.BytesIO(bundle)).extractall(Path(folder) / name)
        for number in range(rounds + 1):
            for name, module in modules.items():
                program = f"from time import perf_counter as t; b = t(); import {module}; print(t() - b)"
                done = subprocess.run(
                    [str(python), "-c", program],
                    cwd=Path(folder) / name,
                    env={**environment, "PYTHONPATH": str(Path(folder) / name)},
                    capture_output=True,
                    text=True,
                    check=True,
                )
                if number:  # the first one writes the bytecode
                    spent[name].append(float(done.stdout.split()[-1]) * 1_000)
    return spent


def table(title: str, spent: dict[str, list[float]], rounds: int) -> str:
    base = statistics.median(spent["echo"])
    rows = [f"| {title} | median, ms | lowest..highest | beside the echo |", "|---|---|---|---|"]
    for name, values in spent.items():
        middle = statistics.median(values)
        rows.append(f"| {name} | {middle:.1f} | {min(values):.1f}..{max(values):.1f} | {middle / base:.2f} |")
    return "\n".join([*rows, "", f"{rounds} rounds.", ""])


def write(page: Path, part: str) -> None:
    """Puts the part between its marks and leaves the rest of the page alone."""
    old = page.read_text(encoding="utf-8") if page.exists() else "# Performance\n"
    if BEGIN in old and END in old:
        head, _, rest = old.partition(BEGIN)
        new = f"{head}{BEGIN}\n{part}\n{END}{rest.partition(END)[2]}"
    else:
        new = f"{old.rstrip()}\n\n{BEGIN}\n{part}\n{END}\n"
    page.parent.mkdir(exist_ok=True)
    page.write_text(new, encoding="utf-8")


def report(bench: Bench, rounds: int, forbidden: str) -> str:
    sizes = f"API {len(bench.api_zip) / 1e6:.1f} MB, echo {len(bench.echo_zip) / 1e6:.1f} MB zipped"
    return (
        "## The API function beside a bare echo\n\n"
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, Python {platform.python_version()},"
        f" `bench/api_overhead.py --rounds {rounds}`. The echo is FastAPI + Mangum and nothing else, on the"
        " same emulator, both invoked directly. A POST and a finished GET include their DynamoDB calls"
        f" to the emulator. Bundles: {sizes}.\n\n"
        + "\n".join(
            [
                table("warm invocation", warm(bench, rounds, forbidden), rounds),
                table("first invocation", cold(bench, rounds), rounds),
                table("import of the handler", imports(bench, rounds, Path(sys.executable)), rounds),
            ]
        )
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--home", default="local")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--forbidden", default="За кого вы голосовали на выборах президента?")
    parser.add_argument("--print", action="store_true", help="print instead of writing the page")
    given = parser.parse_args()
    bench = Bench(find(given.home), address(given.home))
    part = report(bench, given.rounds, given.forbidden)
    if given.print:
        print(part)
    else:
        write(PAGE, part)
        print(f"written to {PAGE.relative_to(PROJECT)}")


if __name__ == "__main__":
    main()
