"""Feeds: entries in, bytes out, the same bytes every time. Nothing here knows of Pelican but the plugin."""
