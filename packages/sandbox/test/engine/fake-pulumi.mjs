// Stands for Pulumi's CLI in run.test.ts: answers the commands of the Automation API, notes them, and on `up` has the attached
// provider make one resource. Arguments: the file to note to, then the CLI's own.
import { appendFileSync, existsSync, writeFileSync } from "node:fs";
import grpc from "@grpc/grpc-js";
import { EventsClient } from "@pulumi/pulumi/proto/events_grpc_pb.js";
import eventsProto from "@pulumi/pulumi/proto/events_pb.js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import proto from "@pulumi/pulumi/proto/provider_pb.js";
import structProto from "google-protobuf/google/protobuf/struct_pb.js";

const insecure = grpc.credentials.createInsecure();
const [, , notes, ...args] = process.argv;
const line = args.join(" ");
const command = args
  .filter((arg) => !arg.startsWith("-"))
  .slice(0, 2)
  .join(" ");
if (!/^(version|stack (output|history))/.test(line)) appendFileSync(notes, `${line}\n`);
if (process.env.FAKE_FAILS === args[0]) {
  console.error(`the engine failed at ${args[0]}`);
  process.exit(1);
}
if (args[0] === "preview") {
  const client = new EventsClient(args[args.indexOf("--event-log") + 1].slice("tcp://".length), insecure);
  const event = new eventsProto.EventRequest();
  event.setEvent(JSON.stringify({ summaryEvent: { resourceChanges: { create: 1 } } }));
  await new Promise((resolve) => {
    const stream = client.streamEvents(resolve);
    stream.write(event);
    stream.end();
  });
  client.close();
}
if (args[0] === "version") console.log("v3.259.0");
else if (command === "stack select") {
  if (!existsSync(`${notes}.stack`)) {
    console.error("error: no stack named 'dev' found");
    process.exit(1);
  }
} else if (command === "stack init") writeFileSync(`${notes}.stack`, "");
else if (command === "stack output") console.log("{}");
else if (command === "stack history") {
  console.log(
    JSON.stringify([{ kind: "update", result: "succeeded", startTime: new Date(), resourceChanges: { same: 1 } }]),
  );
} else if (args[0] === "up" && !existsSync(`${notes}.made`)) {
  writeFileSync(`${notes}.made`, process.env.PULUMI_DEBUG_PROVIDERS);
  const [, port] = process.env.PULUMI_DEBUG_PROVIDERS.split(",")[0].split(":");
  const client = new ResourceProviderClient(`127.0.0.1:${port}`, insecure);
  for (const name of ["one", "two"]) {
    const request = new proto.CreateRequest();
    request.setUrn(`urn:pulumi:dev::palisade::aws:test/database:Database::${name}`);
    request.setProperties(structProto.Struct.fromJavaScript({ ca: "{databaseCa}" }));
    await new Promise((resolve, reject) =>
      client.create(request, (error, made) => (error ? reject(error) : resolve(made))),
    );
  }
  client.close();
}
