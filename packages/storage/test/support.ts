import * as pulumi from "@pulumi/pulumi";

/** A component as those that call the functions. */
export class Owner extends pulumi.ComponentResource {
  constructor(name: string, build: (parent: pulumi.Resource) => void) {
    super("test:index:Owner", name);
    build(this);
  }
}
