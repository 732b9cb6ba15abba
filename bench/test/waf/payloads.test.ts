import { describe, expect, it } from "vitest";
import { payloadsOf, sample } from "../../waf/payloads.ts";
import type { BenchCase, BenchRequest } from "../../waf/requests.ts";

const one = (request: Partial<BenchRequest> & { text?: string }): BenchCase => ({
  set: "crs-942",
  id: "x",
  attack: true,
  request: {
    method: "GET",
    uri: "/get",
    version: "HTTP/1.1",
    headers: [
      ["Host", "localhost"],
      ["User-Agent", "agent"],
    ],
    ...request,
    body: Buffer.from(request.text ?? ""),
  },
});

describe("the payloads of attacks", () => {
  it.each([
    [{ uri: "/get?var=%27%20or%201&b=x+y" }, ["' or 1", "x y"]],
    [{ uri: "/get?alone" }, ["alone"]],
    [{ text: "pay=%3Cscript%3E&other=1\n" }, ["<script>", "1"]],
    [{ text: '{"$ne":1}' }, ['{"$ne":1}']],
    [{ uri: "/get/OR%20%271%27" }, ["OR '1'"]],
    [{ uri: "/get/index.php" }, []],
    [{ headers: [["X-Probe", "<b>"]] as [string, string][] }, ["<b>"]],
    [{ uri: "/get?q=%ff" }, ["%ff"]],
    [{ uri: `/get?q=${"x".repeat(601)}` }, []],
  ])("of %j are %j", (request, payloads) => {
    expect(payloadsOf([one(request)])).toEqual(payloads);
  });

  it("are each sent once", () => {
    expect(payloadsOf([one({ uri: "/get?a=1" }), one({ uri: "/get?b=1" })])).toEqual(["1"]);
  });
});

describe("a sample", () => {
  it("is spread evenly, and the same every time", () => {
    expect(sample([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 4)).toEqual([0, 2, 5, 7]);
    expect(sample([1, 2], 4)).toEqual([1, 2]);
  });
});
