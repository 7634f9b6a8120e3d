"""The arithmetic of a month: linear where it should be, in steps where it is, and nothing without a price."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.awake_hours import Spans, awake, month_of, office_hours
from cli.bill_lines import estimate
from cli.estimate import MODEL, Bill, Estimate, Month
from cli.usage import Usage, assumptions, usage
from core.errors import PriceUnknown
from core.prices import usd_per_hour
from core.spec import Hours
from infra.materials import (
    EndpointMaterials,
    FunctionMaterials,
    Materials,
    ScheduleMaterials,
    SleepMaterials,
)

REGION = "eu-central-1"
MONTH = month_of(date(2026, 12, 1))
OFFICE = office_hours(
    [Hours(time_zone="Europe/Moscow", week={"mon": ("09:00", "21:00"), "sat": ("10:00", "20:00")})], MONTH
)
SAGEMAKER = EndpointMaterials(kind="sagemaker", model_slots=1, instance_type="ml.g4dn.2xlarge", max_copies=3)
EC2 = EndpointMaterials(kind="ec2", model_slots=1, instance_type="g4dn.2xlarge", max_copies=1, disk_gb=100)
EXTERNAL = EndpointMaterials(kind="external", model_slots=4)
RATES = st.floats(0.1, 1_000)


def materials(endpoint: EndpointMaterials = SAGEMAKER, **changes) -> Materials:
    told = {
        "stage": "sample",
        "region": REGION,
        "endpoint": endpoint,
        "needs": {
            "behind_cloudfront": True,
            "image": None,
            "weights": None,
            "waiting": 0,
            "workers": 0,
            "reserved": 0,
        },
        "sleep": None,
        "budget_usd_per_month": 1_000,
        "usd_per_hour": 2.0,
        "resources": {
            "AWS::ApiGatewayV2::Api": 1,
            "AWS::CloudFront::Distribution": 1,
            "AWS::WAFv2::WebACL": 1,
            "AWS::CloudWatch::CompositeAlarm": 1,
            "AWS::CloudWatch::Dashboard": 1,
            "AWS::CloudTrail::Trail": 1,
            "AWS::ElasticLoadBalancingV2::LoadBalancer": 1 if endpoint.kind == "ec2" else 0,
            "AWS::KMS::Key": 2,
            "AWS::Lambda::EventSourceMapping": 2,
            "AWS::SecretsManager::Secret": 3,
            "AWS::StepFunctions::StateMachine": 1,
        },
        "functions": tuple(
            FunctionMaterials(service=service, memory_mb=1_024, traced=False) for service in usage().functions
        ),
        "schedules": (ScheduleMaterials(service="reconcile", minutes=1),),
        "alarm_metrics": 20,
        "custom_metrics": 25,
        "firewall_rules": 6,
        "interface_endpoint_zones": 10 if endpoint.kind == "ec2" else 0,
        "recovered_tables": 3,
        "log_days": 90,
    }
    return Materials.model_validate(told | changes)


def estimated(
    per_minute: float = 10,
    *,
    of: Materials | None = None,
    used: Usage | None = None,
    running: Spans = MONTH,
    token_price: float | None = None,
    region: str = REGION,
) -> Estimate:
    month = Month(per_minute=per_minute, whole=MONTH, asked=OFFICE, awake=running, kept_days=90)
    return estimate(
        Bill(
            materials=of or materials(),
            usage=used or usage(),
            assumed=assumptions(),
            month=month,
            region=region,
            token_price=token_price,
        )
    )


def without_endpoint(of: Estimate) -> float:
    return of.usd - of.endpoint_usd


@given(RATES, RATES)
def test_all_but_the_endpoint_is_linear_in_questions(some, more):
    standing = estimated(0).standing_usd
    together = without_endpoint(estimated(some + more)) - standing
    apart = [without_endpoint(estimated(rate)) - standing for rate in (some, more)]
    assert together == pytest.approx(sum(apart))


@given(RATES)
def test_a_thousand_questions_cost_the_same_at_every_load(rate):
    assert estimated(rate).usd_per_thousand == pytest.approx(estimated(1).usd_per_thousand)
    assert estimated(rate).standing_usd == pytest.approx(estimated(0).standing_usd)


@given(RATES)
def test_lines_add_up_and_none_is_negative(rate):
    whole = estimated(rate)
    assert whole.usd == pytest.approx(sum(line.usd for line in whole.lines))
    assert all(line.usd >= 0 for line in whole.lines)
    assert 0 <= whole.endpoint_percent <= 100


@pytest.mark.parametrize("endpoint", [SAGEMAKER, EC2])
@given(idle=st.integers(1, 300), hour=st.integers(0, 23))
def test_sleeping_saves_exactly_the_price_of_its_hours(endpoint, idle, hour):
    sleep = SleepMaterials(
        time_zone="Europe/Moscow", asleep_from=f"{hour:02}:00", awake_from="09:00", idle_minutes=idle
    )
    running = awake(sleep, MONTH, OFFICE)
    instance, saved = endpoint.instance_type, MONTH.hours - running.hours
    always = estimated(of=materials(endpoint)).lines[0]
    napping = estimated(of=materials(endpoint), running=running).lines[0]
    assert always.part == napping.part == MODEL
    assert always.usd - napping.usd == pytest.approx(usd_per_hour(instance, 1) * saved)
    assert without_endpoint(estimated(running=running)) == pytest.approx(without_endpoint(estimated()))


def test_copies_follow_the_load_up_to_the_stages_limit():
    busy = usage().model_copy(
        update={"question": usage().question.model_copy(update={"model_share": 0.5, "model_seconds": 3.0})}
    )
    needed = {rate: estimated(rate, used=busy).bill.copies_needed for rate in (1, 40, 60, 600)}
    assert needed == {1: 1, 40: 1, 60: 2, 600: 15}
    assert estimated(600, used=busy).bill.copies == SAGEMAKER.max_copies
    first, second = (estimated(rate, used=busy).endpoint_usd for rate in (1, 60))
    assert second == pytest.approx(2 * first)


def test_an_instance_of_our_own_brings_its_disk_and_its_network():
    lines = {line.what: line.usd for line in estimated(of=materials(EC2)).lines if line.part == MODEL}
    assert set(lines) == {"instances", "their disks", "load balancer", "interface endpoints"}
    asleep = {line.what: line.usd for line in estimated(of=materials(EC2), running=Spans(())).lines}
    assert asleep["instances"] == asleep["their disks"] == 0
    assert asleep["interface endpoints"] == lines["interface endpoints"] > 0


def test_somebody_elses_model_costs_its_tokens_if_its_price_is_said():
    with_model = usage().model_copy(
        update={"question": usage().question.model_copy(update={"model_share": 0.5, "model_tokens": 800})}
    )
    unsaid = estimated(of=materials(EXTERNAL), used=with_model)
    said = estimated(of=materials(EXTERNAL), used=with_model, token_price=0.6)
    assert unsaid.endpoint_usd == 0
    questions = said.bill.month.questions
    assert said.endpoint_usd == pytest.approx(questions * 0.5 * 800 * 0.6 / 1e6)


def test_what_a_stage_does_not_have_makes_no_line():
    bare = materials(EXTERNAL, resources={}, firewall_rules=0, functions=(), schedules=())
    parts = {line.part for line in estimated(of=bare).lines}
    assert "Edge" not in parts
    assert "Functions" not in parts


def test_a_function_that_was_not_measured_is_named():
    stranger = FunctionMaterials(service="stranger", memory_mb=512, traced=False)
    assert estimated().not_measured == ()
    assert estimated(of=materials(functions=(stranger,))).not_measured == ("stranger",)


def test_a_region_without_prices_is_told():
    with pytest.raises(PriceUnknown, match="eu-west-1"):
        estimated(region="eu-west-1")
