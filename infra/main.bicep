targetScope = 'subscription'

metadata description = 'ServerlessConcurrency on Azure Functions: the app, its storage account, identity and monitoring. Needs no key and no secret.'

@description('Name of this environment: it becomes part of the resource group\'s name, and resource names are derived from it.')
@minLength(1)
@maxLength(64)
param environmentName string

@description('Region of everything. The list is that of the regions with Flex Consumption in Azure-Samples/functions-quickstart-dotnet-azd (February 2026); "az functionapp list-flexconsumption-locations" tells today\'s.')
@allowed([
  'australiaeast'
  'australiasoutheast'
  'brazilsouth'
  'canadacentral'
  'centralindia'
  'centralus'
  'eastasia'
  'eastus'
  'eastus2'
  'francecentral'
  'germanywestcentral'
  'italynorth'
  'japaneast'
  'koreacentral'
  'northcentralus'
  'northeurope'
  'norwayeast'
  'southafricanorth'
  'southcentralus'
  'southeastasia'
  'southindia'
  'spaincentral'
  'swedencentral'
  'uaenorth'
  'uksouth'
  'ukwest'
  'westcentralus'
  'westeurope'
  'westus'
  'westus2'
  'westus3'
])
@metadata({ azd: { type: 'location' } })
param location string

@description('Hosting plan: FC1 is Flex Consumption, EP1 to EP3 are Elastic Premium.')
@allowed(['FC1', 'EP1', 'EP2', 'EP3'])
param plan string = 'FC1'

@description('Memory of an instance in MB, and with it its share of processors: 512 has a quarter of a core, 2048 one, 4096 two. Flex Consumption only; the Elastic Premium plans bring their own.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('Most instances on Flex Consumption, 40 to 1,000; the platform accepts no fewer.')
@minValue(40)
@maxValue(1000)
param maximumInstanceCount int = 100

@description('Most instances on Elastic Premium, 1 to 100; how many there may be depends on region and system.')
@minValue(1)
@maxValue(100)
param premiumMaximumInstanceCount int = 20

@description('Instances that are always ready for orchestrations and activities (models durable and durable-batch, and all in-function models). On Elastic Premium the largest of the three counts is kept ready, at least one, at most 20.')
@minValue(0)
@maxValue(100)
param alwaysReadyDurableInstances int = 0

@description('Instances that are always ready for the HTTP API.')
@minValue(0)
@maxValue(100)
param alwaysReadyHttpInstances int = 0

@description('Instances that are always ready for the queue-triggered function (model queue).')
@minValue(0)
@maxValue(100)
param alwaysReadyQueueInstances int = 0

@description('Where Durable Functions keeps its state. durableTaskScheduler needs an app that is packed with the variable DURABLE_BACKEND=durableTaskScheduler.')
@allowed(['azureStorage', 'durableTaskScheduler'])
param durableBackend string = 'azureStorage'

@description('Region of the Durable Task Scheduler; empty is that of everything else. It is in fewer regions than Flex Consumption.')
param schedulerLocation string = ''

@description('Puts the storage account behind private endpoints in a virtual network, and the app into it.')
param vnetEnabled bool = false

@description('With the virtual network, one public IPv4 address that may reach the storage account all the same, to upload a package or to read results; empty is none.')
param storageAllowedIp string = ''

@description('How long Log Analytics keeps what it is sent, 30 to 730 days.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 30

@description('Logs every request to the storage account. Off unless asked for: Durable Functions polls its queues several times a second, and every poll would be a row.')
param logStorageRequests bool = false

@description('Starts the app by itself instead of inside the native host that Azure keeps ready: what users of .NET 10 do where that host crashes under load. The first request waits longer.')
param placeholderDisabled bool = false

@description('What every table, queue and container name begins with: 1 to 30 lower-case letters and digits, a letter first.')
@minLength(1)
@maxLength(30)
param storagePrefix string = 'sconc'

@description('How often a task of a durable fan-out is tried, 1 to 100.')
@minValue(1)
@maxValue(100)
param fanOutMaxAttempts int = 3

@description('What the second attempt waits, in seconds, 1 to 3,600; each further one waits twice as long.')
@minValue(1)
@maxValue(3600)
param fanOutRetryDelaySeconds int = 1

@description('After how many tasks an orchestration starts over with an empty history, 1 to 100,000.')
@minValue(1)
@maxValue(100000)
param fanOutTasksPerGeneration int = 250

@description('Endpoint of an OpenTelemetry collector to send to besides Application Insights; empty is none.')
param otlpEndpoint string = ''

@description('Object id of whoever uploads packages for Elastic Premium; empty gives nobody that right. azd fills it in.')
param principalId string = ''

@description('What principalId is.')
@allowed(['User', 'Group', 'ServicePrincipal'])
param principalType string = 'User'

@description('Prefixes of resource names.')
var abbreviations = loadJsonContent('abbreviations.json')

@description('Makes resource names unique: they are the same for the same subscription, environment and region.')
var token = toLower(uniqueString(subscription().id, environmentName, location))

@description('On every resource; azd finds them by it.')
var tags = { 'azd-env-name': environmentName }

@description('Names that more than one module needs.')
var names = {
  applicationInsights: '${abbreviations.applicationInsights}${token}'
  functionApp: '${abbreviations.functionApp}${token}'
  identity: '${abbreviations.identity}${token}'
  network: '${abbreviations.virtualNetwork}${token}'
  scheduler: '${abbreviations.durableTaskScheduler}${token}'
  storage: '${abbreviations.storageAccount}${token}'
  taskHub: '${abbreviations.durableTaskHub}${token}'
  workspace: '${abbreviations.logAnalyticsWorkspace}${token}'
}

@description('Whether the Durable Task Scheduler keeps the state of orchestrations.')
var usesScheduler = durableBackend == 'durableTaskScheduler'

@description('Whether the plan is Elastic Premium.')
var isPremium = plan != 'FC1'

resource resourceGroup 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: '${abbreviations.resourceGroup}${environmentName}'
  location: location
  tags: tags
}

module identity 'app/identity.bicep' = {
  scope: resourceGroup
  params: {
    location: location
    name: names.identity
    tags: tags
  }
}

module monitoring 'monitoring.bicep' = {
  scope: resourceGroup
  params: {
    applicationInsightsName: names.applicationInsights
    location: location
    logRetentionDays: logRetentionDays
    tags: tags
    workspaceName: names.workspace
  }
}

module storage 'storage.bicep' = {
  scope: resourceGroup
  params: {
    allowedIp: storageAllowedIp
    isPrivate: vnetEnabled
    location: location
    logRequests: logStorageRequests
    name: names.storage
    tags: tags
    workspaceName: names.workspace
  }
  dependsOn: [monitoring]
}

module network 'network.bicep' = if (vnetEnabled) {
  scope: resourceGroup
  params: {
    appDelegation: isPremium ? 'Microsoft.Web/serverFarms' : 'Microsoft.App/environments'
    endpointPrefix: '${abbreviations.privateEndpoint}${token}'
    location: location
    name: names.network
    storageName: names.storage
    tags: tags
  }
  dependsOn: [storage]
}

module scheduler 'app/scheduler.bicep' = if (usesScheduler) {
  scope: resourceGroup
  params: {
    location: empty(schedulerLocation) ? location : schedulerLocation
    name: names.scheduler
    tags: tags
    taskHubName: names.taskHub
  }
}

module rbac 'rbac.bicep' = {
  scope: resourceGroup
  params: {
    applicationInsightsName: names.applicationInsights
    deployerId: isPremium ? principalId : ''
    deployerType: principalType
    identityName: names.identity
    schedulerName: usesScheduler ? names.scheduler : ''
    storageName: names.storage
  }
  dependsOn: [identity, monitoring, scheduler, storage]
}

module app 'app/functions.bicep' = {
  scope: resourceGroup
  params: {
    alwaysReady: {
      durable: alwaysReadyDurableInstances
      http: alwaysReadyHttpInstances
      queue: alwaysReadyQueueInstances
    }
    applicationInsightsName: names.applicationInsights
    fanOut: {
      maxAttempts: fanOutMaxAttempts
      retryDelaySeconds: fanOutRetryDelaySeconds
      tasksPerGeneration: fanOutTasksPerGeneration
    }
    identityName: names.identity
    instanceMemoryMB: instanceMemoryMB
    location: location
    maximumInstanceCount: isPremium ? premiumMaximumInstanceCount : maximumInstanceCount
    name: names.functionApp
    networkName: vnetEnabled ? names.network : ''
    otlpEndpoint: otlpEndpoint
    planName: '${abbreviations.plan}${token}'
    placeholderDisabled: placeholderDisabled
    planSku: plan
    schedulerName: usesScheduler ? names.scheduler : ''
    storageName: names.storage
    storagePrefix: storagePrefix
    tags: tags
    taskHubName: names.taskHub
    workspaceName: names.workspace
  }
  // The app starts as soon as it is there, and needs its roles and its network then.
  dependsOn: [network, rbac]
}

@description('The region.')
output AZURE_LOCATION string = location

@description('The resource group, which holds everything.')
output AZURE_RESOURCE_GROUP string = resourceGroup.name

@description('The plan\'s SKU.')
output AZURE_FUNCTION_PLAN string = plan

@description('The app\'s name.')
output AZURE_FUNCTION_APP_NAME string = names.functionApp

@description('What sconc submit takes as --endpoint.')
output AZURE_FUNCTION_APP_ENDPOINT string = app.outputs.endpoint

@description('The storage account with the results, and with the package on Elastic Premium.')
output AZURE_STORAGE_ACCOUNT_NAME string = names.storage

@description('Where Durable Functions keeps its state.')
output DURABLE_BACKEND string = durableBackend
