metadata description = 'A Durable Task Scheduler that bills by action, and the task hub of the app in it.'

import { Tags } from '../types.bicep'

@description('Region.')
param location string

@description('Name of the scheduler.')
param name string

@description('On every resource.')
param tags Tags

@description('Name of the task hub.')
param taskHubName string

resource scheduler 'Microsoft.DurableTask/schedulers@2026-02-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    // Any address may ask; only identities with a role are answered.
    ipAllowlist: ['0.0.0.0/0']
    sku: { name: 'Consumption' }
  }

  resource taskHub 'taskHubs' = {
    name: taskHubName
  }
}
