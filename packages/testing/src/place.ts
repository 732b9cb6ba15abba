/** The region, partition and account that the mocks answer with. */
export interface MockPlace {
  /** Default: `aws`. Record with `aws-cn` to prove that no partition is written down. */
  partition: string;
  /** Default: `eu-central-1`, which nobody hard-codes. */
  region: string;
  /** Default: `111122223333`, one of AWS's own example accounts. */
  accountId: string;
}

export const DEFAULT_PLACE: MockPlace = { partition: "aws", region: "eu-central-1", accountId: "111122223333" };
