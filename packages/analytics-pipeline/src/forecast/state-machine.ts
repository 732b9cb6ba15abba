import * as pulumi from "@pulumi/pulumi";

/** What the definition names. */
export interface TrainingDefinition {
  short: string;
  endpoint: string;
  jobName: pulumi.Input<string>;
  /** S3 URI ending in `/`. */
  folder: pulumi.Output<string>;
  partition: pulumi.Input<string>;
  image: pulumi.Output<string>;
  roleArn: pulumi.Input<string>;
  kmsKeyArn?: pulumi.Input<string>;
  hyperparameters: Record<string, string>;
  memoryMegabytes: number;
  instanceType: string;
}

/**
 * The training, in the Amazon States Language: count, train, make the model and its configuration, and give it to the endpoint, which the first run makes.
 * https://docs.aws.amazon.com/step-functions/latest/dg/connect-sagemaker.html
 */
export function trainingDefinition(named: TrainingDefinition) {
  const { short, endpoint, folder, partition, image, roleArn, kmsKeyArn } = named;
  const task = (integration: string) => pulumi.interpolate`arn:${partition}:states:::${integration}`;
  const format = (text: pulumi.Input<string>) => pulumi.interpolate`States.Format('${text}', $.id)`;
  const name = format(`${short}-{}`);
  const channel = (ChannelName: string) => ({
    ChannelName,
    ContentType: "text/csv",
    DataSource: {
      S3DataSource: {
        S3DataType: "S3Prefix",
        S3DataDistributionType: "FullyReplicated",
        "S3Uri.$": format(pulumi.interpolate`${folder}features/{}/${ChannelName}/`),
      },
    },
  });
  const retry = [{ ErrorEquals: ["States.TaskFailed"], IntervalSeconds: 60, MaxAttempts: 2, BackoffRate: 2 }];
  return {
    Comment: "Trains the forecast's model and gives it to the endpoint",
    StartAt: "Name",
    TimeoutSeconds: 14_400,
    States: {
      Name: { Type: "Pass", Parameters: { "id.$": "States.UUID()" }, Next: "Count" },
      Count: {
        Type: "Task",
        Resource: task("glue:startJobRun.sync"),
        Parameters: {
          JobName: named.jobName,
          Arguments: {
            "--mode": "features",
            "--features.$": format(pulumi.interpolate`${folder}features/{}/`),
          },
        },
        ResultPath: null,
        Retry: retry,
        Next: "Train",
      },
      Train: {
        Type: "Task",
        Resource: task("sagemaker:createTrainingJob.sync"),
        Parameters: {
          "TrainingJobName.$": name,
          RoleArn: roleArn,
          AlgorithmSpecification: { TrainingImage: image, TrainingInputMode: "File" },
          HyperParameters: named.hyperparameters,
          InputDataConfig: [channel("train"), channel("validation")],
          OutputDataConfig: {
            S3OutputPath: pulumi.interpolate`${folder}models/`,
            ...(kmsKeyArn !== undefined && { KmsKeyId: kmsKeyArn }),
          },
          ResourceConfig: {
            InstanceCount: 1,
            InstanceType: named.instanceType,
            VolumeSizeInGB: 10,
            ...(kmsKeyArn !== undefined && { VolumeKmsKeyId: kmsKeyArn }),
          },
          EnableNetworkIsolation: true, // Security Hub SageMaker.5
          EnableInterContainerTrafficEncryption: true,
          StoppingCondition: { MaxRuntimeInSeconds: 3600 },
        },
        ResultPath: "$.training",
        Retry: retry,
        Next: "Model",
      },
      Model: {
        Type: "Task",
        Resource: task("sagemaker:createModel"),
        Parameters: {
          "ModelName.$": name,
          ExecutionRoleArn: roleArn,
          EnableNetworkIsolation: true,
          PrimaryContainer: { Image: image, "ModelDataUrl.$": "$.training.ModelArtifacts.S3ModelArtifacts" },
        },
        ResultPath: null,
        Next: "Configuration",
      },
      Configuration: {
        Type: "Task",
        Resource: task("sagemaker:createEndpointConfig"),
        Parameters: {
          "EndpointConfigName.$": name,
          ProductionVariants: [
            {
              VariantName: "all",
              "ModelName.$": name,
              ServerlessConfig: { MemorySizeInMB: named.memoryMegabytes, MaxConcurrency: 1 },
            },
          ],
        },
        ResultPath: null,
        Next: "Update",
      },
      Update: {
        Type: "Task",
        Resource: task("sagemaker:updateEndpoint"),
        Parameters: { EndpointName: endpoint, "EndpointConfigName.$": name },
        ResultPath: null,
        // There is none before the first model.
        Catch: [{ ErrorEquals: ["SageMaker.AmazonSageMakerException"], ResultPath: null, Next: "First" }],
        End: true,
      },
      First: {
        Type: "Task",
        Resource: task("sagemaker:createEndpoint"),
        Parameters: { EndpointName: endpoint, "EndpointConfigName.$": name },
        ResultPath: null,
        End: true,
      },
    },
  };
}
