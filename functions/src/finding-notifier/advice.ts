/**
 * What a finding means and what to do about it, in words for whoever is woken by it. By finding type, as AWS lists them:
 * https://docs.aws.amazon.com/guardduty/latest/ug/lambda-protection-finding-types.html and
 * https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-types-iam.html (read 2026-11).
 */

/** Advice on one type of finding. */
export interface Advice {
  /** One sentence: what was seen. */
  meaning: string;
  /** What to do, in order. */
  steps: readonly string[];
}

const STOP_FUNCTION =
  "Stop the function: set its reserved concurrency to 0. Nothing is lost that its callers do not send again.";
const READ_CODE =
  "Compare its code and layers with what the pipeline deployed; look in CloudTrail for UpdateFunctionCode outside the pipeline.";
const REVOKE_ROLE = "Revoke the sessions of its role (IAM, role, Revoke sessions): the credentials may have left.";
const LOOK_AT_CALLS = "List in CloudTrail what this key has called since then, and where from.";
const DISABLE_KEY = "Make the access key inactive, or revoke the role's sessions, before you ask whose call it was.";
const ASK_OWNER = "Ask the owner whether it was they. If not, treat the credentials as stolen.";
const UNDO = "Undo what was changed with it.";
const IF_EXPECTED = "If it is expected, write a suppression rule for this resource and this type, and nothing wider.";

const FUNCTION_STEPS = [STOP_FUNCTION, READ_CODE, REVOKE_ROLE, IF_EXPECTED];
const KEY_STEPS = [ASK_OWNER, LOOK_AT_CALLS, DISABLE_KEY, UNDO, IF_EXPECTED];
const STOLEN_STEPS = [DISABLE_KEY, LOOK_AT_CALLS, UNDO, "Find how the credentials left, before you give out new ones."];
const TOOL_STEPS = [
  "Ask whether a test of our own is under way. If not, treat the credentials as stolen.",
  DISABLE_KEY,
  LOOK_AT_CALLS,
  IF_EXPECTED,
];
const RESTORE_STEPS = ["Switch it on again now.", ASK_OWNER, LOOK_AT_CALLS, DISABLE_KEY];
const ROOT_STEPS = [
  "Ask who of those who may use the root user did so, and for what.",
  "Check that the root user has MFA and no access key.",
  LOOK_AT_CALLS,
];

const anomalous = (purpose: string): Advice => ({
  meaning: `A person or program called APIs that serve ${purpose}, which is unusual for it.`,
  steps: KEY_STEPS,
});
const tool = (name: string): Advice => ({
  meaning: `An API was called from a machine that runs ${name}, a system for penetration tests.`,
  steps: TOOL_STEPS,
});

/** Every active type of Lambda Protection and of the IAM findings. */
export const ADVICE: Readonly<Record<string, Advice>> = {
  "Backdoor:Lambda/C&CActivity.B": {
    meaning: "The function connects to an address from which malware is commanded.",
    steps: FUNCTION_STEPS,
  },
  "CryptoCurrency:Lambda/BitcoinTool.B": {
    meaning: "The function connects to an address of a cryptocurrency's network: it may be mining at our cost.",
    steps: FUNCTION_STEPS,
  },
  "Trojan:Lambda/BlackholeTraffic": {
    meaning: "The function connects to an address that answers nobody, as malware does whose server was taken down.",
    steps: FUNCTION_STEPS,
  },
  "Trojan:Lambda/DropPoint": {
    meaning: "The function connects to an address at which malware leaves what it stole.",
    steps: FUNCTION_STEPS,
  },
  "UnauthorizedAccess:Lambda/MaliciousIPCaller.Custom": {
    meaning: "The function connects to an address that is on a threat list of our own.",
    steps: FUNCTION_STEPS,
  },
  "UnauthorizedAccess:Lambda/TorClient": {
    meaning: "The function connects to the Tor network, which hides where data goes.",
    steps: FUNCTION_STEPS,
  },
  "UnauthorizedAccess:Lambda/TorRelay": {
    meaning: "The function behaves as a relay of the Tor network: it forwards what others send.",
    steps: FUNCTION_STEPS,
  },
  "CredentialAccess:IAMUser/AnomalousBehavior": anomalous("to read secrets and credentials"),
  "CredentialAccess:IAMUser/CompromisedCredentials": {
    meaning: "Credentials that AWS knows to be stolen were used.",
    steps: STOLEN_STEPS,
  },
  "DefenseEvasion:IAMUser/AnomalousBehavior": anomalous("to hide what is done, such as stopping logs or alarms"),
  "DefenseEvasion:IAMUser/BedrockLoggingDisabled": {
    meaning: "The log of calls to Bedrock's models was switched off.",
    steps: RESTORE_STEPS,
  },
  "Discovery:IAMUser/AnomalousBehavior": anomalous("to find out what is in the account"),
  "Exfiltration:IAMUser/AnomalousBehavior": anomalous("to take data out of the account"),
  "Impact:IAMUser/AnomalousBehavior": anomalous("to delete or change data, or to disrupt what runs"),
  "InitialAccess:IAMUser/AnomalousBehavior": anomalous("to get into the account"),
  "PenTest:IAMUser/KaliLinux": tool("Kali Linux"),
  "PenTest:IAMUser/ParrotLinux": tool("Parrot Security Linux"),
  "PenTest:IAMUser/PentooLinux": tool("Pentoo Linux"),
  "Persistence:IAMUser/AnomalousBehavior": anomalous("to keep access, such as making users, keys and policies"),
  "Policy:IAMUser/RootCredentialUsage": {
    meaning: "The account's root user was used.",
    steps: ROOT_STEPS,
  },
  "Policy:IAMUser/ShortTermRootCredentialUsage": {
    meaning: "A root session that was started for a member account was used.",
    steps: ROOT_STEPS,
  },
  "PrivilegeEscalation:IAMUser/AnomalousBehavior": anomalous("to gain more rights"),
  "Recon:IAMUser/MaliciousIPCaller": {
    meaning: "An address that is known for attacks called APIs that list what is in the account.",
    steps: KEY_STEPS,
  },
  "Recon:IAMUser/MaliciousIPCaller.Custom": {
    meaning: "An address on a threat list of our own called APIs that list what is in the account.",
    steps: KEY_STEPS,
  },
  "Recon:IAMUser/TorIPCaller": {
    meaning: "Somebody behind the Tor network called APIs that list what is in the account.",
    steps: KEY_STEPS,
  },
  "Stealth:IAMUser/CloudTrailLoggingDisabled": {
    meaning: "A trail was stopped or deleted: what is called from now on may not be recorded.",
    steps: RESTORE_STEPS,
  },
  "Stealth:IAMUser/PasswordPolicyChange": {
    meaning: "The account's password policy was made weaker.",
    steps: RESTORE_STEPS,
  },
  "UnauthorizedAccess:IAMUser/ConsoleLoginSuccess.B": {
    meaning: "The same person signed in to the console from several places of the world at about the same time.",
    steps: STOLEN_STEPS,
  },
  "UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.InsideAWS": {
    meaning: "Credentials of an instance are used from another AWS account.",
    steps: STOLEN_STEPS,
  },
  "UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.OutsideAWS": {
    meaning: "Credentials of an instance are used from outside of AWS.",
    steps: STOLEN_STEPS,
  },
  "UnauthorizedAccess:IAMUser/MaliciousIPCaller": {
    meaning: "An address that is known for attacks called an API with our credentials.",
    steps: KEY_STEPS,
  },
  "UnauthorizedAccess:IAMUser/MaliciousIPCaller.Custom": {
    meaning: "An address on a threat list of our own called an API with our credentials.",
    steps: KEY_STEPS,
  },
  "UnauthorizedAccess:IAMUser/ResourceCredentialExfiltration.InsideAWS": {
    meaning: "Credentials of a container task are used from another AWS account.",
    steps: STOLEN_STEPS,
  },
  "UnauthorizedAccess:IAMUser/ResourceCredentialExfiltration.OutsideAWS": {
    meaning: "Credentials of a function or a container task are used from outside of AWS.",
    steps: STOLEN_STEPS,
  },
  "UnauthorizedAccess:IAMUser/TorIPCaller": {
    meaning: "Somebody behind the Tor network called an API with our credentials.",
    steps: KEY_STEPS,
  },
};

/** What is said of a type that is not in the list: GuardDuty's own words go with it. */
export const ADVICE_UNKNOWN: Advice = {
  meaning: "",
  steps: [
    "Open the finding and read what GuardDuty says of it.",
    "Find out who owns the resource, and ask whether they expect it.",
    IF_EXPECTED,
  ],
};
