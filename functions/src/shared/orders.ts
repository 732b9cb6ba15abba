/** One product of an order, and how many. */
export interface OrderLine {
  sku: string;
  quantity: number;
}

/** An order as a partner gives it: what it does not say, such as the price, is the service's to decide. */
export interface NewOrder {
  lines: OrderLine[];
  note?: string;
}

/** The states of an order. */
export const orderStatuses = ["placed", "shipped", "cancelled"] as const;

/** One of the states of an order. */
export type OrderStatus = (typeof orderStatuses)[number];

/** An order as the API shows it (`Order` of openapi.yaml). */
export interface Order {
  id: string;
  companyId: string;
  status: string;
  note?: string;
  lines: OrderLine[];
  totalCents: number;
  discountCents: number;
}
