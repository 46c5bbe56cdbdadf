"""Draws cards: words, colours and a size become a PNG. Knows neither Pelican nor the network."""
