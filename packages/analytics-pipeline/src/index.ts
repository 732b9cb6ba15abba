export { AnalyticsPipeline } from "./analytics-pipeline.ts";
export type {
  AnalyticsPipelineArgs,
  ForecastArgs,
  LakeFormationArgs,
  LogSource,
  QuickSightArgs,
  TrailSource,
  WarehouseArgs,
} from "./args.ts";
