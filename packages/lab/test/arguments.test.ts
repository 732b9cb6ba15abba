import { describe, expect, it } from "vitest";
import { parseCommand, UsageError } from "../src/arguments.ts";

const IDS = ["no-token", "sqli-union"];
const parse = (...argv: string[]) => parseCommand(argv, IDS);

describe("the command", () => {
  it.each([
    [[], { name: "lab", only: [] }],
    [["--json", "out.json"], { name: "lab", only: [], json: "out.json" }],
    [["--only", "no-token", "--only", "sqli-union"], { name: "lab", only: ["no-token", "sqli-union"] }],
    [["--without", "edge"], { name: "lab", only: [], without: "edge" }],
    [
      ["--without=edge", "--only", "no-token", "--json", "e.json"],
      { name: "lab", only: ["no-token"], without: "edge", json: "e.json" },
    ],
    [["--help"], { name: "help" }],
    [["attack", "-h"], { name: "help" }],
    [["up", "prod"], { name: "up", stage: "prod" }],
    [["up", "weak", "--json=up.json"], { name: "up", stage: "weak", json: "up.json" }],
    [["attack", "--stage", "prod"], { name: "attack", stage: "prod", only: [] }],
    [
      ["attack", "--stage", "weak", "--only", "no-token", "--json", "a.json"],
      { name: "attack", stage: "weak", only: ["no-token"], json: "a.json" },
    ],
    [["layers"], { name: "layers", only: [] }],
    [["layers", "--only", "no-token"], { name: "layers", only: ["no-token"] }],
  ])("%j is %j", (argv, command) => {
    expect(parse(...argv)).toEqual(command);
  });
});

describe("what is not understood", () => {
  it.each([
    [["--speed", "9"], "lab: Unknown option '--speed'. See --help."],
    [["--json"], "lab: Option '--json <value>' argument missing. See --help."],
    [["down"], 'lab: there is no command "down"; the commands are up, attack and layers, or none.'],
    [["lab"], 'lab: there is no command "lab"; the commands are up, attack and layers, or none.'],
    [["up"], "lab: no stage was given; write lab up weak or lab up prod."],
    [["up", "dev"], 'lab: there is no stage "dev"; write lab up weak or lab up prod.'],
    [["up", "prod", "now"], 'lab: up does not take "now". See --help.'],
    [["up", "prod", "--only", "no-token"], "lab: up there is no --only. See --help."],
    [["--stage", "prod"], "lab: without a command there is no --stage. See --help."],
    [["--without", "iam"], 'lab: prod has no layer "iam" to leave out as a whole; write lab --without edge.'],
    [["layers", "--without", "edge"], "lab: layers there is no --without. See --help."],
    [["attack"], "lab: no stage was given; write lab attack --stage weak or lab attack --stage prod."],
    [["attack", "prod"], 'lab: attack does not take "prod". See --help.'],
    [
      ["attack", "--stage", "x"],
      'lab: there is no stage "x"; write lab attack --stage weak or lab attack --stage prod.',
    ],
    [["--only", "sqli"], 'lab: there is no attack "sqli"; the attacks are no-token, sqli-union.'],
  ])("%j is answered with a sentence", (argv, sentence) => {
    expect(() => parse(...argv)).toThrow(new UsageError(sentence));
  });
});
