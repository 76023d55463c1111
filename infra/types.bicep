metadata description = 'Types that several modules share.'

@export()
@description('Tags of a resource.')
type Tags = {
  @description('The value of a tag.')
  *: string
}
