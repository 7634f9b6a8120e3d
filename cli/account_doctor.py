"""`attendant doctor --stage prod`: can this AWS account carry the stage, before and after its first deploy?

Knows what each check asks of AWS and the way out of what is missing. Changes nothing. Whatever AWS answers, a
refusal too, becomes a finding and never a traceback.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cli.account import EDGE_REGION, Account, error_code
from cli.findings import Finding

TOOLKIT = "CDKToolkit"
GPU_VCPU_QUOTA = "L-DB2E81BA"  # "Running On-Demand G and VT instances", in virtual CPUs
UNRESERVED = 100  # concurrent executions that Lambda keeps back for functions without a share of their own
SPARE = 20  # scheduled functions, the operator, one deploy
COMPLETE = ("CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE", "IMPORT_COMPLETE")


def examined(account: Account) -> Iterator[Finding]:
    """Every finding, one after another; without credentials there is but one."""
    credentials = _guarded("credentials", _credentials, account)
    yield from credentials
    if not all(finding.ok for finding in credentials):
        return
    for what, check in CHECKS.items():
        yield from _guarded(what, check, account)


def _guarded(what: str, check: Callable[[Account], Iterator[Finding]], account: Account) -> list[Finding]:
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415  comes with boto3

    try:
        return list(check(account))
    except ClientError as error:
        code, asked = error.response.get("Error", {}).get("Code", "unknown"), error.operation_name
        way_out = f"the credentials must allow {asked}; is the region enabled?"
        return [Finding(what, False, f"{asked} was refused: {code}", way_out)]
    except BotoCoreError as error:
        way_out = "aws configure, or AWS_PROFILE=...; is there a network?"
        return [Finding(what, False, f"AWS cannot be asked: {type(error).__name__}", way_out)]


def _credentials(account: Account) -> Iterator[Finding]:
    yield Finding("credentials", True, account.client("sts").get_caller_identity()["Arn"])


def _bootstrap(account: Account) -> Iterator[Finding]:
    from botocore.exceptions import ClientError  # noqa: PLC0415

    number = account.client("sts").get_caller_identity()["Account"]
    regions = dict.fromkeys([account.region, *([EDGE_REGION] * account.materials.needs.behind_cloudfront)])
    for region in regions:
        try:
            stacks = account.client("cloudformation", region).describe_stacks(StackName=TOOLKIT)["Stacks"]
            status = stacks[0]["StackStatus"]
        except ClientError as error:
            if error_code(error) != "ValidationError":
                raise
            status = "not bootstrapped"
        way_out = f"cdk bootstrap aws://{number}/{region} -c stage={account.materials.stage} ..."
        yield Finding(f"CDK {region}", status in COMPLETE, status, way_out)


def _quota(account: Account) -> Iterator[Finding]:
    endpoint = account.materials.endpoint
    if endpoint.instance_type is None:
        return
    wanted = endpoint.max_copies
    if endpoint.kind == "sagemaker":
        name, service = f"{endpoint.instance_type} for endpoint usage", "sagemaker"
        allowed = _quota_named(account, service, name)
    else:
        name, service = "Running On-Demand G and VT instances", "ec2"
        described = account.client("ec2").describe_instance_types(InstanceTypes=[endpoint.instance_type])
        wanted *= described["InstanceTypes"][0]["VCpuInfo"]["DefaultVCpus"]
        quota = account.client("service-quotas").get_service_quota(
            ServiceCode=service, QuotaCode=GPU_VCPU_QUOTA
        )
        allowed = quota["Quota"]["Value"]
    yield Finding(
        "GPU quota",
        allowed >= wanted,
        f"{allowed:g} allowed, {wanted} needed ({name})",
        f"Service Quotas, {service}, {account.region}: ask for {wanted} of «{name}»; days, not minutes",
    )


def _quota_named(account: Account, service: str, name: str) -> float:
    """0 where no quota has the name: then nothing was ever granted."""
    client = account.client("service-quotas")
    for operation in ("list_service_quotas", "list_aws_default_service_quotas"):
        for page in client.get_paginator(operation).paginate(ServiceCode=service):
            for quota in page["Quotas"]:
                if quota["QuotaName"] == name:
                    return float(quota["Value"])
    return 0.0


def _image(account: Account) -> Iterator[Finding]:
    from botocore.exceptions import ClientError  # noqa: PLC0415

    if account.materials.needs.image is None:
        return
    repository, tag = account.materials.needs.image.split(":")
    way_out = f"docker push ...{repository}:{tag}: docs/deploy.md"
    try:
        account.client("ecr").describe_images(repositoryName=repository, imageIds=[{"imageTag": tag}])
        found = f"{repository}:{tag} is there"
    except ClientError as error:
        found = {
            "RepositoryNotFoundException": f"no repository {repository}",
            "ImageNotFoundException": f"no image {repository}:{tag}",
        }.get(error_code(error), "")
        if not found:
            raise
        if found.startswith("no repository"):
            way_out = f"cdk deploy --exclusively {account.prefix}-data makes it"
    yield Finding("image", found.endswith("is there"), found, way_out)


def _weights(account: Account) -> Iterator[Finding]:
    prefix = account.materials.needs.weights
    if prefix is None:
        return
    bucket = account.outputs.get("ModelsBucket")
    if bucket is None:
        way_out = f"cdk deploy --exclusively {account.prefix}-data makes it"
        yield Finding("weights", False, "no bucket for the models yet", way_out)
        return
    listed = account.client("s3").list_objects_v2(Bucket=bucket, Prefix=prefix, MaxKeys=1)
    there = listed.get("KeyCount", 0) > 0
    found = f"s3://{bucket}/{prefix} {'holds files' if there else 'is empty'}"
    yield Finding("weights", there, found, "aws s3 sync .attendant/models/...: docs/deploy.md")


def _certificate(account: Account) -> Iterator[Finding]:
    if not account.materials.needs.behind_cloudfront:
        return
    ask_for_one = f"aws acm request-certificate --region {EDGE_REGION} --validation-method DNS --domain-name"
    if account.domain is None:
        yield Finding("certificate", False, "not looked at", "say --domain assistant.example.ru")
        return
    arn = account.certificate or _certificate_of(account)
    if arn is None:
        way_out = f"{ask_for_one} {account.domain}"
        yield Finding("certificate", False, f"none for {account.domain} in {EDGE_REGION}", way_out)
        return
    if f":acm:{EDGE_REGION}:" not in arn:
        found = f"of {arn.split(':')[3]}, and CloudFront takes those of {EDGE_REGION} alone"
        yield Finding("certificate", False, found, f"{ask_for_one} {account.domain}")
        return
    told = account.client("acm", EDGE_REGION).describe_certificate(CertificateArn=arn)["Certificate"]
    names = {told["DomainName"], *told.get("SubjectAlternativeNames", ())}
    covered, status = any(covers(name, account.domain) for name in names), told["Status"]
    valid = told.get("NotAfter", account.now()) >= account.now()
    found = f"{status}, for {', '.join(sorted(names))}" + ("" if valid else ", and its time is over")
    way_out = "set the DNS records that ACM names, and wait" if covered else f"{ask_for_one} {account.domain}"
    yield Finding("certificate", covered and valid and status == "ISSUED", found, way_out)


def _certificate_of(account: Account) -> str | None:
    pages = account.client("acm", EDGE_REGION).get_paginator("list_certificates").paginate()
    for page in pages:
        for summary in page["CertificateSummaryList"]:
            names = {summary["DomainName"], *summary.get("SubjectAlternativeNameSummaries", ())}
            if any(covers(name, account.domain or "") for name in names):
                arn: str = summary["CertificateArn"]
                return arn
    return None


def covers(name: str, domain: str) -> bool:
    """A name of a certificate; a star stands for one label."""
    return name == domain or (name.startswith("*.") and domain.partition(".")[2] == name[2:])


def _zone(account: Account) -> Iterator[Finding]:
    if account.domain is None or not account.materials.needs.behind_cloudfront:
        return
    zones = account.client("route53").get_paginator("list_hosted_zones").paginate()
    names = [zone["Name"].rstrip(".") for page in zones for zone in page["HostedZones"]]
    found = next(
        (name for name in names if account.domain == name or account.domain.endswith(f".{name}")), None
    )
    yield Finding(
        "hosted zone",
        found is not None,
        f"{found} is in Route 53" if found else f"no zone of {account.domain} in Route 53",
        "no harm: after the deploy set a CNAME to the distribution where the domain's DNS is",
        needed=False,
    )


def _sender(account: Account) -> Iterator[Finding]:
    if account.sender is None:
        way_out = (
            'no harm: brochures go by link; for e-mail verify an address in SES, "sender" in the context'
        )
        yield Finding("sender", False, "none named: no letters to visitors", way_out, needed=False)
        return
    from botocore.exceptions import ClientError  # noqa: PLC0415

    sesv2 = account.client("sesv2")
    way_out = (
        f"aws sesv2 create-email-identity --email-identity {account.sender}, then the link in its letter"
    )
    try:
        verified = sesv2.get_email_identity(EmailIdentity=account.sender)["VerifiedForSendingStatus"]
    except ClientError as error:
        if error_code(error) != "NotFoundException":
            raise
        yield Finding("sender", False, f"{account.sender} is no identity in {account.region}", way_out)
        return
    found = f"{account.sender} is {'verified' if verified else 'not verified yet'}"
    yield Finding("sender", verified, found, way_out)
    open_to_all = sesv2.get_account()["ProductionAccessEnabled"]
    found = "to anybody" if open_to_all else "SES is in its sandbox: to verified addresses alone"
    yield Finding("letters", open_to_all, found, "SES, account dashboard: request production access")


def _subscribers(account: Account) -> Iterator[Finding]:
    for what, output in (("on-call", "OncallTopicArn"), ("operations", "OperationsTopicArn")):
        topic = account.outputs.get(output)
        if topic is None:
            way_out = "deploy with -c oncall=name@example.ru" if what == "on-call" else "after the deploy"
            yield Finding(what, False, "its topic is not deployed yet", way_out, needed=False)
            continue
        pages = account.client("sns").get_paginator("list_subscriptions_by_topic").paginate(TopicArn=topic)
        arns = [each["SubscriptionArn"] for page in pages for each in page["Subscriptions"]]
        confirmed = sum(arn.startswith("arn:") for arn in arns)
        found = f"{confirmed} of {len(arns)} subscribers have confirmed"
        way_out = f"aws sns subscribe --topic-arn {topic} --protocol email --notification-endpoint ..."
        yield Finding(what, 0 < confirmed == len(arns), found, way_out)


def _secrets(account: Account) -> Iterator[Finding]:
    for output, value in sorted(account.outputs.items()):
        if not output.startswith(("SourceSecret", "ModelSecret")):
            continue
        told = account.client("secretsmanager").describe_secret(SecretId=value)
        filled = bool(told.get("VersionIdsToStages"))
        set_by = "attendant export-inventory ASSISTANT --source URL --outputs outputs.json"
        by_hand = f"aws secretsmanager put-secret-value --secret-id {value} --secret-string ..."
        way_out = set_by if output.startswith("SourceSecret") else by_hand
        yield Finding(output, filled, "has a value" if filled else "is empty", way_out)


def _concurrency(account: Account) -> Iterator[Finding]:
    needs = account.materials.needs
    at_once = needs.waiting + needs.workers + SPARE
    needed = max(at_once, needs.reserved + UNRESERVED if needs.reserved else 0)
    limit = int(account.client("lambda").get_account_settings()["AccountLimit"]["ConcurrentExecutions"])
    found = (
        f"{limit} allowed, {needed} needed ({needs.waiting} waiting + {needs.workers} workers + {SPARE};"
        f" {needs.reserved} reserved + {UNRESERVED})"
    )
    way_out = "Service Quotas, Lambda, concurrent executions; or lower the stage's waiting_limit"
    yield Finding("concurrency", limit >= needed, found, way_out)


def _budget(account: Account) -> Iterator[Finding]:
    budget = account.materials.budget_usd_per_month
    found = f"${budget:,} a month, made by the deploy" if budget else "the stage sets none"
    yield Finding(
        "budget", budget is not None, found, "budget_usd_per_month in infra/stages.py", needed=False
    )


CHECKS: dict[str, Callable[[Account], Iterator[Finding]]] = {
    "CDK": _bootstrap,
    "GPU quota": _quota,
    "image": _image,
    "weights": _weights,
    "certificate": _certificate,
    "hosted zone": _zone,
    "concurrency": _concurrency,
    "secrets": _secrets,
    "subscribers": _subscribers,
    "sender": _sender,
    "budget": _budget,
}
