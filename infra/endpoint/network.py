"""The network of an endpoint on EC2: two isolated subnets, the doors to AWS, and who may talk to whom.

No subnet has a way to the internet or from it. Knows ports and doors; why they are what they are says
docs/decisions/0022-no-way-out.md. Refuses to know what runs behind a security group.
"""

from __future__ import annotations

from aws_cdk import CfnOutput
from aws_cdk import aws_ec2 as ec2
from aws_cdk import aws_iam as iam
from constructs import Construct

from infra.data import DataStack
from infra.endpoint.container import PORT
from infra.endpoint.interface import Network
from infra.log_groups import PlatformLogs
from infra.model_endpoints import Ec2Endpoint, StageError
from infra.permissions import allow
from infra.stages import Stage

CIDR = "10.42.0.0/22"
SUBNET_MASK = 24
ZONES = 2
HTTP, HTTPS = ec2.Port.tcp(80), ec2.Port.tcp(443)
SERVICE = ec2.InterfaceVpcEndpointAwsService
FOR_MACHINES = {
    "EcrApi": SERVICE.ECR,
    "EcrDocker": SERVICE.ECR_DOCKER,
    "Logs": SERVICE.CLOUDWATCH_LOGS,
    "Monitoring": SERVICE.CLOUDWATCH_MONITORING,
    "Ssm": SERVICE.SSM,
    "SsmMessages": SERVICE.SSM_MESSAGES,  # today's agent needs no ec2messages beside it
}
FOR_CALLERS = {"Sqs": SERVICE.SQS}
NOWHERE = {"IpProtocol": "-1", "CidrIp": "127.0.0.1/32", "Description": "Nowhere but by the rules beside"}

# What AWS calls its own addresses in a region: aws ec2 describe-managed-prefix-lists. No template can ask.
PREFIX_LISTS = {
    "eu-central-1": {"s3": "pl-6ea54007", "dynamodb": "pl-66a5400f"},
    "us-east-1": {"s3": "pl-63a5400a", "dynamodb": "pl-02cd2c6b"},
}


class ModelNetwork(Construct):
    """`machines` run the model behind `balancer`, `callers` ask it, `doors` lead to AWS."""

    def __init__(
        self, scope: Construct, id_: str, *, settings: Ec2Endpoint, stage: Stage, data: DataStack
    ) -> None:
        super().__init__(scope, id_)
        if stage.region not in PREFIX_LISTS:
            raise StageError(f"Region {stage.region}: add its prefix lists to infra/endpoint/network.py.")
        self._addresses = PREFIX_LISTS[stage.region]
        self._customer = settings.customer_network
        self.vpc = self._vpc()
        self.subnets = tuple(self.vpc.isolated_subnets)
        self.selection = ec2.SubnetSelection(subnets=list(self.subnets))
        self._flow_log(stage, data)
        self.balancer = self._group("Balancer", "the load balancer before the model")
        self.machines = self._group("Machines", "the machines that run the model")
        self.callers = self._group("Callers", "the functions that ask the model")
        self._doors_to_aws(self._group("Doors", "the doors to AWS"))
        self._way_of_a_question()

    @property
    def for_callers(self) -> Network:
        return Network(vpc=self.vpc, subnets=self.subnets, security_group=self.callers)

    def _vpc(self) -> ec2.Vpc:
        subnet = ec2.SubnetConfiguration(
            name="Model", subnet_type=ec2.SubnetType.PRIVATE_ISOLATED, cidr_mask=SUBNET_MASK
        )
        vpc = ec2.Vpc(
            self,
            "Vpc",
            ip_addresses=ec2.IpAddresses.cidr(CIDR),
            max_azs=ZONES,
            nat_gateways=0,
            subnet_configuration=[subnet],
            restrict_default_security_group=False,  # CDK would plant a function; nothing uses that group
            vpn_gateway=self._customer is not None,
            vpn_route_propagation=(
                [ec2.SubnetSelection(subnet_type=ec2.SubnetType.PRIVATE_ISOLATED)] if self._customer else None
            ),
        )
        if self._customer is not None:
            assert vpc.vpn_gateway_id is not None
            CfnOutput(self, "VpnGatewayId", value=vpc.vpn_gateway_id)
        return vpc

    def _flow_log(self, stage: Stage, data: DataStack) -> None:
        log_group = PlatformLogs(
            self, "FlowLog", stage=stage, data=data, name=f"/aws/vpc/attendant-{stage.name}"
        )
        role = iam.Role(self, "FlowLogRole", assumed_by=iam.ServicePrincipal("vpc-flow-logs.amazonaws.com"))
        policy = iam.Policy(self, "FlowLogPermissions", roles=[role])
        policy.add_statements(
            allow(
                ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
                log_group.log_group_arn,
            )
        )
        flow_log = ec2.CfnFlowLog(
            self,
            "Flows",
            resource_id=self.vpc.vpc_id,
            resource_type="VPC",
            traffic_type="ALL",
            log_destination_type="cloud-watch-logs",
            log_group_name=log_group.log_group_name,
            deliver_logs_permission_arn=role.role_arn,
        )
        flow_log.node.add_dependency(policy)

    def _group(self, id_: str, of: str) -> ec2.SecurityGroup:
        """EC2 lets a new group out to everywhere unless a rule stands in the group itself; rules between
        groups stand beside them. So each begins with one that leads nowhere.
        """
        group = ec2.SecurityGroup(
            self, id_, vpc=self.vpc, description=f"Attendant: {of}", allow_all_outbound=False
        )
        resource = group.node.default_child
        assert isinstance(resource, ec2.CfnSecurityGroup)
        resource.add_property_override("SecurityGroupEgress", [NOWHERE])
        return group

    def _doors_to_aws(self, doors: ec2.SecurityGroup) -> None:
        self.vpc.add_gateway_endpoint("S3", service=ec2.GatewayVpcEndpointAwsService.S3)
        self.vpc.add_gateway_endpoint("DynamoDb", service=ec2.GatewayVpcEndpointAwsService.DYNAMODB)
        for id_, service in {**FOR_MACHINES, **FOR_CALLERS}.items():
            self.vpc.add_interface_endpoint(
                id_,
                service=service,
                subnets=ec2.SubnetSelection(subnets=[self.subnets[0]]),
                security_groups=[doors],
                open=False,
            )
        for group, whose in ((self.machines, "the machines"), (self.callers, "the functions")):
            doors.add_ingress_rule(group, HTTPS, f"AWS, asked by {whose}")
            group.add_egress_rule(doors, HTTPS, "AWS through the doors of this network")
        s3 = ec2.Peer.prefix_list(self._addresses["s3"])
        self.machines.add_egress_rule(s3, HTTPS, "S3: weights and layers of the image")
        self.callers.add_egress_rule(s3, HTTPS, "S3: published documents")
        dynamodb = ec2.Peer.prefix_list(self._addresses["dynamodb"])
        self.callers.add_egress_rule(dynamodb, HTTPS, "DynamoDB: dialogues and control")

    def _way_of_a_question(self) -> None:
        model = ec2.Port.tcp(PORT)
        self.callers.add_egress_rule(self.balancer, HTTP, "questions to the model")
        self.balancer.add_ingress_rule(self.callers, HTTP, "questions of the functions")
        if self._customer is not None:
            customer = ec2.Peer.ipv4(self._customer)
            self.balancer.add_ingress_rule(customer, HTTP, "questions out of the customer's network")
        self.balancer.add_egress_rule(self.machines, model, "questions and health checks")
        self.machines.add_ingress_rule(self.balancer, model, "questions and health checks")
