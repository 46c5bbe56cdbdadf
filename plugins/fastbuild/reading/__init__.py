"""Reading: files become contents, by several hands and once for each version of a file."""
