"""How fast a site is built: the same texts as a hub and for stock Pelican, built in turn, compared pair by pair."""
