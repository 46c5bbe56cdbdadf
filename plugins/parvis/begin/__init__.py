"""Before everything: a new article, and a hub of one's own."""
