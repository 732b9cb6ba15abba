/** The page: a partner signs in, searches, orders, opens a receipt and signs out. What the API says reaches the document as text, never as markup. */
import { ask, type Order, type Partner, type Product, Refused } from "./api.ts";
import { beginSignIn, endSignIn, type LoginConfig, signOut } from "./login.ts";

const config = (await ask("GET", "/config.json")) as LoginConfig;

function byId<T extends HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the document has no #${id}`);
  return found as T;
}

/** Says what happened, to readers too. */
function say(text: string): void {
  byId("status").textContent = text;
}

function cell(content: string | Node): HTMLTableCellElement {
  const made = document.createElement("td");
  made.append(content);
  return made;
}

function row(...contents: (string | Node)[]): HTMLTableRowElement {
  const made = document.createElement("tr");
  made.append(...contents.map(cell));
  return made;
}

const price = (cents: number) => (cents / 100).toLocaleString(undefined, { style: "currency", currency: "USD" });

/** Runs what a button or a form is for, once at a time, and says what went wrong. */
function does(element: HTMLElement, event: "click" | "submit", work: () => Promise<void>): void {
  const button = element instanceof HTMLFormElement ? element.querySelector("button") : (element as HTMLButtonElement);
  element.addEventListener(event, async (happened) => {
    happened.preventDefault();
    if (button === null || button.disabled) return;
    button.disabled = true;
    try {
      await work();
    } catch (error) {
      if (error instanceof Refused && error.status === 401) show(undefined);
      say(error instanceof Error ? error.message : "Something went wrong.");
    } finally {
      button.disabled = false;
    }
  });
}

async function search(): Promise<void> {
  const term = byId<HTMLInputElement>("term").value;
  const { products } = (await ask("GET", `/page/products?${new URLSearchParams({ q: term })}`)) as {
    products: Product[];
  };
  byId("products").hidden = products.length === 0;
  byId("product-rows").replaceChildren(
    ...products.map(({ name, sku, priceCents }) => {
      const choose = document.createElement("button");
      choose.type = "button";
      choose.className = "quiet";
      choose.textContent = "Choose";
      choose.setAttribute("aria-label", `Choose ${name}`);
      choose.addEventListener("click", () => {
        byId<HTMLInputElement>("sku").value = sku;
        byId("quantity").focus();
      });
      return row(name, sku, price(priceCents), choose);
    }),
  );
  say(products.length === 1 ? "1 product found." : `${products.length} products found.`);
}

async function placeOrder(): Promise<void> {
  const note = byId<HTMLTextAreaElement>("note").value.trim();
  const line = { sku: byId<HTMLInputElement>("sku").value, quantity: byId<HTMLInputElement>("quantity").valueAsNumber };
  const body = { lines: [line], ...(note === "" ? {} : { note }) };
  const order = (await ask("POST", "/page/orders", body, { "Idempotency-Key": crypto.randomUUID() })) as Order;
  const receipt = document.createElement("a");
  receipt.href = `/orders/${encodeURIComponent(order.id)}/receipt`;
  receipt.textContent = "Open the receipt";
  byId("order-rows").prepend(row(order.id, price(order.totalCents), receipt));
  byId("orders").hidden = false;
  say("The order is placed.");
}

function show(partner: Partner | undefined): void {
  byId("shop").hidden = partner === undefined;
  byId("sign-in").hidden = partner !== undefined;
  byId("sign-out").hidden = partner === undefined;
  byId("sign-out-everywhere").hidden = partner === undefined;
  byId("who").textContent =
    partner === undefined ? "" : `Signed in for ${partner.companyId || partner.groups.join(", ")}`;
}

async function start(): Promise<void> {
  does(byId("sign-in"), "click", () => beginSignIn(config));
  does(byId("sign-out"), "click", () => signOut(config, false));
  does(byId("sign-out-everywhere"), "click", () => signOut(config, true));
  does(byId("search-form"), "submit", search);
  does(byId("order-form"), "submit", placeOrder);
  try {
    await endSignIn();
    show((await ask("GET", "/page/partner")) as Partner);
    say("");
  } catch (error) {
    show(undefined);
    const unknown = error instanceof Refused && error.status === 401;
    say(unknown || !(error instanceof Error) ? "Sign in to order." : error.message);
  }
}

await start();
