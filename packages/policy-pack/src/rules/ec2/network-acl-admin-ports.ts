import { cis, controlUrl, fsbp, rule } from "../../rule.ts";

export default rule({
  name: "network-acl-admin-ports",
  description: "A network ACL must not let the internet reach ports 22 and 3389",
  severity: "medium",
  references: [fsbp("EC2.21"), cis("EC2.21")],
  remediation: "Name a narrow range of addresses, or deny",
  url: controlUrl("ec2"),
  appliesTo: ["aws:ec2/networkAcl:NetworkAcl", "aws:ec2/networkAclRule:NetworkAclRule"],
  check: ({ resource, props }, verdicts) => {
    const single = resource.type === "aws:ec2/networkAclRule:NetworkAclRule";
    if (single && props.at("egress").flag() === true) return verdicts.notApplicable("it is about what leaves");
    verdicts.each(single ? [props] : props.at("ingress").list(), (rule) => {
      const allows =
        rule
          .at(single ? "ruleAction" : "action")
          .text()
          ?.toLowerCase() === "allow";
      const everyone = rule.at("cidrBlock").text() === "0.0.0.0/0" || rule.at("ipv6CidrBlock").text() === "::/0";
      if (!allows || !everyone) return;
      const all = ["-1", "all"].includes(rule.at("protocol").text() ?? "");
      const [from, to] = all ? [0, 65_535] : [rule.at("fromPort").number() ?? 0, rule.at("toPort").number() ?? 65_535];
      const open = [22, 3389].filter((port) => from <= port && port <= to);
      if (open.length > 0)
        verdicts.violation(`the internet may reach port ${open.join(" and ")}; name the source`, {
          key: String(rule.at(single ? "ruleNumber" : "ruleNo").number() ?? ""),
        });
    });
  },
});
