metadata description = 'The storage account of the app: host state, task hub, results and deployment packages. It has no usable account key.'

import { Tags } from 'types.bicep'

@description('With isPrivate, one public IPv4 address that may reach the account all the same; empty is none.')
param allowedIp string

@description('Whether the account is reached over private endpoints only.')
param isPrivate bool

@description('Region.')
param location string

@description('Whether every request is logged.')
param logRequests bool

@description('Name of the account.')
@minLength(3)
@maxLength(24)
param name string

@description('On every resource.')
param tags Tags

@description('The Log Analytics workspace that diagnostics go to.')
param workspaceName string

@description('Whether the firewall lets an address in.')
var hasAllowedIp = isPrivate && !empty(allowedIp)

@description('Diagnostics of each of the three services.')
var diagnostics = {
  logs: map(['StorageRead', 'StorageWrite', 'StorageDelete'], category => { category: category, enabled: logRequests })
  metrics: [{ category: 'Transaction', enabled: true }]
  workspaceId: workspace.id
}

resource workspace 'Microsoft.OperationalInsights/workspaces@2026-03-01' existing = {
  name: workspaceName
}

resource account 'Microsoft.Storage/storageAccounts@2026-06-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: 'Standard_LRS' }
  properties: {
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    networkAcls: {
      bypass: isPrivate ? 'None' : 'AzureServices'
      defaultAction: isPrivate ? 'Deny' : 'Allow'
      ipRules: hasAllowedIp ? [{ action: 'Allow', value: allowedIp }] : []
    }
    publicNetworkAccess: isPrivate && !hasAllowedIp ? 'Disabled' : 'Enabled'
    supportsHttpsTrafficOnly: true
  }

  resource blobs 'blobServices' = {
    name: 'default'

    resource packages 'containers' = {
      name: 'app-package'
      properties: { publicAccess: 'None' }
    }
  }

  resource queues 'queueServices' = {
    name: 'default'
  }

  resource tables 'tableServices' = {
    name: 'default'
  }
}

#disable-next-line use-recent-api-versions // The only version without preview cannot name metrics by category.
resource blobDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: account::blobs
  name: 'log-analytics'
  properties: diagnostics
}

#disable-next-line use-recent-api-versions // The only version without preview cannot name metrics by category.
resource queueDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: account::queues
  name: 'log-analytics'
  properties: diagnostics
}

#disable-next-line use-recent-api-versions // The only version without preview cannot name metrics by category.
resource tableDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: account::tables
  name: 'log-analytics'
  properties: diagnostics
}
