"""The lines of the bill: what of a stage is paid for, and by which quantity.

Each function yields the lines of one part. What a template does not have makes no line. Refuses to know
figures: prices, usage and assumptions come with the `Bill`.
"""

from __future__ import annotations

from collections.abc import Iterator

from cli.estimate import GB, MODEL, Bill, Estimate, Line
from cli.resource_types import not_priced

MB = 1_024
DATA, EDGE, WATCHING, STANDING, FUNCTIONS = "Data", "Edge", "Watching", "Keys and clocks", "Functions"
DAYS_OF_A_MONTH = 30.4
EXPORT = "dialogue_export"
ATHENA_LEAST_TB = 10 * 1_000_000 / 1e12


def estimate(bill: Bill) -> Estimate:
    lines = (
        *_endpoint(bill),
        *_functions(bill),
        *_data(bill),
        *_analytics(bill),
        *_edge(bill),
        *_watching(bill),
        *_standing(bill),
    )
    deployed = {function.service for function in bill.materials.functions}
    return Estimate(
        bill,
        lines,
        not_measured=tuple(sorted(deployed - set(bill.usage.functions) - {EXPORT})),
        not_priced=not_priced(bill.materials.resources),
    )


def _endpoint(bill: Bill) -> Iterator[Line]:
    endpoint, month = bill.materials.endpoint, bill.month
    if bill.instance is not None:
        hours = month.awake.hours * bill.copies
        amount = f"{month.awake.hours:,.0f} h x {bill.copies} x {endpoint.instance_type}"
        yield bill.line(MODEL, "instances", amount, (bill.instance, hours))
        if endpoint.disk_gb:
            gb = endpoint.disk_gb * hours / month.hours
            yield bill.line(MODEL, "their disks", f"{gb:,.0f} GB-months", ("volume", gb))
    elif bill.token_price is not None:
        tokens = bill.model_calls * bill.usage.question.model_tokens
        usd = tokens / 1e6 * bill.token_price
        yield Line(
            MODEL, "tokens of somebody else's model", f"{tokens / 1e6:,.1f} million", usd, (), grows=True
        )
    yield from _network(bill)


def _network(bill: Bill) -> Iterator[Line]:
    balancers = bill.materials.count("AWS::ElasticLoadBalancingV2::LoadBalancer")
    gb = bill.model_calls * bill.assumed.bytes_a_model_call / GB
    if balancers:
        hours = balancers * bill.month.hours
        pieces = (("load_balancer", hours), ("load_balancer_capacity", gb))  # one GB is one unit for an hour
        yield bill.line(MODEL, "load balancer", f"{hours:,.0f} h", *pieces)
    if zones := bill.materials.interface_endpoint_zones:
        hours = zones * bill.month.hours
        pieces = (("interface_endpoint", hours), ("interface_endpoint_data", gb))
        yield bill.line(MODEL, "interface endpoints", f"{zones} x {bill.month.hours:,.0f} h", *pieces)


def _functions(bill: Bill) -> Iterator[Line]:
    """One line a service, whether visitors call it or the clock."""
    for service, use in bill.usage.functions.items():
        sizes = [each.memory_mb for each in bill.materials.functions if each.service == service]
        if not sizes:
            continue
        asked, clocked = _asked(bill, service), _clocked(bill, service)
        calls = asked + clocked
        gb_seconds = calls * use.milliseconds / 1_000 * max(sizes) / MB
        pieces = (("lambda_duration", gb_seconds), ("lambda_request", calls))
        amount = f"{calls:,.0f} calls of {use.milliseconds:,.0f} ms"
        yield bill.line(FUNCTIONS, service, amount, *pieces, grows=asked > 0)


def _asked(bill: Bill, service: str) -> float:
    return bill.month.questions * bill.usage.invocations.get(service, 0)


def _clocked(bill: Bill, service: str) -> float:
    schedules = (each for each in bill.materials.schedules if each.service == service)
    return sum(bill.month.minutes / each.minutes for each in schedules)


def _used(bill: Bill, unit: str, *, asked: bool) -> float:
    """So many of `unit` (a field of FunctionUse) are used by questions, or by the clock."""
    count = _asked if asked else _clocked
    deployed = {each.service for each in bill.materials.functions}
    return sum(
        count(bill, service) * float(getattr(use, unit))
        for service, use in bill.usage.functions.items()
        if service in deployed
    )


def _both(bill: Bill, part: str, what: str, noun: str, *units: tuple[str, str]) -> Iterator[Line]:
    """Two lines, for questions and for the clock; `units` are prices with their fields of FunctionUse."""
    for asked, whose in ((True, "questions"), (False, "the clock")):
        pieces = [(name, _used(bill, unit, asked=asked)) for name, unit in units]
        count = sum(count for _, count in pieces)
        if count:
            yield bill.line(part, f"{what}, {whose}", f"{count:,.0f} {noun}", *pieces, grows=asked)


def _data(bill: Bill) -> Iterator[Line]:
    month, materials = bill.month, bill.materials
    units = (("dynamodb_read", "dynamodb_reads"), ("dynamodb_write", "dynamodb_writes"))
    yield from _both(bill, DATA, "DynamoDB", "units", *units)
    kept = month.questions * bill.usage.question.stored_bytes / GB * month.kept_days / DAYS_OF_A_MONTH
    pieces = [("dynamodb_storage", kept)]
    if materials.recovered_tables:
        pieces.append(("dynamodb_recovery", kept))
    yield bill.line(DATA, "DynamoDB, dialogues kept", f"{kept:,.2f} GB", *pieces, grows=True)
    yield from _both(bill, DATA, "S3", "requests", ("s3_get", "s3_gets"), ("s3_put", "s3_puts"))
    weights = bill.assumed.weights_gb if bill.instance else 0
    stored = bill.assumed.stored_gb + weights
    yield bill.line(DATA, "S3, storage", f"{stored:,.1f} GB", ("s3_storage", stored))
    if bill.instance:
        image = bill.assumed.image_gb
        yield bill.line(DATA, "ECR, the container's image", f"{image:,.1f} GB", ("ecr_storage", image))
    yield from _both(bill, DATA, "SQS", "requests", ("sqs_fifo", "sqs_requests"))
    idle = (
        materials.count("AWS::Lambda::EventSourceMapping")
        * bill.assumed.idle_receives_a_minute
        * month.minutes
    )
    yield bill.line(DATA, "SQS, looking into empty queues", f"{idle:,.0f} requests", ("sqs_fifo", idle))


def _analytics(bill: Bill) -> Iterator[Line]:
    """The export reads two days in every run, the present one half full, and all that are kept once a day."""
    month, assumed, materials = bill.month, bill.assumed, bill.materials
    sizes = [each.memory_mb for each in materials.functions if each.service == EXPORT]
    if sizes:
        runs, days = _clocked(bill, EXPORT), month.hours / 24
        turns = month.questions / days * (1.5 * runs + month.kept_days * days)
        gb_seconds = turns * assumed.export_milliseconds_a_turn / 1_000 * max(sizes) / MB
        reads = turns * bill.usage.question.stored_bytes / 4_096 / 2  # units of 4 KB, eventually consistent
        salons = sum(each.service == "answer" for each in materials.functions)
        puts = salons * 3 * (2 * runs + month.kept_days * days)
        pieces = (
            ("lambda_duration", gb_seconds), ("lambda_request", runs),
            ("dynamodb_read", reads), ("s3_put", puts),
        )  # fmt: skip
        yield bill.line(FUNCTIONS, EXPORT, f"{turns:,.0f} turns written again", *pieces, grows=True)
    if materials.count("AWS::Athena::WorkGroup"):
        queries = assumed.athena_queries_a_month
        tb = queries * ATHENA_LEAST_TB
        yield bill.line(DATA, "Athena", f"{queries:,.0f} queries", ("athena_scan", tb))


def _edge(bill: Bill) -> Iterator[Line]:
    question, count = bill.usage.question, bill.materials.count
    calls = bill.month.questions * question.http_requests
    if count("AWS::ApiGatewayV2::Api"):
        yield bill.line(EDGE, "API Gateway", f"{calls:,.0f} requests", ("http_api", calls), grows=True)
    if count("AWS::CloudFront::Distribution"):
        requests = calls + bill.month.questions * question.page_requests
        gb = bill.month.questions * (question.http_bytes_out + question.page_bytes_out) / GB
        pieces = (("cloudfront_request", requests), ("cloudfront_transfer", gb))
        amount = f"{requests:,.0f} requests, {gb:,.1f} GB"
        yield bill.line(EDGE, "CloudFront", amount, *pieces, grows=True)
        if acls := count("AWS::WAFv2::WebACL"):
            rules = bill.materials.firewall_rules
            yield bill.line(EDGE, "WAF", f"{acls} ACL, {rules} rules", ("waf_acl", acls), ("waf_rule", rules))
            amount = f"{requests:,.0f} requests"
            yield bill.line(EDGE, "WAF, requests", amount, ("waf_request", requests), grows=True)


def _watching(bill: Bill) -> Iterator[Line]:
    materials, metrics = bill.materials, bill.materials.custom_metrics
    yield from _logs(bill)
    yield bill.line(WATCHING, "custom metrics", f"{metrics}", ("custom_metric", metrics))
    alarms, joined = materials.alarm_metrics, materials.count("AWS::CloudWatch::CompositeAlarm")
    pieces = (("alarm_metric", alarms), ("composite_alarm", joined))
    yield bill.line(WATCHING, "alarms", f"{alarms} metrics, {joined} composite", *pieces)
    if boards := materials.count("AWS::CloudWatch::Dashboard"):
        yield bill.line(WATCHING, "dashboard", f"{boards}", ("dashboard", boards))
    if traces := _traces(bill):
        yield bill.line(WATCHING, "traces", f"{traces:,.0f}", ("trace", traces), grows=True)
    if materials.count("AWS::CloudTrail::Trail"):
        events = bill.assumed.data_events_a_day * bill.month.hours / 24
        yield bill.line(WATCHING, "CloudTrail, data events", f"{events:,.0f}", ("data_event", events))


def _logs(bill: Bill) -> Iterator[Line]:
    """Taken in, kept for the log group's time, and where there is an archive written there as well."""
    count, month = bill.materials.count, bill.month
    requests = month.questions * bill.usage.question.http_requests
    questions = _used(bill, "log_bytes", asked=True) + requests * bill.assumed.access_log_bytes
    flows = count("AWS::EC2::FlowLog") * bill.assumed.flow_log_bytes_a_minute * month.minutes
    clock = _used(bill, "log_bytes", asked=False) + flows
    for logged, whose, grows in ((questions, "questions", True), (clock, "the clock", False)):
        gb = logged / GB
        pieces = [("log_ingestion", gb), ("log_storage", gb * bill.materials.log_days / DAYS_OF_A_MONTH)]
        if count("AWS::KinesisFirehose::DeliveryStream"):
            archived = gb * bill.assumed.archived_share
            months = bill.assumed.archive_days / DAYS_OF_A_MONTH
            pieces += [("log_archive", archived), ("s3_storage", archived * months)]
        yield bill.line(WATCHING, f"logs, {whose}", f"{gb:,.2f} GB", *pieces, grows=grows)


def _traces(bill: Bill) -> float:
    """Every invocation of a traced function: an upper bound, as X-Ray samples above one a second."""
    traced = {each.service for each in bill.materials.functions if each.traced}
    return sum(_asked(bill, service) for service in traced)


def _standing(bill: Bill) -> Iterator[Line]:
    materials, hours = bill.materials, bill.month.hours
    if secrets := materials.count("AWS::SecretsManager::Secret"):
        calls = _used(bill, "secret_calls", asked=False)
        yield bill.line(STANDING, "secrets", f"{secrets}", ("secret", secrets), ("secret_call", calls))
    if keys := materials.count("AWS::KMS::Key"):
        requests = bill.assumed.key_requests_an_hour * hours
        yield bill.line(STANDING, "KMS keys", f"{keys}", ("key", keys), ("key_request", requests))
    if materials.count("AWS::Cognito::UserPool"):
        owners = bill.assumed.owners
        yield bill.line(STANDING, "Cognito", f"{owners:,.0f} owners", ("pool_user", owners))
    calls = sum(bill.month.minutes / each.minutes for each in materials.schedules)
    yield bill.line(STANDING, "Scheduler", f"{calls:,.0f} calls", ("schedule", calls))
    notices = bill.assumed.notices_a_month
    yield bill.line(STANDING, "SNS", f"{notices:,.0f} notices", ("notice", notices))
    if materials.count("AWS::StepFunctions::StateMachine"):
        steps = bill.assumed.restarts_a_month * bill.assumed.transitions_a_restart
        yield bill.line(STANDING, "Step Functions", f"{steps:,.0f} transitions", ("state_transition", steps))
