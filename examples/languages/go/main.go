package main

import (
	"example.com/pulumi-palisade/sdk/go/palisade"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		revocations, err := palisade.NewRevocationTable(ctx, "revocations", nil)
		if err != nil {
			return err
		}
		orders, err := palisade.NewHardenedFunction(ctx, "orders", &palisade.HardenedFunctionArgs{
			Code: pulumi.NewAssetArchive(map[string]interface{}{
				"index.mjs": pulumi.NewStringAsset("export const handler = async () => ({ statusCode: 204 });"),
			}),
			Environment: map[string]pulumi.StringInput{"REVOCATION_TABLE": revocations.TableName},
			Statements: []palisade.PolicyStatementArgs{{
				Sid:       pulumi.StringRef("ReadRevocations"),
				Actions:   []string{"dynamodb:GetItem"},
				Resources: []pulumi.StringInput{revocations.TableArn},
			}},
		})
		if err != nil {
			return err
		}
		mfa := palisade.MfaModeOn
		partners, err := palisade.NewUserPool(ctx, "partners", &palisade.UserPoolArgs{
			Mfa:    &mfa,
			Groups: map[string]string{"partner": "A partner company's people"},
		})
		if err != nil {
			return err
		}
		ctx.Export("functionArn", orders.FunctionArn)
		ctx.Export("issuer", partners.Issuer)
		return nil
	})
}
