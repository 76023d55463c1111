metadata description = 'A virtual network for the app, and private endpoints of the storage account in it.'

import { Tags } from 'types.bicep'

@description('The service that the app\'s subnet is delegated to; it depends on the plan.')
param appDelegation string

@description('What the names of the private endpoints begin with.')
param endpointPrefix string

@description('Region.')
param location string

@description('Name of the virtual network.')
param name string

@description('Name of the storage account.')
param storageName string

@description('On every resource.')
param tags Tags

@description('The services of the storage account that the app uses.')
var services = ['blob', 'queue', 'table']

resource storage 'Microsoft.Storage/storageAccounts@2026-06-01' existing = {
  name: storageName
}

resource network 'Microsoft.Network/virtualNetworks@2026-03-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: ['10.0.0.0/16'] }
    subnets: [
      {
        name: 'app'
        properties: {
          addressPrefix: '10.0.0.0/22'
          // The app has to reach Entra ID and Application Insights.
          defaultOutboundAccess: true
          delegations: [{ name: 'app', properties: { serviceName: appDelegation } }]
        }
      }
      {
        name: 'private-endpoints'
        properties: {
          addressPrefix: '10.0.4.0/27'
        }
      }
    ]
  }

  resource endpointSubnet 'subnets' existing = {
    name: 'private-endpoints'
  }
}

resource zones 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for service in services: {
    name: 'privatelink.${service}.${environment().suffixes.storage}'
    #disable-next-line no-hardcoded-location // Private DNS zones are global.
    location: 'global'
    tags: tags
  }
]

resource links 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (service, index) in services: {
    parent: zones[index]
    name: name
    #disable-next-line no-hardcoded-location // Private DNS zones are global.
    location: 'global'
    tags: tags
    properties: {
      registrationEnabled: false
      virtualNetwork: { id: network.id }
    }
  }
]

resource endpoints 'Microsoft.Network/privateEndpoints@2026-03-01' = [
  for service in services: {
    name: '${endpointPrefix}-${service}'
    location: location
    tags: tags
    properties: {
      privateLinkServiceConnections: [
        {
          name: service
          properties: {
            groupIds: [service]
            privateLinkServiceId: storage.id
          }
        }
      ]
      subnet: { id: network::endpointSubnet.id }
    }
  }
]

resource records 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2026-03-01' = [
  for (service, index) in services: {
    parent: endpoints[index]
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [{ name: service, properties: { privateDnsZoneId: zones[index].id } }]
    }
  }
]
