import type { Reader } from "./reader.ts";

/** What one rule of a security group lets through. */
export interface Traffic {
  /** `0.0.0.0/0` and `::/0`, where the rule names them. */
  openTo: string[];
  from: number;
  to: number;
  /** `-1` for every protocol. */
  protocol: string;
}

/** The rules of one direction: of a group, or the one rule that the resource is. Rules that are not known throw when looked at. */
export function trafficOf(type: string, props: Reader, direction: "ingress" | "egress"): Traffic[] {
  if (type.startsWith("aws:vpc/")) {
    return [traffic(props, [...props.at("cidrIpv4").texts(), ...props.at("cidrIpv6").texts()], "ipProtocol")];
  }
  if (type === "aws:ec2/securityGroupRule:SecurityGroupRule") {
    return props.at("type").text() === direction ? [traffic(props, ranges(props), "protocol")] : [];
  }
  return props
    .at(direction)
    .list()
    .map((each) => traffic(each, ranges(each), "protocol"));
}

function ranges(rule: Reader): string[] {
  return [...rule.at("cidrBlocks").texts(), ...rule.at("ipv6CidrBlocks").texts()];
}

function traffic(rule: Reader, cidrs: string[], protocolKey: string): Traffic {
  const protocol = rule.at(protocolKey).text() ?? "";
  return {
    openTo: cidrs.filter((cidr) => cidr === "0.0.0.0/0" || cidr === "::/0"),
    from: rule.at("fromPort").number() ?? -1,
    to: rule.at("toPort").number() ?? -1,
    protocol: protocol === "all" ? "-1" : protocol,
  };
}
