metadata description = 'Log Analytics, and Application Insights that takes telemetry of Entra identities only.'

import { Tags } from 'types.bicep'

@description('Name of the Application Insights resource.')
param applicationInsightsName string

@description('Region.')
param location string

@description('How long rows are kept, in days.')
param logRetentionDays int

@description('On every resource.')
param tags Tags

@description('Name of the Log Analytics workspace.')
param workspaceName string

resource workspace 'Microsoft.OperationalInsights/workspaces@2026-03-01' = {
  name: workspaceName
  location: location
  tags: tags
  properties: {
    features: { disableLocalAuth: true }
    retentionInDays: logRetentionDays
    sku: { name: 'PerGB2018' }
  }
}

resource applicationInsights 'Microsoft.Insights/components@2020-02-02' = {
  name: applicationInsightsName
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    DisableLocalAuth: true
    IngestionMode: 'LogAnalytics'
    WorkspaceResourceId: workspace.id
  }
}
