import { randomUUID } from "node:crypto";
import { bodyText } from "../shared/body.ts";
import type { Database } from "../shared/database.ts";
import type { Answer, ApiRequest } from "../shared/function.ts";
import type { Order } from "../shared/orders.ts";
import { placeOrder } from "../shared/place-order.ts";
import { Unanswerable } from "../shared/refusal.ts";
import { readFeed } from "./feed.ts";

/** `importOrders`: places every order of a feed for the caller's company, or none. */
export async function importOrders(database: Database, { event, principal }: ApiRequest): Promise<Answer> {
  let text: string;
  try {
    text = bodyText(event);
  } catch {
    throw new Unanswerable(400, "The body is not UTF-8.");
  }
  const orders = readFeed(text);
  if (orders.length === 0) throw new Unanswerable(422, "The feed has no order.");
  const createdAt = new Date();
  const placed = await database.transaction(async (statements) => {
    const done: Order[] = [];
    for (const order of orders) {
      done.push(await placeOrder(statements, order, principal, { id: randomUUID(), createdAt }));
    }
    return done;
  });
  return { status: 201, json: { orders: placed }, rows: placed.length };
}
