"""Policy variables, which MiniStack 1.5.33 takes for text, and `iam:PassRole` for Lambda, which it does not ask for.

As on AWS: `${aws:PrincipalTag/team}` in a resource or in the value of a condition stands for the request's value of that key
(docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html). A variable that has no value stays as it is written, and is
equal to nothing. Whoever gives a function a role needs `iam:PassRole` on it
(docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html), with Lambda as `iam:PassedToService`.

Not here: variables' default values, and the literals `${*}`, `${?}` and `${$}`.
"""

import copy
import json
import re

VARIABLE = re.compile(r"\$\{([A-Za-z0-9-]+:[^${}]+)\}")


def filled(value, value_of):
    """The value with its variables filled in, at whatever depth; the keys of a condition stay."""
    if isinstance(value, str):
        return VARIABLE.sub(lambda found: text_of(value_of(found[1].strip()), found[0]), value)
    if isinstance(value, list):
        return [filled(item, value_of) for item in value]
    if isinstance(value, dict):
        return {key: filled(item, value_of) for key, item in value.items()}
    return value


def text_of(value, otherwise):
    # A key of several values cannot be a variable.
    return value if isinstance(value, str) else otherwise


def install():
    """Puts both into the emulator."""
    from ministack.core import iam_evaluator
    from ministack.core.responses import error_response_json, get_account_id, get_region
    from ministack.services import lambda_svc

    evaluate = iam_evaluator.evaluate
    value_of = iam_evaluator._resolve_condition_key

    def evaluate_filled(ctx, policies, *limits):
        def statement(one):
            if "${" not in json.dumps([one.resources, one.not_resources, one.conditions]):
                return one
            made = copy.copy(one)
            for part in ("resources", "not_resources", "conditions"):
                setattr(made, part, filled(getattr(one, part), lambda key: value_of(key, ctx)))
            return made

        layers = [[[statement(one) for one in statements] for statements in layer] for layer in (policies, *limits)]
        return evaluate(ctx, *layers)

    def with_role(call, role_of):
        def checked(*arguments):
            role = role_of(*arguments)
            denied = pass_role(role) if role else None
            return denied if denied is not None else call(*arguments)

        return checked

    def pass_role(role):
        found = iam_evaluator.enforce(
            lambda_svc._request_access_key.get(),
            "iam:PassRole",
            "iam",
            get_region(),
            role,
            {"iam:PassedToService": "lambda.amazonaws.com"},
        )
        if found is None:
            return None
        caller = (iam_evaluator.resolve_caller_identity(lambda_svc._request_access_key.get()) or {}).get("userArn")
        return error_response_json(
            "AccessDeniedException",
            f"User: {caller} is not authorized to perform: iam:PassRole on resource: {role}",
            403,
        )

    iam_evaluator.evaluate = evaluate_filled
    lambda_svc._create_function = with_role(lambda_svc._create_function, lambda data: data.get("Role"))
    lambda_svc._update_config = with_role(lambda_svc._update_config, lambda _name, data: data.get("Role"))
