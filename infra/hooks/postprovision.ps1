#!/usr/bin/env pwsh
# Tells how to reach the app that azd has just provisioned. azd sets the outputs of infra/main.bicep as variables.
$ErrorActionPreference = 'Stop'

foreach ($name in 'AZURE_RESOURCE_GROUP', 'AZURE_FUNCTION_APP_NAME', 'AZURE_FUNCTION_APP_ENDPOINT') {
  if (-not [Environment]::GetEnvironmentVariable($name)) {
    throw "$name is not set; run this by way of azd provision"
  }
}

''
"Endpoint: $env:AZURE_FUNCTION_APP_ENDPOINT"
if ($env:AZURE_FUNCTION_PLAN -and $env:AZURE_FUNCTION_PLAN -ne 'FC1') {
  @"

Elastic Premium runs from a package in the storage account; azd deploy cannot put it there. Instead:

  dotnet run build.cs package
  az storage blob upload --auth-mode login --account-name "$env:AZURE_STORAGE_ACCOUNT_NAME" --container-name app-package --name functions.zip --file artifacts/functions.zip --overwrite
  az functionapp restart --resource-group "$env:AZURE_RESOURCE_GROUP" --name "$env:AZURE_FUNCTION_APP_NAME"
  az rest --method post --url "/subscriptions/{subscriptionId}/resourceGroups/$env:AZURE_RESOURCE_GROUP/providers/Microsoft.Web/sites/$env:AZURE_FUNCTION_APP_NAME/syncfunctiontriggers?api-version=2016-08-01"
"@
}
@"

Once the app is deployed (azd up does that next), run an experiment on it:

  `$env:SCONC_KEY = az functionapp keys list --resource-group "$env:AZURE_RESOURCE_GROUP" --name "$env:AZURE_FUNCTION_APP_NAME" --query functionKeys.default --output tsv
  dotnet run --project src/ServerlessConcurrency.Cli -- submit --endpoint "$env:AZURE_FUNCTION_APP_ENDPOINT"

"@
