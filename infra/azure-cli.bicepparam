using 'main.bicep'

// The same parameters from the same variables, with the same defaults, as main.parameters.json. Not named after main.bicep: azd would take it
// instead of that file, and then offers no list of regions and takes whoever deploys for a user.
param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'sconc')
param location = readEnvironmentVariable('AZURE_LOCATION', 'swedencentral')
param plan = readEnvironmentVariable('FUNCTIONS_PLAN', 'FC1')
param instanceMemoryMB = { '512': 512, '2048': 2048, '4096': 4096 }[readEnvironmentVariable(
  'INSTANCE_MEMORY_MB',
  '2048'
)]
param maximumInstanceCount = int(readEnvironmentVariable('MAXIMUM_INSTANCE_COUNT', '100'))
param premiumMaximumInstanceCount = int(readEnvironmentVariable('PREMIUM_MAXIMUM_INSTANCE_COUNT', '20'))
param alwaysReadyDurableInstances = int(readEnvironmentVariable('ALWAYS_READY_DURABLE_INSTANCES', '0'))
param alwaysReadyHttpInstances = int(readEnvironmentVariable('ALWAYS_READY_HTTP_INSTANCES', '0'))
param alwaysReadyQueueInstances = int(readEnvironmentVariable('ALWAYS_READY_QUEUE_INSTANCES', '0'))
param durableBackend = readEnvironmentVariable('DURABLE_BACKEND', 'azureStorage')
param schedulerLocation = readEnvironmentVariable('SCHEDULER_LOCATION', '')
param vnetEnabled = bool(readEnvironmentVariable('VNET_ENABLED', 'false'))
param storageAllowedIp = readEnvironmentVariable('STORAGE_ALLOWED_IP', '')
param logRetentionDays = int(readEnvironmentVariable('LOG_RETENTION_DAYS', '30'))
param logStorageRequests = bool(readEnvironmentVariable('LOG_STORAGE_REQUESTS', 'false'))
param placeholderDisabled = bool(readEnvironmentVariable('PLACEHOLDER_DISABLED', 'false'))
param storagePrefix = readEnvironmentVariable('STORAGE_PREFIX', 'sconc')
param fanOutMaxAttempts = int(readEnvironmentVariable('FAN_OUT_MAX_ATTEMPTS', '3'))
param fanOutRetryDelaySeconds = int(readEnvironmentVariable('FAN_OUT_RETRY_DELAY_SECONDS', '1'))
param fanOutTasksPerGeneration = int(readEnvironmentVariable('FAN_OUT_TASKS_PER_GENERATION', '250'))
param otlpEndpoint = readEnvironmentVariable('OTLP_ENDPOINT', '')
param principalId = readEnvironmentVariable('AZURE_PRINCIPAL_ID', '')
param principalType = readEnvironmentVariable('AZURE_PRINCIPAL_TYPE', 'User')
