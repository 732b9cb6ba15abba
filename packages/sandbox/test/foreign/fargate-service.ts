import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** A web service on Fargate behind a load balancer, in subnets of the default network. */
export function fargateService() {
  const group = new aws.ec2.SecurityGroup("web", {
    vpcId: "vpc-1",
    ingress: [{ protocol: "tcp", fromPort: 80, toPort: 80, cidrBlocks: ["0.0.0.0/0"] }],
    egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
  });
  const balancer = new aws.lb.LoadBalancer("web", { securityGroups: [group.id], subnets: ["subnet-1", "subnet-2"] });
  const target = new aws.lb.TargetGroup("web", { port: 80, protocol: "HTTP", targetType: "ip", vpcId: "vpc-1" });
  const listener = new aws.lb.Listener("web", {
    loadBalancerArn: balancer.arn,
    port: 80,
    defaultActions: [{ type: "forward", targetGroupArn: target.arn }],
  });
  const role = new aws.iam.Role("task", {
    assumeRolePolicy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Action: "sts:AssumeRole", Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" } }],
    }),
  });
  new aws.iam.RolePolicyAttachment("task", {
    role: role.name,
    policyArn: "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy",
  });
  const repository = new aws.ecr.Repository("app", { forceDelete: true });
  const cluster = new aws.ecs.Cluster("web");
  const task = new aws.ecs.TaskDefinition("app", {
    family: "app",
    cpu: "256",
    memory: "512",
    networkMode: "awsvpc",
    requiresCompatibilities: ["FARGATE"],
    executionRoleArn: role.arn,
    containerDefinitions: pulumi.jsonStringify([
      { name: "app", image: repository.repositoryUrl, portMappings: [{ containerPort: 80 }] },
    ]),
  });
  new aws.ecs.Service(
    "app",
    {
      cluster: cluster.arn,
      desiredCount: 3,
      launchType: "FARGATE",
      taskDefinition: task.arn,
      networkConfiguration: { assignPublicIp: true, subnets: ["subnet-1", "subnet-2"], securityGroups: [group.id] },
      loadBalancers: [{ targetGroupArn: target.arn, containerName: "app", containerPort: 80 }],
    },
    { dependsOn: [listener] },
  );
  return { url: balancer.dnsName };
}
