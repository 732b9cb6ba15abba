import { oneOf, wholeNumber } from "@palisade/core";
import type { ForecastArgs } from "../args.ts";
import { COMPONENT, formed, share } from "../checks.ts";

/** The settings of a forecast, checked, with every default. */
export type ForecastSettings = Required<ForecastArgs>;

const CRON = /^(cron\(\S+( \S+){5}\)|rate\(\d+ (minute|hour|day)s?\))$/;
const CRON_ALLOWED = 'a schedule such as "cron(0 3 ? * MON *)" or "rate(1 day)"';

/** @throws PalisadeError when an argument is not allowed. */
export function forecastSettings(name: string, args: ForecastArgs): ForecastSettings {
  const place = (property: string) => ({ component: COMPONENT, name, property: `forecast.${property}` });
  const schedule = (property: "trainingSchedule" | "scoringSchedule", standard: string) =>
    formed(place(property), args[property] ?? standard, CRON, CRON_ALLOWED);
  return {
    trainingSchedule: schedule("trainingSchedule", "cron(0 3 ? * MON *)"),
    scoringSchedule: schedule("scoringSchedule", "cron(15 1 * * ? *)"),
    historyWeeks: wholeNumber(place("historyWeeks"), args.historyWeeks ?? 8, [4, 57]),
    gapLimit: share(place("gapLimit"), args.gapLimit ?? 0.5, [0.05, 10]),
    // https://docs.aws.amazon.com/sagemaker/latest/dg/serverless-endpoints.html#serverless-endpoints-how-it-works-memory
    endpointMemoryMegabytes: oneOf(
      place("endpointMemoryMegabytes"),
      args.endpointMemoryMegabytes ?? 2048,
      [1024, 2048, 3072, 4096, 5120, 6144],
    ),
    trainingInstanceType: formed(
      place("trainingInstanceType"),
      args.trainingInstanceType ?? "ml.m5.large",
      /^ml\.[a-z0-9]+\.[a-z0-9]+$/,
      'an instance type of SageMaker, such as "ml.m5.large"',
    ),
  };
}
