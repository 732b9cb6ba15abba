import { randomUUID } from "node:crypto";
import { header, type Principal } from "../shared/api.ts";
import type { Database } from "../shared/database.ts";
import { readJsonBody } from "../shared/defences/body-limits.ts";
import { checkCompany } from "../shared/defences/company-check.ts";
import type { OrderCheck } from "../shared/defences/order-permission.ts";
import { parseNewOrder } from "../shared/defences/order-schema.ts";
import type { Answer, ApiRequest } from "../shared/function.ts";
import { describeError, type Logger } from "../shared/log.ts";
import { orderIdOf } from "../shared/order-id.ts";
import { changeStatus, findOrder } from "../shared/order-store.ts";
import type { NewOrder, Order } from "../shared/orders.ts";
import { placeOrder } from "../shared/place-order.ts";
import { Refusal, Unanswerable } from "../shared/refusal.ts";
import { type Claim, claimOf, type IdempotencyStore } from "./idempotency.ts";

/** What the operations work on. */
export interface OrdersEdges {
  database: Database;
  idempotency: IdempotencyStore;
  log: Logger;
  /** Asks the policies about an order. By default nobody is asked. */
  checkOrder?: OrderCheck;
  /** The time, by default now. */
  now?: () => Date;
}

/** `placeOrder`: once for each `Idempotency-Key`, where the client gives one. */
export async function place(edges: OrdersEdges, { event, principal }: ApiRequest): Promise<Answer> {
  const order = parseNewOrder(readJsonBody(event));
  const claim = claimOf(header(event, "idempotency-key"), principal, order);
  const placed =
    claim === undefined
      ? await placeNow(edges, order, principal, randomUUID())
      : await placeOnce(edges, order, principal, claim, event.requestContext.requestId);
  return { status: 201, json: placed };
}

async function placeOnce(
  edges: OrdersEdges,
  order: NewOrder,
  principal: Principal,
  claim: Claim,
  requestId: string,
): Promise<Order> {
  // A claim that is neither kept nor given back can be taken over after a minute. That it could not be written is no reason to
  // answer that the order was not placed when it was, nor to answer with anything but why it was not.
  const loggingFailure = (error: unknown) =>
    edges.log({ level: "ERROR", event: "unwritten", requestId, what: "idempotency", ...describeError(error) });
  const taken = await edges.idempotency.take(claim);
  if ("placed" in taken) return taken.placed;
  const { orderId } = taken;
  let placed: Order;
  try {
    // A request that had the claim and died after it placed the order left it there.
    placed = (await findOrder(edges.database, orderId)) ?? (await placeNow(edges, order, principal, orderId));
  } catch (error) {
    // Only a refusal is certain to have placed nothing: of a connection that was lost, nobody knows what the server did.
    const isRefusal = error instanceof Refusal || error instanceof Unanswerable;
    const given = isRefusal ? edges.idempotency.release(claim) : edges.idempotency.suspend(claim, orderId);
    await given.catch(loggingFailure);
    throw error;
  }
  await edges.idempotency.keep(claim, placed).catch(loggingFailure);
  return placed;
}

function placeNow({ database, now }: OrdersEdges, order: NewOrder, principal: Principal, id: string): Promise<Order> {
  const createdAt = now?.() ?? new Date();
  return database.transaction((statements) => placeOrder(statements, order, principal, { id, createdAt }));
}

/** `getOrder`: an order of the caller's company. */
export async function get(edges: OrdersEdges, request: ApiRequest): Promise<Answer> {
  return { status: 200, json: await ownOrder(edges, request, "getOrder"), rows: 1 };
}

/** `cancelOrder`: an order of the caller's company that has not been shipped. Cancelling again changes nothing. */
export async function cancel(edges: OrdersEdges, request: ApiRequest): Promise<Answer> {
  const order = await ownOrder(edges, request, "cancelOrder");
  const cancelled =
    order.status === "cancelled" || (await changeStatus(edges.database, order.id, "cancelled", "placed"));
  if (!cancelled) throw new Unanswerable(409, "The order has been shipped.");
  return { status: 200, json: { ...order, status: "cancelled" } };
}

async function ownOrder(edges: OrdersEdges, request: ApiRequest, operationId: string): Promise<Order> {
  const order = await findOrder(edges.database, orderIdOf(request.event));
  if (order === undefined) throw new Unanswerable(404, "There is no such order.");
  await edges.checkOrder?.(request, operationId, order);
  checkCompany(request.principal, order.companyId);
  return order;
}
