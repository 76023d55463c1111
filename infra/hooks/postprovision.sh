#!/bin/sh
# Tells how to reach the app that azd has just provisioned. azd sets the outputs of infra/main.bicep as variables.
set -eu

: "${AZURE_RESOURCE_GROUP:?is not set; run this by way of azd provision}"
: "${AZURE_FUNCTION_APP_NAME:?is not set; run this by way of azd provision}"
: "${AZURE_FUNCTION_APP_ENDPOINT:?is not set; run this by way of azd provision}"

echo
echo "Endpoint: $AZURE_FUNCTION_APP_ENDPOINT"
if [ "${AZURE_FUNCTION_PLAN:-FC1}" != FC1 ]; then
  cat <<END

Elastic Premium runs from a package in the storage account; azd deploy cannot put it there. Instead:

  dotnet run build.cs package
  az storage blob upload --auth-mode login --account-name "${AZURE_STORAGE_ACCOUNT_NAME:-}" --container-name app-package --name functions.zip --file artifacts/functions.zip --overwrite
  az functionapp restart --resource-group "$AZURE_RESOURCE_GROUP" --name "$AZURE_FUNCTION_APP_NAME"
  az rest --method post --url "/subscriptions/{subscriptionId}/resourceGroups/$AZURE_RESOURCE_GROUP/providers/Microsoft.Web/sites/$AZURE_FUNCTION_APP_NAME/syncfunctiontriggers?api-version=2016-08-01"
END
fi
cat <<END

Once the app is deployed (azd up does that next), run an experiment on it:

  export SCONC_KEY="\$(az functionapp keys list --resource-group "$AZURE_RESOURCE_GROUP" --name "$AZURE_FUNCTION_APP_NAME" --query functionKeys.default --output tsv)"
  dotnet run --project src/ServerlessConcurrency.Cli -- submit --endpoint "$AZURE_FUNCTION_APP_ENDPOINT"

END
