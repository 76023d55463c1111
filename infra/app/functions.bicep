metadata description = 'The plan and the Functions app: Flex Consumption, or Elastic Premium that runs from a package in the storage account.'

import { Tags } from '../types.bicep'

@description('Instances that are always ready, by what they serve.')
param alwaysReady AlwaysReady

@description('Name of the Application Insights resource.')
param applicationInsightsName string

@description('How durable fan-outs treat their activities.')
param fanOut FanOut

@description('Name of the app\'s identity.')
param identityName string

@description('Memory of an instance in MB, on Flex Consumption.')
param instanceMemoryMB int

@description('Region.')
param location string

@description('Most instances.')
param maximumInstanceCount int

@description('Name of the app.')
param name string

@description('Name of the virtual network; empty is none.')
param networkName string

@description('Endpoint of an OpenTelemetry collector; empty is none.')
param otlpEndpoint string

@description('Whether the app starts by itself instead of inside the native host that Azure keeps ready.')
param placeholderDisabled bool

@description('Name of the plan.')
param planName string

@description('SKU of the plan: FC1 or EP1 to EP3.')
param planSku string

@description('Name of the Durable Task Scheduler; empty keeps the task hub in the storage account.')
param schedulerName string

@description('Name of the storage account.')
param storageName string

@description('What every table, queue and container name begins with.')
param storagePrefix string

@description('On every resource.')
param tags Tags

@description('Name of the task hub in the Durable Task Scheduler.')
param taskHubName string

@description('The Log Analytics workspace that diagnostics go to.')
param workspaceName string

@description('Instances that are always ready, by what they serve.')
type AlwaysReady = {
  @description('Orchestrations and activities.')
  durable: int

  @description('The HTTP API.')
  http: int

  @description('The queue-triggered function.')
  queue: int
}

@description('Section FanOut of the settings.')
type FanOut = {
  @description('How often a task is tried.')
  maxAttempts: int

  @description('What the second attempt waits, in seconds.')
  retryDelaySeconds: int

  @description('After how many tasks an orchestration starts over.')
  tasksPerGeneration: int
}

@description('Whether the plan is Flex Consumption.')
var isFlex = planSku == 'FC1'

@description('The container that packages are deployed to.')
var packageContainer = '${endpoints.blob}app-package'

@description('The endpoints of the storage account.')
var endpoints = {
  blob: 'https://${storageName}.blob.${environment().suffixes.storage}/'
  queue: 'https://${storageName}.queue.${environment().suffixes.storage}/'
  table: 'https://${storageName}.table.${environment().suffixes.storage}/'
}

@description('What the three functions groups of Flex Consumption keep ready. Names: https://learn.microsoft.com/azure/azure-functions/flex-consumption-plan#per-function-scaling')
var readyGroups = filter(
  [
    { name: 'durable', instanceCount: alwaysReady.durable }
    { name: 'http', instanceCount: alwaysReady.http }
    { name: 'function:ProcessTask', instanceCount: alwaysReady.queue }
  ],
  group => group.instanceCount > 0
)

@description('Where the app deploys from, scales to and runs on with Flex Consumption.')
var flexProperties = {
  functionAppConfig: {
    deployment: {
      storage: {
        type: 'blobContainer'
        value: packageContainer
        authentication: {
          type: 'UserAssignedIdentity'
          userAssignedIdentityResourceId: identity.id
        }
      }
    }
    runtime: { name: 'dotnet-isolated', version: '10.0' }
    scaleAndConcurrency: {
      alwaysReady: readyGroups
      instanceMemoryMB: instanceMemoryMB
      maximumInstanceCount: maximumInstanceCount
    }
  }
  siteConfig: securityConfig
}

@description('The same with Elastic Premium, which keeps at most 20 instances ready: https://learn.microsoft.com/azure/azure-functions/functions-premium-plan#always-ready-instances. Without runtime scale monitoring, its queue trigger would not scale behind a private endpoint.')
var premiumProperties = {
  siteConfig: {
    ...securityConfig
    ftpsState: 'Disabled'
    functionAppScaleLimit: maximumInstanceCount
    functionsRuntimeScaleMonitoringEnabled: !empty(networkName)
    linuxFxVersion: 'DOTNET-ISOLATED|10.0'
    minimumElasticInstanceCount: min(
      20,
      maximumInstanceCount,
      max(1, alwaysReady.durable, alwaysReady.http, alwaysReady.queue)
    )
  }
}

@description('What both plans have in common. (Flex Consumption has no FTP to switch off.)')
var securityConfig = {
  http20Enabled: true
  minTlsVersion: '1.2'
  scmMinTlsVersion: '1.2'
}

@description('Into the virtual network, with all outgoing traffic.')
var networkProperties = empty(networkName)
  ? {}
  : isFlex
      ? { virtualNetworkSubnetId: network::appSubnet.id }
      : { outboundVnetRouting: { allTraffic: true }, virtualNetworkSubnetId: network::appSubnet.id }

@description('Where Durable Functions keeps its state, if not in the storage account; the host.json of the package names both settings.')
var schedulerSettings = empty(schedulerName)
  ? {}
  : {
      DURABLE_TASK_SCHEDULER_CONNECTION_STRING: 'Endpoint=${scheduler!.properties.endpoint};Authentication=ManagedIdentity;ClientID=${identity.properties.clientId}'
      TASKHUB_NAME: taskHubName
    }

@description('Runtime and package of Elastic Premium; Flex Consumption has them in functionAppConfig and refuses these.')
var premiumSettings = isFlex
  ? {}
  : {
      FUNCTIONS_EXTENSION_VERSION: '~4'
      FUNCTIONS_WORKER_RUNTIME: 'dotnet-isolated'
      WEBSITE_RUN_FROM_PACKAGE: '${packageContainer}/functions.zip'
      WEBSITE_RUN_FROM_PACKAGE_BLOB_MI_RESOURCE_ID: identity.id
    }

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: identityName
}

resource applicationInsights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: applicationInsightsName
}

resource workspace 'Microsoft.OperationalInsights/workspaces@2026-03-01' existing = {
  name: workspaceName
}

resource network 'Microsoft.Network/virtualNetworks@2026-03-01' existing = if (!empty(networkName)) {
  name: networkName

  resource appSubnet 'subnets' existing = {
    name: 'app'
  }
}

resource scheduler 'Microsoft.DurableTask/schedulers@2026-02-01' existing = if (!empty(schedulerName)) {
  name: schedulerName
}

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: planName
  location: location
  tags: tags
  kind: isFlex ? 'functionapp' : 'elastic'
  sku: isFlex ? { name: 'FC1', tier: 'FlexConsumption' } : { name: planSku, tier: 'ElasticPremium' }
  properties: isFlex ? { reserved: true } : { maximumElasticWorkerCount: maximumInstanceCount, reserved: true }
}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  tags: { ...tags, 'azd-service-name': 'functions' }
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  properties: {
    httpsOnly: true
    serverFarmId: plan.id
    ...(isFlex ? flexProperties : premiumProperties)
    ...networkProperties
  }

  resource settings 'config' = {
    name: 'appsettings'
    properties: {
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identity.properties.clientId};Authorization=AAD'
      APPLICATIONINSIGHTS_CONNECTION_STRING: applicationInsights.properties.ConnectionString
      AZURE_CLIENT_ID: identity.properties.clientId
      AzureWebJobsStorage__blobServiceUri: endpoints.blob
      AzureWebJobsStorage__clientId: identity.properties.clientId
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsStorage__queueServiceUri: endpoints.queue
      AzureWebJobsStorage__tableServiceUri: endpoints.table
      FanOut__MaxAttempts: string(fanOut.maxAttempts)
      FanOut__RetryDelaySeconds: string(fanOut.retryDelaySeconds)
      FanOut__TasksPerGeneration: string(fanOut.tasksPerGeneration)
      StoragePrefix: storagePrefix
      ...schedulerSettings
      ...premiumSettings
      ...(placeholderDisabled ? { WEBSITE_USE_PLACEHOLDER_DOTNETISOLATED: '0' } : {})
      ...(empty(otlpEndpoint) ? {} : { OTEL_EXPORTER_OTLP_ENDPOINT: otlpEndpoint })
    }
  }

  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }
}

#disable-next-line use-recent-api-versions // The only version without preview cannot name metrics by category.
resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: app
  name: 'log-analytics'
  properties: {
    logs: [{ category: 'FunctionAppLogs', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
    workspaceId: workspace.id
  }
}

@description('Where the app answers.')
output endpoint string = 'https://${app.properties.defaultHostName}'
