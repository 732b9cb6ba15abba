import pulumi
import pulumi_palisade as palisade

revocations = palisade.RevocationTable("revocations")
orders = palisade.HardenedFunction(
    "orders",
    code=pulumi.AssetArchive(
        {"index.mjs": pulumi.StringAsset("export const handler = async () => ({ statusCode: 204 });")}
    ),
    environment={"REVOCATION_TABLE": revocations.table_name},
    statements=[
        palisade.PolicyStatementArgs(
            sid="ReadRevocations", actions=["dynamodb:GetItem"], resources=[revocations.table_arn]
        )
    ],
)
partners = palisade.UserPool("partners", mfa="ON", groups={"partner": "A partner company's people"})

pulumi.export("functionArn", orders.function_arn)
pulumi.export("issuer", partners.issuer)
