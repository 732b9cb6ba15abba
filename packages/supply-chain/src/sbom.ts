import { Enums, Models, Serialize, SPDX, Spec, Validation } from "@cyclonedx/cyclonedx-library";

/** A package inside a bundle. */
export interface Component {
  name: string;
  version: string;
  /** SPDX expression, or `""`. */
  licence: string;
  /** Of the package's file in the registry, as pnpm's lock file has it: `sha512-…`. */
  integrity: string;
}

/** What a bill of materials is made of. */
export interface BundleFacts {
  /** The function. */
  name: string;
  /** SHA-256 of the zip, hexadecimal. */
  sha256: string;
  components: readonly Component[];
}

/**
 * The bill of materials of a function's bundle, CycloneDX 1.6 in JSON: every package of which code is in the zip, as esbuild's list of
 * inputs has it, with its licence and the hash of the file that it was installed from. The same bundle has the same bill.
 */
export function billOfMaterials({ name, sha256, components }: BundleFacts): string {
  const bom = new Models.Bom();
  const bundle = new Models.Component(Enums.ComponentType.Application, name, {
    bomRef: `function:${name}`,
    version: sha256.slice(0, 12),
    hashes: new Models.HashDictionary([[Enums.HashAlgorithm["SHA-256"], sha256]]),
  });
  bom.metadata.component = bundle;
  for (const component of components) {
    const purl = purlOf(component);
    const made = new Models.Component(Enums.ComponentType.Library, component.name, {
      bomRef: purl,
      version: component.version,
      purl,
      hashes: new Models.HashDictionary([[Enums.HashAlgorithm["SHA-512"], hexadecimal(component.integrity)]]),
    });
    if (component.licence !== "") made.licenses.add(licenceOf(component.licence));
    bom.components.add(made);
    bundle.dependencies.add(made.bomRef);
  }
  const factory = new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6);
  return `${new Serialize.JsonSerializer(factory).serialize(bom, { sortLists: true, space: 2 })}\n`;
}

/**
 * Checks a bill of materials against CycloneDX's own schema.
 *
 * @returns what the schema finds, or undefined
 */
export async function schemaFault(bill: string): Promise<string | undefined> {
  const fault = await new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(bill);
  return fault === null ? undefined : JSON.stringify(fault).slice(0, 500);
}

function licenceOf(licence: string): Models.SpdxLicense | Models.LicenseExpression | Models.NamedLicense {
  if (/ (OR|AND|WITH) /.test(licence)) return new Models.LicenseExpression(licence);
  // What SPDX does not know would be left out of the bill.
  return SPDX.isSupportedSpdxId(licence) ? new Models.SpdxLicense(licence) : new Models.NamedLicense(licence);
}

/** The package URL of an npm package (purl-spec, type `npm`): the scope's `@` is encoded. */
export function purlOf({ name, version }: Pick<Component, "name" | "version">): string {
  return `pkg:npm/${name.replace("@", "%40")}@${encodeURIComponent(version)}`;
}

function hexadecimal(integrity: string): string {
  return Buffer.from(integrity.replace("sha512-", ""), "base64").toString("hex");
}
