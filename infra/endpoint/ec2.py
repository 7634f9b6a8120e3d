"""One model on GPU machines of an Auto Scaling group, in a network without a way out.

Knows the machines, their load balancer and what they may read. Refuses to say how many of them run: the group
has no desired capacity, so it begins with none, and a deploy leaves their number as it is. Capacity has one
writer, the breaker's function.
"""

from __future__ import annotations

from typing import Any

from aws_cdk import CfnOutput, Duration, Stack, Tags
from aws_cdk import aws_autoscaling as autoscaling
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_elasticloadbalancingv2 as balancing
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_sns as sns
from constructs import Construct

from infra.data import DataStack
from infra.endpoint.container import (
    PORT,
    container_environment,
    image_uri,
    reads_for_the_container,
    reads_weights,
    registry,
    weight_keys,
)
from infra.endpoint.ec2_metrics import group_metrics, scale_on_calls
from infra.endpoint.interface import Endpoint, Rights
from infra.endpoint.machine import DISK, DRAIN_SECONDS, IMAGE_PARAMETER, Machine
from infra.endpoint.network import ModelNetwork
from infra.endpoint.version import with_version
from infra.log_groups import PlatformLogs
from infra.model_endpoints import Ec2Endpoint
from infra.permissions import allow
from infra.stages import Stage

HEALTHY_AFTER_CHECKS = 2
CHECK_EVERY = Duration.seconds(10)


def ec2_endpoint(
    scope: Construct, id_: str, *, settings: Ec2Endpoint, stage: Stage, data: DataStack, **stack: Any
) -> Endpoint:
    return _Ec2Stack(scope, id_, settings=settings, stage=stage, data=data, **stack).endpoint


class _Ec2Stack(Stack):
    """balancer -> group of machines, all in isolated subnets."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        settings: Ec2Endpoint,
        stage: Stage,
        data: DataStack,
        **stack: Any,
    ) -> None:
        super().__init__(scope, id_, **stack)
        self._settings, self._stage, self._data = with_version(self, settings), stage, data
        self._name = f"attendant-{stage.name}"
        self._network = ModelNetwork(self, "Network", settings=settings, stage=stage, data=data)
        self._log_group = PlatformLogs(self, "Log", stage=stage, data=data, name=f"/aws/ec2/{self._name}")
        group = self._group()
        balancer = self._balancer()
        targets = self._targets(balancer, group)
        scale_on_calls(self, group, balancer, targets, slots=settings.model_slots)
        self.endpoint = Endpoint(
            invoking=self._invoking(balancer),
            capacity=self._switching(group, targets),
            network=self._network.for_callers,
            metrics=group_metrics(self._name, targets),
        )

        CfnOutput(self, "ModelGroup", value=group.auto_scaling_group_name)

    def _group(self) -> autoscaling.AutoScalingGroup:
        startup = Duration.seconds(self._settings.startup_seconds)
        group = autoscaling.AutoScalingGroup(
            self,
            "Group",
            vpc=self._network.vpc,
            vpc_subnets=self._network.selection,
            launch_template=self._launch_template(),
            min_capacity=0,  # the writer of capacity raises it to 1 while a machine is wanted
            max_capacity=self._settings.max_copies,
            health_checks=autoscaling.HealthChecks.with_additional_checks(
                additional_types=[autoscaling.AdditionalHealthCheckType.ELB], grace_period=startup
            ),
            default_instance_warmup=startup,
            # a new version replaces machines one by one; with a single one, facts answer meanwhile
            update_policy=autoscaling.UpdatePolicy.rolling_update(
                min_instances_in_service=0, max_batch_size=1, pause_time=startup
            ),
            group_metrics=[autoscaling.GroupMetrics.all()],
            notifications=[
                autoscaling.NotificationConfiguration(
                    topic=self._comings_and_goings(), scaling_events=autoscaling.ScalingEvents.ALL
                )
            ],
        )
        Tags.of(group).add("Name", f"{self._name}-model")
        return group

    def _comings_and_goings(self) -> sns.Topic:
        """For whoever wants to follow the machines; nobody has to, so nobody is subscribed."""
        key = kms.Alias.from_alias_name(self, "TopicKey", "alias/aws/sns")
        return sns.Topic(self, "ComingsAndGoings", master_key=key, enforce_ssl=True)

    def _launch_template(self) -> ec2.LaunchTemplate:
        """No key pair and no address of its own: Session Manager is the only way in."""
        role = self._role()
        disk = ec2.BlockDeviceVolume.ebs(
            self._settings.disk_gb,
            volume_type=ec2.EbsDeviceVolumeType.GP3,
            encrypted=True,
            delete_on_termination=True,
        )
        return ec2.LaunchTemplate(
            self,
            "Machine",
            instance_type=ec2.InstanceType(self._settings.instance_type),
            machine_image=ec2.MachineImage.from_ssm_parameter(IMAGE_PARAMETER),
            role=role,
            security_group=self._network.machines,
            block_devices=[ec2.BlockDevice(device_name=DISK, volume=disk)],
            require_imdsv2=True,
            http_put_response_hop_limit=1,  # one more would reach into the container
            instance_metadata_tags=False,
            associate_public_ip_address=False,
            detailed_monitoring=True,
            ebs_optimized=True,
            user_data=self._machine().user_data(),
        )

    def _role(self) -> iam.Role:
        assert self._data.models is not None  # the data stack has the bucket wherever weights are loaded
        role = iam.Role(
            self,
            "Role",
            assumed_by=iam.ServicePrincipal("ec2.amazonaws.com"),
            managed_policies=[self._data.unscopable],
        )
        policy = iam.Policy(self, "Permissions", roles=[role])
        policy.add_statements(
            reads_weights(self._settings, self._data.models),
            *reads_for_the_container(self, self._settings, log_groups=(self._log_group,)),
        )
        return role

    def _machine(self) -> Machine:
        assert self._data.models is not None
        return Machine(
            endpoint=self._name,
            region=self.region,
            registry=registry(),
            image=image_uri(self._settings),
            environment=container_environment(self._settings),
            bucket=self._data.models.bucket_name,
            weights=weight_keys(self._settings),
            weights_prefix=self._settings.weights,
            memory_limit_mb=self._settings.memory_limit_mb,
            log_group=self._log_group.log_group_name,
            startup_seconds=self._settings.startup_seconds,
        )

    def _balancer(self) -> balancing.NetworkLoadBalancer:
        balancer = balancing.NetworkLoadBalancer(
            self,
            "Balancer",
            vpc=self._network.vpc,
            vpc_subnets=self._network.selection,
            internet_facing=False,
            security_groups=[self._network.balancer],
            cross_zone_enabled=True,  # one machine stands in one zone, its callers in both
            deletion_protection=self._stage.keep_data,
        )
        # AWS writes it for TLS listeners alone; who called is in the network's flow log
        balancer.log_access_logs(self._data.access_logs, "model-balancer")
        return balancer

    def _targets(
        self, balancer: balancing.NetworkLoadBalancer, group: autoscaling.AutoScalingGroup
    ) -> balancing.NetworkTargetGroup:
        targets = balancing.NetworkTargetGroup(
            self,
            "Targets",
            vpc=self._network.vpc,
            port=PORT,
            protocol=balancing.Protocol.TCP,
            targets=[group],
            health_check=balancing.HealthCheck(
                protocol=balancing.Protocol.HTTP,
                path="/ping",
                interval=CHECK_EVERY,
                healthy_threshold_count=HEALTHY_AFTER_CHECKS,
                unhealthy_threshold_count=HEALTHY_AFTER_CHECKS,
            ),
            deregistration_delay=Duration.seconds(DRAIN_SECONDS),
            connection_termination=True,
        )
        balancer.add_listener("Questions", port=80, default_target_groups=[targets])
        return targets

    def _invoking(self, balancer: balancing.NetworkLoadBalancer) -> Rights:
        """Calling it is a matter of the network, not of a right."""
        return Rights(
            environment={
                "MODEL_KIND": "external",
                "MODEL_URL": f"http://{balancer.load_balancer_dns_name}",
            }
        )

    def _switching(
        self, group: autoscaling.AutoScalingGroup, targets: balancing.NetworkTargetGroup
    ) -> Rights:
        """Beside these, reading the group's state stands among the rights that no resource can scope."""
        resource = group.node.default_child
        assert isinstance(resource, autoscaling.CfnAutoScalingGroup)
        return Rights(
            environment={
                "CAPACITY_KIND": "ec2",
                "CAPACITY_GROUP": group.auto_scaling_group_name,
                "CAPACITY_TARGETS": targets.target_group_arn,
            },
            permissions=(
                allow(
                    [
                        "autoscaling:ResumeProcesses",
                        "autoscaling:SuspendProcesses",
                        "autoscaling:UpdateAutoScalingGroup",
                    ],
                    resource.attr_auto_scaling_group_arn,
                ),
            ),
        )
