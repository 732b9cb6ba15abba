"""Lambda's code signing, which MiniStack 1.5.33 stores in part and does not enforce.

As on AWS (docs.aws.amazon.com/lambda/latest/dg/configuration-codesigning.html): a code signing configuration names the profile
versions that are trusted; CreateFunction and UpdateFunctionCode check the zip before anything changes; a zip that was changed after
its signing is InvalidCodeSignatureException whatever the policy, one that is unsigned, signed by another profile or expired is
CodeVerificationFailedException where the policy is Enforce; the refusal is in CloudTrail. Removing the configuration is an action of its
own (lambda:DeleteFunctionCodeSigningConfig).

Ours, since AWS does not publish it: the form of a signature. Signer's job on the platform AWSLambda-SHA384-ECDSA adds one entry to the
zip, `META-INF/palisade-signature.json`, with the SHA-384 of every other entry, the profile's version, the times and a signature by ECDSA on
P-384. Each profile version has a key of its own, which exists only in the memory of the emulator's process. Not here: revocation
(RevokeSignature, RevokeSigningProfile), and the policy Warn's metric.
"""

import base64
import datetime
import hashlib
import io
import json
import re
import time
import uuid
import zipfile

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

PLATFORM = "AWSLambda-SHA384-ECDSA"
ENTRY = "META-INF/palisade-signature.json"
CONFIGS_PATH = "/2020-04-22/code-signing-configs"

INTEGRITY = (
    "InvalidCodeSignatureException",
    "The code signature failed the integrity check. If the integrity check fails, then Lambda blocks deployment, even if the "
    "code signing policy is set to WARN.",
)
VERIFICATION = (
    "CodeVerificationFailedException",
    "The code signature failed one or more of the validation checks for signature mismatch or expiry, and the code signing "
    "policy is set to ENFORCE. Lambda blocks the deployment.",
)

# By the profile version's ARN.
_keys = {}
# By the configuration's ARN.
_configs = {}


def key_of(version_arn):
    if version_arn not in _keys:
        _keys[version_arn] = ec.generate_private_key(ec.SECP384R1())
    return _keys[version_arn]


def digests(archive):
    return {
        entry.filename: hashlib.sha384(archive.read(entry)).hexdigest()
        for entry in archive.infolist()
        if entry.filename != ENTRY
    }


def sign(data, version_arn, expires_at):
    """The zip with one entry more: what is in it, and who says so."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if ENTRY in archive.namelist():
            raise ValueError("the zip is signed already")
        manifest = json.dumps(
            {"profileVersionArn": version_arn, "expiresAt": expires_at, "entries": digests(archive)}, sort_keys=True
        ).encode()
    signature = key_of(version_arn).sign(manifest, ec.ECDSA(hashes.SHA384()))
    document = {"manifest": base64.b64encode(manifest).decode(), "signature": base64.b64encode(signature).decode()}
    signed = io.BytesIO(data)
    with zipfile.ZipFile(signed, "a") as archive:
        entry = zipfile.ZipInfo(ENTRY, (1980, 1, 1, 0, 0, 0))
        entry.external_attr = 0o644 << 16
        archive.writestr(entry, json.dumps(document))
    return signed.getvalue()


def fault(data, allowed, now):
    """None for a zip that a trusted profile signed as it is, else the error and its message."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if ENTRY not in names:
                return VERIFICATION
            if len(set(names)) != len(names):
                return INTEGRITY
            document = json.loads(archive.read(ENTRY))
            manifest = base64.b64decode(document["manifest"], validate=True)
            signature = base64.b64decode(document["signature"], validate=True)
            claims = json.loads(manifest)
            found = digests(archive)
        if claims["profileVersionArn"] not in _keys or claims["profileVersionArn"] not in allowed:
            return VERIFICATION
        key_of(claims["profileVersionArn"]).public_key().verify(signature, manifest, ec.ECDSA(hashes.SHA384()))
    except (zipfile.BadZipFile, ValueError, KeyError, TypeError, InvalidSignature):
        return INTEGRITY
    if found != claims["entries"]:
        return INTEGRITY
    return VERIFICATION if claims["expiresAt"] <= now else None


def install(record_refusal):
    """Puts it into the emulator. `record_refusal(action, error code)` writes CloudTrail's record of a refused call."""
    from ministack.core import iam_actions
    from ministack.core.responses import error_response_json, get_account_id, get_region, json_response
    from ministack.services import lambda_svc, signer
    from ministack.services import s3 as s3_svc

    create_function, update_code = lambda_svc._create_function, lambda_svc._update_code
    handle_request, start_job = lambda_svc.handle_request, signer._start_signing_job
    lambda_action = iam_actions._lambda_action

    def refusal(config_arn, place, action):
        config = _configs.get(config_arn)
        if config is None or "ImageUri" in place:
            return None
        if "ZipFile" in place:
            data = base64.b64decode(place["ZipFile"])
        else:
            data = lambda_svc._fetch_code_from_s3(
                place.get("S3Bucket"), place.get("S3Key"), version_id=place.get("S3ObjectVersion")
            )
        # No zip at all is the emulator's own to refuse.
        found = fault(data, config["AllowedPublishers"]["SigningProfileVersionArns"], time.time()) if data else None
        if found is None:
            return None
        if found == VERIFICATION and config["CodeSigningPolicies"]["UntrustedArtifactOnDeployment"] != "Enforce":
            return None
        record_refusal(action, found[0])
        return error_response_json(found[0], found[1], 400)

    def create(data):
        config_arn = data.get("CodeSigningConfigArn")
        if config_arn and config_arn not in _configs:
            return error_response_json(
                "CodeSigningConfigNotFoundException", "The specified code signing configuration does not exist.", 404
            )
        refused = refusal(config_arn, data.get("Code") or {}, "lambda:CreateFunction")
        if refused is not None:
            return refused
        answer = create_function(data)
        if config_arn and answer[0] < 300:
            lambda_svc._functions[data["FunctionName"]]["code_signing_config_arn"] = config_arn
        return answer

    def update(name, data):
        function = lambda_svc._functions[name] if name in lambda_svc._functions else {}
        refused = refusal(function.get("code_signing_config_arn"), data, "lambda:UpdateFunctionCode")
        return refused if refused is not None else update_code(name, data)

    async def handle(method, path, headers, body, query_params):
        if path.startswith(CONFIGS_PATH):
            return configs(method, path, json.loads(body) if body else {})
        return await handle_request(method, path, headers, body, query_params)

    def configs(method, path, data):
        arn = path[len(CONFIGS_PATH) :].strip("/").replace("%3A", ":").replace("%3a", ":")
        if method == "POST" and not arn:
            identifier = f"csc-{uuid.uuid4().hex[:17]}"
            arn = f"arn:aws:lambda:{get_region()}:{get_account_id()}:code-signing-config:{identifier}"
            _configs[arn] = {"CodeSigningConfigId": identifier, "CodeSigningConfigArn": arn, "CodeSigningPolicies": {}}
        elif arn not in _configs:
            return error_response_json("ResourceNotFoundException", "The code signing configuration does not exist.", 404)
        elif method == "DELETE":
            del _configs[arn]
            return 204, {}, b""
        config = _configs[arn]
        if method in ("POST", "PUT"):
            policies = {"UntrustedArtifactOnDeployment": "Warn", **config["CodeSigningPolicies"]}
            config.update({key: data[key] for key in ("Description", "AllowedPublishers") if data.get(key) is not None})
            config["CodeSigningPolicies"] = {**policies, **(data.get("CodeSigningPolicies") or {})}
            config["LastModified"] = datetime.datetime.now(datetime.UTC).isoformat()
        return json_response({"CodeSigningConfig": config}, 201 if method == "POST" else 200)

    def start(body, headers=None):
        """As MiniStack does it, and then the object that it wrote is the signed zip instead of a receipt."""
        answer = start_job(body, headers)
        if answer[0] >= 300:
            return answer
        job = signer._jobs.get(json.loads(answer[2])["jobId"])
        if job is None or job.get("platformId") != PLATFORM or job.get("status") != "Succeeded":
            return answer
        source, signed = job["source"]["s3"], job["signedObject"]["s3"]
        data, _version = signer._resolve_source(source["bucketName"], source["key"], source.get("version"))
        profile = signer._profiles[job["profileName"]]
        try:
            result = sign(data, profile["profileVersionArn"], job["signatureExpiresAt"])
        except (zipfile.BadZipFile, ValueError) as error:
            job.update(status="Failed", statusReason=str(error), signedObject=None)
            s3_svc._delete_object(signed["bucketName"], signed["key"], {})
            return answer
        headers = {"content-type": "application/zip", "content-length": str(len(result))}
        s3_svc._put_object(signed["bucketName"], signed["key"], result, headers)
        return answer

    def action_of(method, path):
        """The IAM action of a path: MiniStack takes what writes these for a reading."""
        if path.startswith(CONFIGS_PATH):
            prefix = {"POST": "Create", "PUT": "Update", "DELETE": "Delete"}.get(method, "Get")
            return f"{prefix}CodeSigningConfig"
        if path.rstrip("/").endswith("/code-signing-config"):
            prefix = {"PUT": "Put", "DELETE": "Delete"}.get(method, "Get")
            return f"{prefix}FunctionCodeSigningConfig"
        if re.search(r"/functions/[^/]+/aliases/[^/]+/?$", path):
            return {"PUT": "UpdateAlias", "DELETE": "DeleteAlias"}.get(method, "GetAlias")
        return lambda_action(method, path)

    lambda_svc._create_function, lambda_svc._update_code = create, update
    lambda_svc.handle_request, signer._start_signing_job = handle, start
    iam_actions._lambda_action = action_of
