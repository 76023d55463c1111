metadata description = 'The one identity that the app uses for everything.'

import { Tags } from '../types.bicep'

@description('Region.')
param location string

@description('Name of the identity.')
param name string

@description('On every resource.')
param tags Tags

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: name
  location: location
  tags: tags
}
