import { levelsOf } from "./levels.ts";
import { padded } from "./markdown-table.ts";
import type { Rule } from "./model.ts";

/** `RULES.md`: a table of every rule, generated from the registry. */
export function rulesMarkdown(rules: readonly Rule[]): string {
  const [dev, prod] = [levelsOf("dev"), levelsOf("prod")];
  const rows = rules.map(({ name, description, severity, references, remediation, url }) => {
    const from = references.map(({ framework, id }) => `${framework} ${id}`).join(", ");
    return [
      `\`${name}\``,
      severity,
      dev[name],
      prod[name],
      `[${cell(description)}](${url})`,
      cell(from),
      cell(remediation),
    ];
  });
  const head = ["rule", "severity", "dev", "prod", "what it asks for", "from", "what to change"];
  const table = padded([head, ...rows]);
  const count = `${rules.length} rules. Generated from \`src/registry.ts\` by \`pnpm --filter @palisade/policy-pack rules\`; a test compares it.`;
  return ["# Rules", "", count, "", ...table, ""].join("\n");
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("*", "\\*");
}
