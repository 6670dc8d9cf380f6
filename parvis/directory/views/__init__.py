"""HTTP of the directory: somebody's page, lists of people, one's own."""
