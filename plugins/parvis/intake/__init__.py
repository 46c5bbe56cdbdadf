"""Keep: reads the sources, and leaves what they said as files for people to decide on. The only room with a network."""
