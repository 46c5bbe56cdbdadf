"""Room 4, SHOW: Pelican plugins that turn what people approved into pages and feeds, offline."""
